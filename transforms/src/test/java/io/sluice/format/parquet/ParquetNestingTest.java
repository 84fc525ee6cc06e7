/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static io.sluice.format.columnar.ColumnarFiles.assertRefused;
import static io.sluice.format.columnar.ColumnarFiles.item;
import static io.sluice.format.columnar.ColumnarFiles.output;
import static io.sluice.format.columnar.ColumnarFiles.read;
import static io.sluice.format.columnar.ColumnarFiles.readItem;
import static io.sluice.format.columnar.ColumnarFiles.writeParquet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.format.Format;
import io.sluice.format.columnar.ColumnarFiles;
import io.sluice.item.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists, maps and groups in the layouts of several writers. */
class ParquetNestingTest {
  private static final Format PARQUET = new ParquetFormat();

  @TempDir Path folder;

  private static Group record(String fields) {
    return new SimpleGroup(MessageTypeParser.parseMessageType("message m { " + fields + " }"));
  }

  private Path write(Group record) throws IOException {
    return writeParquet(folder.resolve("a.parquet"), (MessageType) record.getType(), record);
  }

  private static void assertItem(Path file, String json) throws IOException {
    assertThat(readItem(PARQUET, file), is(item(json)));
  }

  @Test
  void listsOfThreeLevels() throws IOException {
    Group record =
        record(
            """
            optional group l (LIST) { repeated group list { optional int32 element; } }
            optional group odd (LIST) { repeated group bag { optional binary array_element (UTF8); } }
            optional group none (LIST) { repeated group list { optional int32 element; } }
            required group empty (LIST) { repeated group list { optional int32 element; } }
            """);
    Group list = record.addGroup("l");
    list.addGroup("list").add("element", 1);
    list.addGroup("list");
    list.addGroup("list").add("element", 3);
    record.addGroup("odd").addGroup("bag").add("array_element", "x");
    record.addGroup("empty");
    assertItem(
        write(record),
        """
        {"l":{"L":[{"N":"1"},{"NULL":true},{"N":"3"}]},"odd":{"L":[{"S":"x"}]},"empty":{"L":[]}}
        """);
  }

  @Test
  void listsOfTwoLevels() throws IOException {
    Group record =
        record(
            """
            required group primitives (LIST) { repeated int32 array; }
            required group several (LIST) { repeated group e { required int32 a; required int32 b; } }
            required group avro (LIST) { repeated group array { required int32 a; } }
            required group thrift (LIST) { repeated group thrift_tuple { required int32 a; } }
            required group nested (LIST) { repeated group e { repeated int32 a; } }
            """);
    Group primitives = record.addGroup("primitives");
    primitives.add("array", 1);
    primitives.add("array", 2);
    Group several = record.addGroup("several").addGroup("e");
    several.add("a", 1);
    several.add("b", 2);
    record.addGroup("avro").addGroup("array").add("a", 1);
    record.addGroup("thrift").addGroup("thrift_tuple").add("a", 1);
    record.addGroup("nested").addGroup("e").add("a", 1);
    assertItem(
        write(record),
        """
        {"primitives":{"L":[{"N":"1"},{"N":"2"}]},
        "several":{"L":[{"M":{"a":{"N":"1"},"b":{"N":"2"}}}]},
        "avro":{"L":[{"M":{"a":{"N":"1"}}}]},
        "thrift":{"L":[{"M":{"a":{"N":"1"}}}]},
        "nested":{"L":[{"M":{"a":{"L":[{"N":"1"}]}}}]}}
        """);
  }

  @Test
  void fieldsThatRepeatWithoutBeingMarkedAsLists() throws IOException {
    Group record =
        record("repeated int32 n; repeated group g { optional int32 a; } repeated int32 none;");
    record.add("n", 1);
    record.add("n", 2);
    record.addGroup("g").add("a", 1);
    record.addGroup("g");
    assertItem(
        write(record),
        """
        {"n":{"L":[{"N":"1"},{"N":"2"}]},"g":{"L":[{"M":{"a":{"N":"1"}}},{"M":{}}]},
        "none":{"L":[]}}
        """);
  }

  @Test
  void maps() throws IOException {
    Group record =
        record(
            """
            optional group m (MAP) { repeated group key_value {
              required binary key (UTF8); optional int32 value; } }
            optional group old (MAP_KEY_VALUE) { repeated group map {
              required int64 k; required binary v (UTF8); } }
            optional group none (MAP) { repeated group key_value {
              required binary key (UTF8); optional int32 value; } }
            required group empty (MAP) { repeated group key_value {
              required binary key (UTF8); optional int32 value; } }
            """);
    Group map = record.addGroup("m");
    Group first = map.addGroup("key_value");
    first.add("key", "a");
    first.add("value", 1);
    map.addGroup("key_value").add("key", "b");
    Group old = record.addGroup("old").addGroup("map");
    old.add("k", 7L);
    old.add("v", "x");
    record.addGroup("empty");
    assertItem(
        write(record),
        """
        {"m":{"M":{"a":{"N":"1"},"b":{"NULL":true}}},"old":{"M":{"7":{"S":"x"}}},
        "empty":{"M":{}}}
        """);
  }

  @Test
  void mapsThatAreNoneOfDynamoDbsAreRefused() throws IOException {
    Group bytes =
        record(
            "required group m (MAP) { repeated group key_value {"
                + " required binary key; optional int32 value; } }");
    Group pair = bytes.addGroup("m").addGroup("key_value");
    pair.add("key", "a");
    pair.add("value", 1);
    ColumnarFiles.Read read = read(PARQUET, write(bytes)).get(0);
    assertRefused(
        read,
        Reason.NOT_OF_TYPE,
        "attribute 'm': a map with a key that is neither a string nor a whole number");
    assertThat(read.json(), is("{\"m\":[[\"YQ==\",1]]}"));

    Group twice =
        record(
            "required group m (MAP) { repeated group key_value {"
                + " required binary key (UTF8); optional int32 value; } }");
    Group map = twice.addGroup("m");
    map.addGroup("key_value").add("key", "a");
    map.addGroup("key_value").add("key", "a");
    assertRefused(
        read(PARQUET, write(twice)).get(0),
        Reason.MALFORMED,
        "attribute 'm': a map with a key that occurs twice");
  }

  @Test
  void groupsWithinGroups() throws IOException {
    Group record =
        record(
            """
            optional group a { optional group b { optional int32 c; optional int32 d; } }
            optional group none { optional int32 c; }
            optional group l (LIST) { repeated group list { optional group element {
              optional group l (LIST) { repeated group list { optional int32 element; } } } } }
            """);
    record.addGroup("a").addGroup("b").add("d", 1);
    Group list = record.addGroup("l");
    list.addGroup("list");
    Group inner = list.addGroup("list").addGroup("element").addGroup("l");
    inner.addGroup("list");
    inner.addGroup("list").add("element", 5);
    assertItem(
        write(record),
        """
        {"a":{"M":{"b":{"M":{"d":{"N":"1"}}}}},
        "l":{"L":[{"NULL":true},{"M":{"l":{"L":[{"NULL":true},{"N":"5"}]}}}]}}
        """);
  }

  /** As parquet-avro writes it, in current and old versions. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void filesOfParquetAvro(boolean twoLevels) throws IOException {
    String element = twoLevels ? "'double'" : "['null','double']";
    Schema schema =
        ColumnarFiles.schema(
            """
            {'type':'record','name':'r','fields':[
              {'name':'id','type':'long'},
              {'name':'o','type':['null','string']},
              {'name':'u','type':['int','string']},
              {'name':'e','type':{'type':'enum','name':'e','symbols':['A','B']}},
              {'name':'l','type':{'type':'array','items':%s}},
              {'name':'m','type':{'type':'map','values':['null','int']}},
              {'name':'ts','type':{'type':'long','logicalType':'timestamp-micros'}},
              {'name':'d','type':
                {'type':'bytes','logicalType':'decimal','precision':4,'scale':2}}]}
            """
                .formatted(element));
    GenericData.Record record = new GenericData.Record(schema);
    record.put("id", 1L);
    record.put("u", "x");
    record.put("e", new GenericData.EnumSymbol(schema.getField("e").schema(), "B"));
    record.put("l", twoLevels ? List.of(0.5, 1.5) : Arrays.asList(0.5, null, 1.5));
    Map<String, Object> map = new HashMap<>();
    map.put("a", null);
    record.put("m", map);
    record.put("ts", 1L);
    record.put("d", java.nio.ByteBuffer.wrap(new byte[] {2}));

    Configuration settings = new Configuration(false);
    settings.setBoolean("parquet.avro.write-old-list-structure", twoLevels);
    Path file = folder.resolve("a.parquet");
    ParquetWriter<GenericRecord> writer =
        AvroParquetWriter.<GenericRecord>builder(output(file))
            .withSchema(schema)
            .withConf(settings)
            .build();
    try (writer) {
      writer.write(record);
    }
    String list = twoLevels ? "{\"N\":\"0.5\"}" : "{\"N\":\"0.5\"},{\"NULL\":true}";
    // A union of several types is a group in which one member is set.
    assertItem(
        file,
        """
        {"id":{"N":"1"},"u":{"M":{"member1":{"S":"x"}}},"e":{"S":"B"},
        "l":{"L":[%s,{"N":"1.5"}]},"m":{"M":{"a":{"NULL":true}}},
        "ts":{"S":"1970-01-01T00:00:00.000001Z"},"d":{"N":"0.02"}}
        """
            .formatted(list));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.avro;

import static io.sluice.format.columnar.ColumnarFiles.assertRefused;
import static io.sluice.format.columnar.ColumnarFiles.item;
import static io.sluice.format.columnar.ColumnarFiles.read;
import static io.sluice.format.columnar.ColumnarFiles.readItem;
import static io.sluice.format.columnar.ColumnarFiles.schema;
import static io.sluice.format.columnar.ColumnarFiles.writeAvro;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.sluice.format.Format;
import io.sluice.format.columnar.ColumnarFiles;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroFormatTest {
  private static final Format AVRO = new AvroFormat();

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("a.avro");
  }

  /** Returns a schema of records with one field {@code v}. */
  private static Schema of(String type) {
    return schema("{'type':'record','name':'r','fields':[{'name':'v','type':%s}]}".formatted(type));
  }

  private Path write(String type, Object... values) throws IOException {
    Schema schema = of(type);
    return writeAvro(file(), schema, Arrays.stream(values).map(v -> record(schema, v)).toArray());
  }

  private static GenericData.Record record(Schema schema, Object... values) {
    GenericData.Record record = new GenericData.Record(schema);
    for (int i = 0; i < values.length; i++) {
      record.put(i, values[i]);
    }
    return record;
  }

  @Test
  void nullIsNoAttributeButKeepsItsPlaceInListsAndMaps() throws IOException {
    Schema schema =
        schema(
            """
            {'type':'record','name':'r','fields':[
              {'name':'id','type':'int'},
              {'name':'no','type':'null'},
              {'name':'o','type':['null','string']},
              {'name':'l','type':{'type':'array','items':['null','int','string']}},
              {'name':'m','type':{'type':'map','values':['null','double']}},
              {'name':'r2','type':{'type':'record','name':'r2','fields':[
                {'name':'a','type':['null','int']},{'name':'b','type':['int','null']}]}}]}
            """);
    Map<String, Object> map = new HashMap<>();
    map.put("x", null);
    map.put("y", 0.5);
    GenericData.Record inner = record(schema.getField("r2").schema(), null, 1);
    Path file =
        writeAvro(
            file(),
            schema,
            record(schema, 1, null, null, Arrays.asList(1, null, "s"), map, inner),
            record(schema, 2, null, "x", List.of(), Map.of(), inner));
    List<ColumnarFiles.Read> reads = read(AVRO, file);
    assertThat(
        reads.get(0).item(),
        is(
            item(
                """
                {"id":{"N":"1"},"l":{"L":[{"N":"1"},{"NULL":true},{"S":"s"}]},
                "m":{"M":{"x":{"NULL":true},"y":{"N":"0.5"}}},"r2":{"M":{"b":{"N":"1"}}}}
                """)));
    assertThat(
        reads.get(1).item(),
        is(
            item(
                """
                {"id":{"N":"2"},"o":{"S":"x"},"l":{"L":[]},"m":{"M":{}},
                "r2":{"M":{"b":{"N":"1"}}}}
                """)));
    assertThat(
        reads.get(1).json(), is("{\"id\":2,\"o\":\"x\",\"l\":[],\"m\":{},\"r2\":{\"b\":1}}"));
  }

  @Test
  void aRefusalNamesThePathAndNoValue() throws IOException {
    Schema schema =
        of(
            "{'type':'array','items':{'type':'map','values':"
                + "{'type':'record','name':'q','fields':[{'name':'d','type':'double'}]}}}");
    Schema q = schema.getField("v").schema().getElementType().getValueType();
    Path file =
        writeAvro(
            file(),
            schema,
            record(
                schema, List.of(Map.of("k", record(q, 1.5)), Map.of("k", record(q, Double.NaN)))));
    assertRefused(
        read(AVRO, file).get(0),
        Reason.NOT_OF_TYPE,
        "attribute 'v[1].k.d': not a number, or infinite");
  }

  @Test
  void aRecordThatHoldsItself() throws IOException {
    Schema list =
        schema("{'type':'record','name':'n','fields':[{'name':'next','type':['null','n']}]}");
    GenericData.Record chain = record(list, (Object) null);
    for (int i = 0; i < 40; i++) {
      chain = record(list, chain);
    }
    ColumnarFiles.Read read = read(AVRO, writeAvro(file(), list, chain)).get(0);
    assertThat(read.item().get("next").m().get("next").hasM(), is(true));

    for (int i = 0; i < 470; i++) {
      chain = record(list, chain);
    }
    assertThat(
        ColumnarFiles.failure(AVRO, writeAvro(file(), list, chain)),
        is("FILE cannot be read: it has a record of more than 500 levels"));
  }

  @Test
  void recordsOfAUnionAndMapsAreItemsOthersAreRefused() throws IOException {
    Schema union = schema("['string',{'type':'map','values':'int'}]");
    List<ColumnarFiles.Read> reads = read(AVRO, writeAvro(file(), union, "x", Map.of("a", 1)));
    assertRefused(reads.get(0), Reason.NOT_AN_ITEM, "the record has no named fields");
    assertThat(reads.get(0).json(), is("\"x\""));
    assertThat(reads.get(1).item(), is(item("{\"a\":{\"N\":\"1\"}}")));
  }

  @Test
  void textThatIsNotUtf8IsRefused() throws IOException {
    Path file = write("'string'", "xyz");
    byte[] bytes = Files.readAllBytes(file);
    bytes[new String(bytes, ISO_8859_1).lastIndexOf("xyz")] = -1;
    Files.write(file, bytes);
    ColumnarFiles.Read read = read(AVRO, file).get(0);
    assertRefused(read, Reason.NOT_UTF8, "attribute 'v': a string that is not valid UTF-8");
    assertThat(read.json(), is("{\"v\":\"/3l6\"}"));
  }

  @Test
  void keysTakeTheTypesOfTheTable() throws IOException {
    Schema schema =
        schema(
            """
            {'type':'record','name':'r','fields':[
              {'name':'pk','type':['string','double']},{'name':'sk','type':['long','string']},
              {'name':'other','type':'string'}]}
            """);
    Path file =
        writeAvro(
            file(),
            schema,
            record(schema, "007.50", 7L, "1"),
            record(schema, "x", "y", "1"),
            record(schema, 1.5, 8L, "1"),
            record(schema, "0e99999999999", 9L, "1"));
    Format format =
        AVRO.withKeySchema(new KeySchema(KeyAttribute.parse("pk:N"), KeyAttribute.parse("sk:S")));
    List<ColumnarFiles.Read> reads = read(format, file);
    assertThat(
        reads.get(0).item(),
        is(item("{\"pk\":{\"N\":\"7.50\"},\"sk\":{\"S\":\"7\"},\"other\":{\"S\":\"1\"}}")));
    // ItemRules refuses this one: KEY_TYPE.
    assertThat(
        reads.get(1).item(),
        is(item("{\"pk\":{\"S\":\"x\"},\"sk\":{\"S\":\"y\"},\"other\":{\"S\":\"1\"}}")));
    assertThat(
        reads.get(2).item(),
        is(item("{\"pk\":{\"N\":\"1.5\"},\"sk\":{\"S\":\"8\"},\"other\":{\"S\":\"1\"}}")));
    Format swapped = AVRO.withKeySchema(KeySchema.of(KeyAttribute.parse("pk:S")));
    assertThat(read(swapped, file).get(2).item().get("pk").n(), is("1.5"));
    assertThat(
        reads.get(3).item(),
        is(item("{\"pk\":{\"N\":\"0\"},\"sk\":{\"S\":\"9\"},\"other\":{\"S\":\"1\"}}")));
  }

  private static CodecFactory codec(String name) {
    return name.equals("zstandard")
        ? CodecFactory.zstandardCodec(3)
        : CodecFactory.fromString(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard", "bzip2"})
  void everyCodecAndManyBlocks(String codec) throws IOException {
    Schema schema = of("'string'");
    List<Object> records = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      records.add(record(schema, "value " + i));
    }
    List<ColumnarFiles.Read> reads =
        read(AVRO, writeAvro(file(), codec(codec), schema, records.toArray()));
    assertThat(reads, hasSize(20_000));
    for (int i = 0; i < reads.size(); i++) {
      assertThat(reads.get(i).offset(), is((long) i));
      assertThat(reads.get(i).item().get("v").s(), is("value " + i));
    }
  }

  @Test
  void aFileThatIsCompressedAsAWhole() throws IOException {
    byte[] plain = Files.readAllBytes(write("'int'", 1, 2));
    Path file = folder.resolve("a.avro.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(plain);
    }
    assertThat(
        read(AVRO, file).stream().map(ColumnarFiles.Read::json).toList(),
        contains("{\"v\":1}", "{\"v\":2}"));
  }

  @Test
  void aFileOfNoRecords() throws IOException {
    assertThat(read(AVRO, write("'int'")), hasSize(0));
  }

  @Test
  void namesThatAvroForbidsAreNamesOfAttributes() throws IOException {
    Schema schema =
        new Schema.Parser()
            .setValidate(false)
            .parse(
                "{\"type\":\"record\",\"name\":\"r\","
                    + "\"fields\":[{\"name\":\"a b-c\",\"type\":\"int\"}]}");
    assertThat(
        readItem(AVRO, writeAvro(file(), schema, record(schema, 1))),
        is(item("{\"a b-c\":{\"N\":\"1\"}}")));
  }

  @Test
  void isNotSplit() {
    assertThat(AVRO.splittable(new byte[0]), is(false));
  }
}

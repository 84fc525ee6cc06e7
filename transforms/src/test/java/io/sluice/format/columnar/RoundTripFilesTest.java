/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import static io.sluice.format.columnar.ColumnarFiles.item;
import static io.sluice.format.columnar.ColumnarFiles.parquet;
import static io.sluice.format.columnar.ColumnarFiles.read;
import static io.sluice.format.columnar.ColumnarFiles.readItem;
import static io.sluice.format.columnar.ColumnarFiles.schema;
import static io.sluice.format.columnar.ColumnarFiles.writeAvro;
import static io.sluice.format.columnar.ColumnarFiles.writeParquet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.avro.AvroFormat;
import io.sluice.format.columnar.ColumnarFiles.Read;
import io.sluice.format.parquet.ParquetFormat;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.item.json.ItemJson;
import io.sluice.schema.InferredSchema;
import io.sluice.schema.ItemRecords;
import io.sluice.schema.SchemaRules;
import io.sluice.schema.TableSchema;
import io.sluice.source.KeyFrom;
import io.sluice.source.SliceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.io.FileSystems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Files with a marked schema: their records are restored exactly. */
class RoundTripFilesTest {
  private static final KeySchema KEY = KeySchema.of(KeyAttribute.parse("pk:S"));

  @TempDir Path folder;

  private void assertComeBack(List<Map<String, AttributeValue>> items, TableSchema schema)
      throws IOException {
    ItemRecords records = ItemRecords.of(schema);
    List<GenericRecord> list =
        items.stream().map(SourcedItem::withoutOrigin).map(records::record).toList();
    Path avro = writeAvro(folder.resolve("a.avro"), records.schema(), list.toArray());
    RoundTripPropertyTest.assertSame(items, read(new AvroFormat(), avro));
    Path parquet = writeParquet(folder.resolve("a.parquet"), records.schema(), list);
    RoundTripPropertyTest.assertSame(items, read(new ParquetFormat(), parquet));
  }

  private void assertComeBack(List<Map<String, AttributeValue>> items) throws IOException {
    InferredSchema schema = InferredSchema.of(KEY);
    items.stream().map(SourcedItem::withoutOrigin).forEach(schema::add);
    assertComeBack(items, schema.toSchema("t"));
  }

  private static Map<String, AttributeValue> with(int key, String name, AttributeValue value) {
    Map<String, AttributeValue> item = new TreeMap<>();
    item.put("pk", AttributeValue.fromS("x" + key));
    item.put(name, value);
    return item;
  }

  @Test
  void anAttributeOfFourTypes() throws IOException {
    assertComeBack(
        List.of(
            item("{\"pk\":{\"S\":\"1\"},\"a\":{\"S\":\"x\"}}"),
            item("{\"pk\":{\"S\":\"2\"},\"a\":{\"N\":\"1.5\"}}"),
            item("{\"pk\":{\"S\":\"3\"},\"a\":{\"NULL\":true}}"),
            item("{\"pk\":{\"S\":\"4\"},\"a\":{\"L\":[{\"NULL\":true},{\"BS\":[\"AQ==\"]}]}}"),
            item("{\"pk\":{\"S\":\"5\"},\"a\":{\"M\":{\"\u00e9\":{\"N\":\"1\"}}}}"),
            item("{\"pk\":{\"S\":\"6\"}}")));
  }

  @Test
  void aMapOfTenThousandNames() throws IOException {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Map<String, AttributeValue> map = new TreeMap<>();
      for (int j = 0; j < 100; j++) {
        map.put(
            "name " + (i * 100 + j),
            j == 7 ? AttributeValue.fromNul(true) : AttributeValue.fromN(i + "." + j));
      }
      items.add(with(i, "m", AttributeValue.fromM(map)));
    }
    assertComeBack(items);
  }

  @Test
  void itemsOfManyAttributes() throws IOException {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      items.add(
          with(i, "a\"\u00e9\n" + i, i % 2 == 0 ? AttributeValue.fromNul(true) : deep(i % 32)));
    }
    items.add(with(2_500, "Item", AttributeValue.fromM(Map.of())));
    items.add(item("{\"pk\":{\"S\":\"last\"}}"));
    assertComeBack(items);
  }

  private static AttributeValue deep(int levels) {
    AttributeValue value = AttributeValue.fromBool(true);
    for (int i = 0; i < levels; i++) {
      value =
          i % 2 == 0
              ? AttributeValue.fromL(List.of(value))
              : AttributeValue.fromM(Map.of("m", value));
    }
    return value;
  }

  @Test
  void allThirtyTwoLevels() throws IOException {
    assertComeBack(List.of(with(1, "a", deep(31)), with(2, "a", deep(29))));
  }

  @Test
  void numbersComeBackInTheirCanonicalForm() throws IOException {
    TableSchema schema =
        SchemaRules.mark(
            TableSchema.of(
                schema(
                    "{'type':'record','name':'t','fields':[{'name':'d','type':'double'},"
                        + "{'name':'f','type':'float'},"
                        + "{'name':'b','type':{'type':'bytes','logicalType':'decimal',"
                        + "'precision':9,'scale':3}},"
                        + "{'name':'s','type':{'type':'string','dynamodb.type':'N'}}]}")));
    Map<String, AttributeValue> item =
        item(
            "{\"d\":{\"N\":\"1E2\"},\"f\":{\"N\":\"0.50\"},\"b\":{\"N\":\"7.100\"},"
                + "\"s\":{\"N\":\"+1.50e1\"}}");
    GenericRecord record = ItemRecords.of(schema).record(SourcedItem.withoutOrigin(item));
    Path avro = writeAvro(folder.resolve("a"), schema.avro(), record);
    Map<String, AttributeValue> canonical =
        item(
            "{\"d\":{\"N\":\"100\"},\"f\":{\"N\":\"0.5\"},\"b\":{\"N\":\"7.1\"},"
                + "\"s\":{\"N\":\"15\"}}");
    assertThat(readItem(new AvroFormat(), avro), is(canonical));
    Path parquet = writeParquet(folder.resolve("b"), schema.avro(), List.of(record));
    assertThat(readItem(new ParquetFormat(), parquet), is(canonical));
  }

  @Test
  void aSchemaOfTheUsersOwn() throws IOException {
    TableSchema schema =
        SchemaRules.mark(
            TableSchema.of(
                schema(
                    "{'type':'record','name':'t','fields':[{'name':'pk','type':'string'},"
                        + "{'name':'kind','type':['null',{'type':'enum','name':'k','symbols':['A']}]},"
                        + "{'name':'id','type':['null',{'type':'fixed','name':'f','size':2}]},"
                        + "{'name':'n','type':['int','null'],'dynamodb.null':'LISTED'},"
                        + "{'name':'tags','type':['null',{'type':'array','items':'string',"
                        + "'dynamodb.type':'SS'}]},"
                        + "{'name':'map','type':['null',{'type':'map','values':'double'}]},"
                        + "{'name':'rest','type':['null','string'],'dynamodb.role':'MORE'},"
                        + "{'name':'nulls','type':['null',{'type':'array','items':'string'}],"
                        + "'dynamodb.role':'NULLS'}]}")));
    assertComeBack(
        List.of(
            item(
                "{\"pk\":{\"S\":\"1\"},\"kind\":{\"S\":\"A\"},\"id\":{\"B\":\"AQI=\"},"
                    + "\"n\":{\"N\":\"1\"},\"tags\":{\"SS\":[\"x\"]},"
                    + "\"map\":{\"M\":{\"x\":{\"N\":\"0.1\"}}},\"rest\":{\"S\":\"x\"},"
                    + "\"nulls\":{\"NULL\":true}}"),
            item("{\"pk\":{\"S\":\"2\"},\"n\":{\"NULL\":true}}"),
            item("{\"pk\":{\"S\":\"3\"}}")),
        schema);
  }

  /**
   * The record's own JSON would have a list in place of the set, and a replay would import a list.
   */
  @Test
  void aRejectionKeepsTheTypes() throws Exception {
    Map<String, AttributeValue> item =
        Map.of(
            "pk", AttributeValue.fromS("x"),
            "a-b", AttributeValue.fromSs(List.of("1", "2")),
            "n", AttributeValue.fromN("1E+100"));
    InferredSchema schema = InferredSchema.of(KEY);
    schema.add(SourcedItem.withoutOrigin(item));
    ItemRecords records = ItemRecords.of(schema.toSchema("t"));
    GenericRecord record = records.record(SourcedItem.withoutOrigin(item));
    assertRejectedWhole(
        item, new AvroFormat(), writeAvro(folder.resolve("a.avro"), records.schema(), record));
    assertRejectedWhole(
        item,
        new ParquetFormat(),
        writeParquet(folder.resolve("a.parquet"), records.schema(), List.of(record)));
  }

  private static void assertRejectedWhole(
      Map<String, AttributeValue> item, Format format, Path file) throws Exception {
    KeySchema other = KeySchema.of(KeyAttribute.parse("id:S"));
    SliceReader.Recipe recipe = new SliceReader.Recipe(format, KeyFrom.RECORD, other, List.of());
    FileSlice slice =
        FileSlice.whole(FileSystems.matchNewResource(file.toString(), false), Files.size(file));
    try (SliceReader reader = SliceReader.open(recipe, slice)) {
      Rejection rejection = reader.next().rejection();
      assertThat(rejection.reason(), is(Reason.KEY_MISSING));
      assertThat(rejection.format(), is(PayloadFormat.ITEM));
      byte[] json = rejection.payload();
      RoundTripPropertyTest.assertSame(
          List.of(item),
          List.of(new Read(0, "", ItemJson.parseRecord(json, 0, json.length), null)));
    }
  }

  @Test
  void withoutTheMarkAFileIsReadAsBefore() throws IOException {
    Schema schema =
        schema(
            "{'type':'record','name':'t','fields':[{'name':'a_b','type':{'type':'string',"
                + "'dynamodb.type':'N'},'dynamodb.name':'a-b'}]}");
    GenericData.Record record = new GenericData.Record(schema);
    record.put("a_b", "1");
    Map<String, AttributeValue> asItIs = item("{\"a_b\":{\"S\":\"1\"}}");
    assertThat(
        readItem(new AvroFormat(), writeAvro(folder.resolve("a"), schema, record)), is(asItIs));
    assertThat(
        readItem(new ParquetFormat(), writeParquet(folder.resolve("b"), schema, List.of(record))),
        is(asItIs));
  }
}

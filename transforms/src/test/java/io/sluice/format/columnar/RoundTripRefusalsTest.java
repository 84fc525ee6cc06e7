/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import static io.sluice.format.columnar.ColumnarFiles.assertRefused;
import static io.sluice.format.columnar.ColumnarFiles.item;
import static io.sluice.format.columnar.ColumnarFiles.parquet;
import static io.sluice.format.columnar.ColumnarFiles.read;
import static io.sluice.format.columnar.ColumnarFiles.readItem;
import static io.sluice.format.columnar.ColumnarFiles.schema;
import static io.sluice.format.columnar.ColumnarFiles.writeAvro;
import static io.sluice.format.columnar.ColumnarFiles.writeParquet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.format.avro.AvroFormat;
import io.sluice.format.parquet.ParquetFormat;
import io.sluice.item.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files with a marked schema that they do not keep to: records, or whole files, are refused. */
class RoundTripRefusalsTest {
  @TempDir Path folder;

  /** Reads a record that does not match the schema. */
  private void assertDamaged(String fields, String name, Object value, String message)
      throws IOException {
    Schema schema =
        schema(
            "{'type':'record','name':'t','fields':["
                + fields
                + ",{'name':'nulls','type':['null',{'type':'array','items':'string'}],"
                + "'dynamodb.role':'NULLS'}],'dynamodb.version':1}");
    GenericData.Record record = new GenericData.Record(schema);
    record.put(name, value);
    Path file = writeAvro(folder.resolve("a"), schema, record);
    assertRefused(read(new AvroFormat(), file).get(0), Reason.MALFORMED, message);
  }

  @Test
  void recordsThatDoNotHoldWhatTheSchemaSays() throws IOException {
    String json = "{'name':'a','type':{'type':'string','dynamodb.type':'JSON'}}";
    String notJson = "attribute 'a': not the DynamoDB JSON of a value: ";
    assertDamaged(json, "a", "secret", notJson + "not valid JSON near byte 6 of the record");
    assertDamaged(json, "a", "{\"X\":1}", notJson + "unknown type 'X'");
    assertDamaged(
        json,
        "a",
        "{\"S\":\"\"} {}",
        notJson + "text after the JSON value, near byte 9 of the record");
    assertDamaged(json, "a", "", notJson + "an empty record");
    String listed = "{'name':'a','type':['null','string'],'dynamodb.null':'LISTED'}";
    assertDamaged(
        listed, "nulls", List.of("/b"), "the list of its NULLs names a place that has none");
    assertDamaged(
        listed, "nulls", List.of("/a", "/a"), "the list of its NULLs names a place that has none");
    assertDamaged(
        listed, "nulls", List.of("a"), "the list of its NULLs holds what is no JSON pointer");
    assertDamaged(
        listed, "nulls", List.of("/a/0"), "the list of its NULLs names a place that has none");
    String more = "{'name':'m','type':['null','string'],'dynamodb.role':'MORE'}";
    assertDamaged(
        more,
        "m",
        "[]",
        "the column of further attributes is no DynamoDB JSON: the record is not a JSON object");
  }

  @Test
  void numbersOfTextAreChecked() throws IOException {
    Schema schema =
        schema(
            "{'type':'record','name':'t','fields':[{'name':'a','type':{'type':'string',"
                + "'dynamodb.type':'N'}}],'dynamodb.version':1}");
    GenericData.Record record = new GenericData.Record(schema);
    record.put("a", "secret");
    Path file = writeAvro(folder.resolve("a"), schema, record);
    assertRefused(
        read(new AvroFormat(), file).get(0), Reason.NOT_OF_TYPE, "attribute 'a': not a number");
    record.put("a", "1E+126");
    assertRefused(
        read(new AvroFormat(), writeAvro(file, schema, record)).get(0),
        Reason.NUMBER_RANGE,
        "attribute 'a': a number outside ±1E-130 … ±9.99E+125 and not zero");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'dynamodb.version':2 | its schema says that it was exported, but the schema's dynamodb.version is 2; this program knows 1",
        "'dynamodb.version':'1' | its schema says that it was exported, but the schema's dynamodb.version is 1; this program knows 1",
      })
  void versionsThatAreNotKnown(String version, String message) throws IOException {
    Schema schema =
        schema(
            "{'type':'record','name':'t','fields':[{'name':'a','type':'string'}]," + version + "}");
    GenericData.Record record = new GenericData.Record(schema);
    record.put("a", "x");
    assertThat(
        ColumnarFiles.failure(new AvroFormat(), writeAvro(folder.resolve("a"), schema, record)),
        is("FILE cannot be read: " + message));
    assertThat(
        ColumnarFiles.failure(
            new ParquetFormat(), writeParquet(folder.resolve("b"), schema, List.of(record))),
        is("FILE cannot be read: " + message));
  }

  /** Writes a Parquet file whose columns are not those of the schema in its footer. */
  private Path parquetWithFooter(String columns, String footer, Group record) throws IOException {
    MessageType type = MessageTypeParser.parseMessageType("message m { " + columns + " }");
    Path file = folder.resolve("c");
    try (ParquetWriter<Group> writer =
        parquet(file, type)
            .withExtraMetaData(Map.of("parquet.avro.schema", footer.replace('\'', '"')))
            .build()) {
      writer.write(record);
    }
    return file;
  }

  private static Group group(String columns) {
    return new SimpleGroup(MessageTypeParser.parseMessageType("message m { " + columns + " }"));
  }

  @Test
  void parquetColumnsThatAreNotThoseOfTheSchema() throws IOException {
    String marked = "{'type':'record','name':'t','fields':[%s],'dynamodb.version':1}";
    String number = "{'name':'a','type':'long'}";
    String columns = "required binary a (UTF8);";
    Group text = group(columns).append("a", "x");
    assertRefused(
        read(new ParquetFormat(), parquetWithFooter(columns, marked.formatted(number), text))
            .get(0),
        Reason.MALFORMED,
        "attribute 'a': not of the type that the file's schema says");
    assertRefused(
        read(new ParquetFormat(), parquetWithFooter(columns, marked.formatted(""), text)).get(0),
        Reason.MALFORMED,
        "a field that the file's schema does not name");
    String optional = "optional binary a (UTF8);";
    Path without =
        parquetWithFooter(
            optional, marked.formatted("{'name':'a','type':'string'}"), group(optional));
    assertRefused(
        read(new ParquetFormat(), without).get(0),
        Reason.MALFORMED,
        "attribute 'a': null, where the file's schema takes none");
    for (String type :
        List.of(
            "'bytes'",
            "'boolean'",
            "{'type':'map','values':'long'}",
            "{'type':'array','items':'long'}",
            "{'type':'array','items':'long','dynamodb.type':'NS'}",
            "{'type':'record','name':'r','fields':[]}")) {
      String field = "{'name':'a','type':" + type + "}";
      assertRefused(
          read(new ParquetFormat(), parquetWithFooter(columns, marked.formatted(field), text))
              .get(0),
          Reason.MALFORMED,
          "attribute 'a': not of the type that the file's schema says");
    }
    assertThat(
        ColumnarFiles.failure(
            new ParquetFormat(),
            parquetWithFooter(columns, marked.formatted("{'name':'a'}"), text)),
        is("FILE cannot be read: the schema in its footer is damaged"));
    assertThat(
        readItem(new ParquetFormat(), parquetWithFooter(columns, "nonsense", text)),
        is(item("{\"a\":{\"S\":\"x\"}}")));
  }
}

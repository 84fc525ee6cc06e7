/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;

import io.sluice.format.registry.FileFormat;
import io.sluice.item.SourcedItem;
import io.sluice.schema.ColumnNaming;
import io.sluice.schema.InferredSchema;
import io.sluice.schema.TableSchema;
import io.sluice.source.WholeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Files of items whose attribute names use all scripts, as read by others and by us. */
class ColumnNamesInFilesTest {
  /** Attribute names by their Parquet columns, in the order of the file. */
  private static final Map<String, String> NAMES =
      new TreeMap<>(
          Map.of(
              "a_b", "a-b",
              "É", "É",
              "é_2", "é",
              "e\u0301", "e\u0301",
              "год", "год",
              "हिन्दी", "हिन्दी",
              "名前", "名前",
              "𠮷野", "𠮷野",
              "snapshot_timestamp_2", "snapshot_timestamp"));

  @TempDir Path folder;

  private static AttributeValue value(String name) {
    return fromN(String.valueOf(name.hashCode()));
  }

  private static List<SourcedItem> items() {
    Map<String, AttributeValue> attributes = new TreeMap<>();
    NAMES.values().forEach(name -> attributes.put(name, value(name)));
    attributes.put("住所", fromM(new TreeMap<>(attributes)));
    attributes.put("l", fromL(List.of(fromM(Map.of("市", value("市"))))));
    return List.of(Sinks.item("1", attributes), Sinks.item("2", Map.of("名前", fromN("7"))));
  }

  private static TableSchema schema(ColumnNaming naming) {
    InferredSchema inferred = InferredSchema.of(Sinks.KEY);
    items().forEach(inferred::add);
    return inferred.toSchema("t", naming);
  }

  private static List<Map<String, AttributeValue>> expected() {
    return items().stream().map(SourcedItem::item).toList();
  }

  private Path write(FileFormat format, ColumnNaming naming) throws IOException {
    Path file = folder.resolve("a" + format.output().suffix());
    Sinks.write(file, format, schema(naming), items());
    return file;
  }

  @Test
  void duckDbFindsTheColumnsOfParquetByTheirNames() throws Exception {
    Path file = write(FileFormat.PARQUET, ColumnNaming.UNICODE);
    List<String> names = List.copyOf(NAMES.keySet());
    List<Object> expected = new ArrayList<>();
    names.forEach(name -> expected.add((long) NAMES.get(name).hashCode()));
    // Without quotes, which names made of letters do not need.
    assertThat(DuckDb.rows(file, String.join(", ", names)).get(0), is(expected));
    String inside = String.join(", ", names.stream().map("住所."::concat).toList());
    // In an M, no name is reserved for the time of the snapshot.
    assertThat(
        DuckDb.rows(file, inside.replace("_timestamp_2", "_timestamp")).get(0), is(expected));
    assertThat(
        DuckDb.rows(file, "名前, l[1].市"),
        contains(List.of((long) "名前".hashCode(), (long) "市".hashCode()), Arrays.asList(7L, null)));
  }

  @ParameterizedTest
  @EnumSource(
      value = FileFormat.class,
      names = {"PARQUET", "AVRO", "DYNAMODB_JSON", "JSON"})
  void theAttributesComeBack(FileFormat format) throws IOException {
    for (ColumnNaming naming : ColumnNaming.values()) {
      Path file = write(format, naming);
      assertThat(WholeFiles.items(format.name(), file.toString()), is(expected()));
    }
  }

  @Test
  void parquetAvroFindsThemAndWhatItWritesAnewComesBack() throws Exception {
    Path file = write(FileFormat.PARQUET, ColumnNaming.UNICODE);
    List<GenericRecord> records = DuckDb.assertAgrees(file);
    Schema schema = records.get(0).getSchema();
    assertThat(schema.getField("_").aliases(), contains("É"));
    assertThat(schema.getField("_").getProp(TableSchema.NAME), is("É"));

    Path again = folder.resolve("again.parquet");
    Configuration threeLevels = new Configuration(false);
    threeLevels.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
    try (ParquetWriter<GenericRecord> writer =
        AvroParquetWriter.<GenericRecord>builder(
                HadoopOutputFile.fromPath(
                    new org.apache.hadoop.fs.Path(again.toUri()), threeLevels))
            .withSchema(schema)
            .withConf(threeLevels)
            .build()) {
      for (GenericRecord record : records) {
        writer.write(record);
      }
    }
    // Its columns have the names of the fields.
    assertThat(DuckDb.rows(again, "\"_\"").get(0), is(List.of((long) "É".hashCode())));
    assertThat(WholeFiles.items("PARQUET", again.toString()), is(expected()));
  }

  /** It derives Avro names from these, though the file's schema has others. */
  @Test
  void parquetAvroDoesNotReadMarksWithinAnMOfAList() throws Exception {
    List<SourcedItem> items =
        List.of(Sinks.item("1", Map.of("l", fromL(List.of(fromM(Map.of("हिन्दी", fromN("1"))))))));
    Path file = folder.resolve("a.parquet");
    Sinks.write(file, FileFormat.PARQUET, Sinks.schemaOf(items), items);
    assertThat(DuckDb.rows(file, "l[1].हिन्दी"), contains(List.of(1L)));
    assertThat(WholeFiles.items("PARQUET", file.toString()), is(List.of(items.get(0).item())));
    assertThrows(SchemaParseException.class, () -> DuckDb.assertAgrees(file));
  }

  /** As in files from before columns had other names than fields. */
  @Test
  void asciiIsAsEver() throws Exception {
    Path file = write(FileFormat.PARQUET, ColumnNaming.ASCII);
    assertThat(
        DuckDb.rows(file, "a_b, \"___2\", \"___\", \"______\"").get(0),
        is(
            List.of(
                (long) "a-b".hashCode(),
                (long) "名前".hashCode(),
                (long) "год".hashCode(),
                (long) "हिन्दी".hashCode())));
  }

  @Test
  void avroHasTheNamesOfItsSpecification() throws IOException {
    Path file = write(FileFormat.AVRO, ColumnNaming.ASCII);
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      assertThat(
          reader.getSchema().getFields().stream().map(Schema.Field::name).toList(),
          everyItem(matchesPattern("[A-Za-z_][A-Za-z0-9_]*")));
      assertThat(reader.getSchema().toString().contains(TableSchema.COLUMN), is(false));
    }
  }

  @Test
  void textHasTheAttributesNames() throws IOException {
    String csv = Sinks.unzipped(Files.readAllBytes(write(FileFormat.CSV, ColumnNaming.ASCII)));
    assertThat(csv, startsWith("pk,a-b,e\u0301,l,snapshot_timestamp,É,é,год,हिन्दी,住所,名前,𠮷野\n"));
    byte[] json = Files.readAllBytes(write(FileFormat.JSON, ColumnNaming.ASCII));
    assertThat(Sinks.unzipped(json), startsWith("{\"a-b\":" + "a-b".hashCode() + ",\"e\u0301\":"));
  }
}

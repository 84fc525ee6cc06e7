/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.FileStream;
import io.sluice.schema.TableSchema;
import io.sluice.schema.UnfitItemException;
import io.sluice.sink.DuckDb;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.RandomData;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet files as read by parquet-avro's own reader. */
class ParquetSinkTest {
  private static final long MB = 1 << 20;
  private static final Schema ONE_STRING =
      new Schema.Parser()
          .parse(
              "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"s\",\"type\":\"string\"}]}");

  @TempDir Path folder;

  private static void write(
      Path file, Schema schema, Iterable<GenericRecord> records, RowGroupMemory heap)
      throws IOException {
    write(file, schema, records, true, heap);
  }

  private static void write(
      Path file,
      Schema schema,
      Iterable<GenericRecord> records,
      boolean randomOrder,
      RowGroupMemory heap)
      throws IOException {
    try (FileStream out = FileStream.create(FileSystems.matchNewResource(file.toString(), false));
        ParquetSink sink =
            new ParquetSink(out, TableSchema.of(schema), 64 * MB, randomOrder, 1, heap)) {
      for (GenericRecord record : records) {
        sink.write(RecordItems.item(record));
      }
      sink.finish();
    }
  }

  private static ParquetMetadata footer(Path file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toUri()), new Configuration(false)))) {
      return reader.getFooter();
    }
  }

  /** Runs in a class loader without Hadoop. */
  public static final class Writing {
    private Writing() {}

    public static void write(String file, String schemaJson) throws IOException {
      Schema schema = new Schema.Parser().parse(schemaJson);
      ParquetSinkTest.write(Path.of(file), schema, random(schema), new RowGroupMemory(MB));
    }
  }

  /** Returns random records, whose decimals have valid bytes. */
  private static List<GenericRecord> random(Schema schema) {
    List<GenericRecord> records = new ArrayList<>();
    for (Object random : new RandomData(schema, 1_000, 42)) {
      GenericRecord record = (GenericRecord) random;
      for (Schema.Field field : schema.getFields()) {
        if (field.schema().toString().contains("decimal")) {
          short digits = (short) records.size();
          record.put(field.pos(), decimal(record.get(field.pos()), digits));
        }
      }
      records.add(record);
    }
    return records;
  }

  private static Object decimal(Object random, short digits) {
    if (random instanceof GenericData.Fixed fixed) {
      return new GenericData.Fixed(
          fixed.getSchema(), ByteBuffer.allocate(16).putShort(14, digits).array());
    }
    return random == null ? null : ByteBuffer.wrap(BigInteger.valueOf(digits).toByteArray());
  }

  private static URL[] classPathWithoutHadoop() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("hadoop-client") && !entry.contains("parquet-avro")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return urls.toArray(new URL[0]);
  }

  /** Returns which columns of the first row group have a dictionary. */
  private static Map<String, Boolean> dictionaries(Path file) throws IOException {
    return footer(file).getBlocks().get(0).getColumns().stream()
        .collect(
            Collectors.toMap(
                column -> column.getPath().toDotString(), ColumnChunkMetaData::hasDictionaryPage));
  }

  @Test
  void whatRepeatsHasADictionary() throws Exception {
    Schema schema =
        SchemaBuilder.record("r")
            .fields()
            .requiredString("id")
            .requiredLong("kind")
            .optionalString("place")
            .name("inner")
            .type(SchemaBuilder.record("inner").fields().requiredLong("unique").endRecord())
            .noDefault()
            .endRecord();
    Random random = new Random(7);
    List<GenericRecord> records = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      GenericRecord inner = new GenericData.Record(schema.getField("inner").schema());
      inner.put("unique", random.nextLong());
      GenericRecord record = new GenericData.Record(schema);
      record.put("id", "id-" + i);
      record.put("kind", (long) random.nextInt(5));
      // Present in two of three items, and one of 8,000 values: here and there one repeats.
      record.put("place", i % 3 == 0 ? null : "place-" + random.nextInt(8_000) + "-".repeat(20));
      record.put("inner", inner);
      records.add(record);
    }
    Path file = folder.resolve("a.parquet");
    write(file, schema, records, new RowGroupMemory(64 * MB));
    assertThat(
        dictionaries(file),
        is(Map.of("id", false, "kind", true, "place", true, "inner.unique", false)));
    DuckDb.assertAgrees(file);
  }

  @Test
  void theFirstItemsTellOfAllOnlyWhenTheirOrderIsRandom() throws Exception {
    Schema schema =
        SchemaBuilder.record("r")
            .fields()
            .requiredString("store")
            .requiredString("product")
            .endRecord();
    List<GenericRecord> records = new ArrayList<>();
    // Like a table with a sort key: every store with all products.
    for (int i = 0; i < 15_000; i++) {
      GenericRecord record = new GenericData.Record(schema);
      record.put("store", "store-" + i / 3_000);
      record.put("product", "product-" + i % 3_000);
      records.add(record);
    }
    for (boolean randomOrder : new boolean[] {false, true}) {
      Path file = folder.resolve(randomOrder + ".parquet");
      write(file, schema, records, randomOrder, new RowGroupMemory(64 * MB));
      assertThat(dictionaries(file), is(Map.of("store", true, "product", !randomOrder)));
      assertThat(DuckDb.assertAgrees(file).size(), is(records.size()));
    }
  }

  @Test
  void aFileOfFewOrOfLongItemsIsWhole() throws Exception {
    for (int itemBytes : new int[] {2, 100_000}) {
      Path file = folder.resolve(itemBytes + ".parquet");
      write(file, ONE_STRING, strings(37, itemBytes), new RowGroupMemory(MB));
      assertThat(DuckDb.assertAgrees(file).size(), is(37));
    }
  }

  @Test
  void recordsOfEveryTypeComeBackAndNoClassOfHadoopIsNeeded() throws Exception {
    Path file = folder.resolve("a.parquet");
    Schema schema =
        new Schema.Parser()
            .parse(
                // Random text is no JSON, and a set has no null.
                ParquetTypesTest.EVERY_TYPE
                    .toString()
                    .replaceAll(",\"dynamodb.type\":\"(JSON|SS)\"", ""));
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(classPathWithoutHadoop(), platform)) {
      Class<?> writing = loader.loadClass(Writing.class.getName());
      writing
          .getMethod("write", String.class, String.class)
          .invoke(null, file.toString(), schema.toString());
    }
    List<GenericRecord> read = DuckDb.assertAgrees(file);
    assertThat(read, is(random(schema)));
    ParquetMetadata footer = footer(file);
    assertThat(
        footer.getFileMetaData().getKeyValueMetaData().get("parquet.avro.schema"),
        is(schema.toString()));
    footer
        .getBlocks()
        .forEach(
            group ->
                group
                    .getColumns()
                    .forEach(
                        column -> assertThat(column.getCodec(), is(CompressionCodecName.ZSTD))));
  }

  private static Iterable<GenericRecord> strings(int count, int length) {
    Random random = new Random(1);
    return () ->
        IntStream.range(0, count)
            .<GenericRecord>mapToObj(
                i -> {
                  GenericData.Record record = new GenericData.Record(ONE_STRING);
                  byte[] text = new byte[length / 2];
                  random.nextBytes(text);
                  record.put("s", HexFormat.of().formatHex(text));
                  return record;
                })
            .iterator();
  }

  @Test
  void aRowGroupIsWrittenWhenItsShareOfTheHeapIsFull() throws Exception {
    Path file = folder.resolve("a.parquet");
    RowGroupMemory heap = new RowGroupMemory(4 * MB);
    heap.join();
    write(file, ONE_STRING, strings(20_000, 1_000), heap);
    List<BlockMetaData> groups = footer(file).getBlocks();
    // Half of 4 MB each, and random digits compress to half of their length.
    assertThat(groups.size(), allOf(greaterThan(3), lessThan(8)));
    for (BlockMetaData group : groups) {
      assertThat(group.getCompressedSize(), lessThan(3 * MB));
    }
    assertThat(groups.stream().mapToLong(BlockMetaData::getRowCount).sum(), is(20_000L));
    assertThat(DuckDb.assertAgrees(file).size(), is(20_000));
    assertThat("the file gave its share back", heap.rowGroupBytes(64 * MB), is(4 * MB));
  }

  @Test
  void pagesHaveChecksumsAndColumnsStatistics() throws Exception {
    Path file = folder.resolve("a.parquet");
    write(file, ONE_STRING, strings(100, 20), new RowGroupMemory(MB));
    assertThat(DuckDb.assertAgrees(file).size(), is(100));
    BlockMetaData group = footer(file).getBlocks().get(0);
    assertThat(group.getColumns().get(0).getStatistics().hasNonNullValue(), is(true));
    assertThat(group.getColumns().get(0).getColumnIndexReference() != null, is(true));
  }

  @Test
  void aFieldThatMustHaveAValue() {
    UnfitItemException e =
        assertThrows(
            UnfitItemException.class,
            () ->
                write(
                    folder.resolve("a.parquet"),
                    ONE_STRING,
                    List.of(new GenericData.Record(ONE_STRING)),
                    new RowGroupMemory(MB)));
    assertThat(e.getMessage(), is("attribute 's' is missing, but its column takes no null"));
  }
}

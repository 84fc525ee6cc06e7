/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static io.sluice.format.columnar.ColumnarFiles.parquet;
import static io.sluice.format.columnar.ColumnarFiles.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.sluice.format.columnar.ColumnarFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of both versions, in the encodings that writers choose, many to a column. */
class ParquetPagesTest {
  private static final int RECORDS = 3_000;

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message m {
            repeated int32 r; required int64 id; optional int32 same; optional boolean b;
            optional binary s (UTF8); required fixed_len_byte_array(2) f;
            optional group l (LIST) { repeated group list { optional group element (LIST) {
              repeated group list { optional double element; } } } }
          }
          """);

  @TempDir Path folder;

  private static Group record(int i) {
    Group record = new SimpleGroup(SCHEMA);
    record.add("id", i * 1_000_003L);
    if (i % 7 != 0) {
      record.add("same", 5);
      record.add("b", i / 100 % 2 == 0);
    }
    if (i % 3 != 0) {
      record.add("s", "text " + i / 50 + " of " + i);
    }
    record.add("f", Binary.fromString("%02d".formatted(i % 100)));
    for (int k = 0; k < i % 4; k++) {
      record.add("r", i + k);
    }
    if (i % 5 != 0) {
      Group outer = record.addGroup("l");
      outer.addGroup("list");
      Group inner = outer.addGroup("list").addGroup("element");
      inner.addGroup("list").add("element", i / 4.0);
      inner.addGroup("list");
    }
    return record;
  }

  private static String json(int i) {
    List<String> fields = new ArrayList<>();
    List<Integer> repeated = new ArrayList<>();
    for (int k = 0; k < i % 4; k++) {
      repeated.add(i + k);
    }
    fields.add("\"r\":" + repeated.toString().replace(" ", ""));
    fields.add("\"id\":" + i * 1_000_003L);
    if (i % 7 != 0) {
      fields.add("\"same\":5,\"b\":" + (i / 100 % 2 == 0));
    }
    if (i % 3 != 0) {
      fields.add("\"s\":\"text " + i / 50 + " of " + i + "\"");
    }
    String two = "%02d".formatted(i % 100);
    fields.add("\"f\":\"" + Base64.getEncoder().encodeToString(two.getBytes(UTF_8)) + "\"");
    if (i % 5 != 0) {
      String number = BigDecimal.valueOf(i / 4.0).stripTrailingZeros().toPlainString();
      fields.add("\"l\":[null,[" + number + ",null]]");
    }
    return "{" + String.join(",", fields) + "}";
  }

  @ParameterizedTest
  @CsvSource({
    "PARQUET_1_0, true, UNCOMPRESSED, PLAIN_DICTIONARY",
    "PARQUET_1_0, true, SNAPPY, PLAIN_DICTIONARY",
    "PARQUET_1_0, false, GZIP, PLAIN",
    "PARQUET_1_0, false, UNCOMPRESSED, PLAIN",
    "PARQUET_2_0, true, UNCOMPRESSED, RLE_DICTIONARY",
    "PARQUET_2_0, true, ZSTD, RLE_DICTIONARY",
    "PARQUET_2_0, true, LZ4_RAW, RLE_DICTIONARY",
    "PARQUET_2_0, false, GZIP, DELTA_BYTE_ARRAY",
    "PARQUET_2_0, false, SNAPPY, DELTA_BINARY_PACKED",
    "PARQUET_2_0, false, UNCOMPRESSED, DELTA_BYTE_ARRAY"
  })
  void pages(
      WriterVersion version, boolean dictionaries, CompressionCodecName codec, Encoding encoding)
      throws IOException {
    Path file = folder.resolve("a.parquet");
    try (ParquetWriter<Group> writer =
        parquet(file, SCHEMA)
            .withWriterVersion(version)
            .withDictionaryEncoding(dictionaries)
            .withCompressionCodec(codec)
            .withPageSize(1_000)
            .withPageRowCountLimit(170)
            .withRowGroupSize(60_000L)
            .build()) {
      for (int i = 0; i < RECORDS; i++) {
        writer.write(record(i));
      }
    }
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      Set<Encoding> encodings = new HashSet<>();
      for (BlockMetaData group : reader.getRowGroups()) {
        group.getColumns().forEach(column -> encodings.addAll(column.getEncodings()));
      }
      assertThat(encodings, hasItem(encoding));
    }

    List<ColumnarFiles.Read> reads = read(new ParquetFormat(), file);

    assertThat(reads.size(), is(RECORDS));
    for (int i = 0; i < RECORDS; i++) {
      assertThat(reads.get(i).json(), is(json(i)));
    }
  }
}

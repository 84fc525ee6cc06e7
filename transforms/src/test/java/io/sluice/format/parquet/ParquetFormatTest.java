/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static io.sluice.format.columnar.ColumnarFiles.assertRefused;
import static io.sluice.format.columnar.ColumnarFiles.item;
import static io.sluice.format.columnar.ColumnarFiles.parquet;
import static io.sluice.format.columnar.ColumnarFiles.read;
import static io.sluice.format.columnar.ColumnarFiles.readItem;
import static io.sluice.format.columnar.ColumnarFiles.writeParquet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.sluice.format.Format;
import io.sluice.format.columnar.ColumnarFiles;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParquetFormatTest {
  private static final Format PARQUET = new ParquetFormat();

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("a.parquet");
  }

  private static MessageType schema(String fields) {
    return MessageTypeParser.parseMessageType("message m { " + fields + " }");
  }

  private static Binary hex(String hex) {
    return Binary.fromConstantByteArray(java.util.HexFormat.of().parseHex(hex));
  }

  private ColumnarFiles.Read readOne(Group record) throws IOException {
    Path file = writeParquet(file(), (MessageType) record.getType(), record);
    List<ColumnarFiles.Read> reads = read(PARQUET, file);
    assertThat(reads, hasSize(1));
    return reads.get(0);
  }

  private static Group record(String fields) {
    return new SimpleGroup(schema(fields));
  }

  @ParameterizedTest
  @CsvSource({
    "int32 v,-5,N,-5",
    "int32 v (INTEGER(8;true)),-5,N,-5",
    "int32 v (INTEGER(32;false)),-1,N,4294967295",
    "int32 v (DATE),17927,S,2019-01-31",
    "int32 v (TIME(MILLIS;true)),250,S,00:00:00.250",
    "int32 v (DECIMAL(9;2)),-150,N,-1.50"
  })
  void columnsOfInt32(String type, int value, String attributeType, String expected)
      throws IOException {
    Group record = record("required " + type.replace(';', ',') + ";");
    record.add("v", value);
    assertThat(
        readOne(record).item(),
        is(item("{\"v\":{\"%s\":\"%s\"}}".formatted(attributeType, expected))));
  }

  @ParameterizedTest
  @CsvSource({
    "int64 v,-9223372036854775808,N,-9223372036854775808",
    "int64 v (INTEGER(64;false)),-1,N,18446744073709551615",
    "int64 v (INTEGER(64;false)),1,N,1",
    "int64 v (TIME(MICROS;false)),1,S,00:00:00.000001",
    "int64 v (TIME(NANOS;true)),1,S,00:00:00.000000001",
    "int64 v (TIMESTAMP(MILLIS;true)),1548928800000,S,2019-01-31T10:00:00Z",
    "int64 v (TIMESTAMP(MICROS;true)),-1,S,1969-12-31T23:59:59.999999Z",
    "int64 v (TIMESTAMP(NANOS;true)),1,S,1970-01-01T00:00:00.000000001Z",
    "int64 v (TIMESTAMP(MICROS;false)),1,S,1970-01-01T00:00:00.000001",
    "int64 v (TIMESTAMP_MILLIS),0,S,1970-01-01T00:00:00Z",
    "int64 v (DECIMAL(18;18)),1,N,1E-18"
  })
  void columnsOfInt64(String type, long value, String attributeType, String expected)
      throws IOException {
    Group record = record("required " + type.replace(';', ',') + ";");
    record.add("v", value);
    assertThat(
        readOne(record).item(),
        is(item("{\"v\":{\"%s\":\"%s\"}}".formatted(attributeType, expected))));
  }

  @ParameterizedTest
  @CsvSource({
    "binary v (UTF8),c3a4,S,ä",
    "binary v (STRING),'',S,''",
    "binary v (ENUM),41,S,A",
    "binary v (JSON),7b7d,S,{}",
    "binary v (BSON),00ff,B,AP8=",
    "binary v,c3a4,B,w6Q=",
    "fixed_len_byte_array(2) v,00ff,B,AP8=",
    "fixed_len_byte_array(16) v (UUID),123e4567e89b12d3a456426614174000,S,"
        + "123e4567-e89b-12d3-a456-426614174000",
    "fixed_len_byte_array(12) v (INTERVAL),000000000000000000000001,B,AAAAAAAAAAAAAAAB",
    "binary v (DECIMAL(38;2)),ff6a,N,-1.50",
    "fixed_len_byte_array(16) v (DECIMAL(38;0)),4b3b4ca85a86c47a098a223fffffffff,N,"
        + "99999999999999999999999999999999999999"
  })
  void columnsOfBytes(String type, String hex, String attributeType, String expected)
      throws IOException {
    Group record = record("required " + type.replace(';', ',') + ";");
    record.add("v", hex(hex));
    assertThat(
        readOne(record).item(),
        is(item("{\"v\":{\"%s\":\"%s\"}}".formatted(attributeType, expected))));
  }

  @Test
  void columnsOfTheOtherTypes() throws IOException {
    Group record =
        record(
            """
            required boolean t; required float f; required double d;
            required int96 ts; required int96 before; optional int32 none;
            """);
    record.add("t", true);
    record.add("f", 0.1f);
    record.add("d", 9.999999999999999E22);
    record.add("ts", new NanoTime(2_458_515, 36_000_250_000_000L));
    record.add("before", new NanoTime(2_440_587, 86_399_999_999_999L));
    ColumnarFiles.Read read = readOne(record);
    assertThat(
        read.item(),
        is(
            item(
                """
                {"t":{"BOOL":true},"f":{"N":"0.1"},"d":{"N":"100000000000000000000000"},
                "ts":{"S":"2019-01-31T10:00:00.250Z"},
                "before":{"S":"1969-12-31T23:59:59.999999999Z"}}
                """)));
    assertThat(
        read.json(),
        is(
            "{\"t\":true,\"f\":0.1,\"d\":100000000000000000000000,"
                + "\"ts\":\"2019-01-31T10:00:00.250Z\","
                + "\"before\":\"1969-12-31T23:59:59.999999999Z\"}"));
  }

  /**
   * Timestamps as Spark stores them; beyond the year 287564 its arithmetic overflows, and ours must
   * do the same.
   */
  @ParameterizedTest
  @CsvSource({
    "10800000000000, 5373484, 9999-12-31T03:00:00Z",
    "-32509551616000, -105862232, +290000-12-30T23:00:00Z",
    "-43200000000000, -1, -4713-11-22T12:00:00Z",
    "86399999999999, 2440587, 1969-12-31T23:59:59.999999999Z"
  })
  void timestampsOfSpark(long nanoOfDay, int julianDay, String expected) throws IOException {
    Group record = record("required int96 t;");
    record.add("t", new NanoTime(julianDay, nanoOfDay));
    assertThat(readOne(record).item(), is(item("{\"t\":{\"S\":\"%s\"}}".formatted(expected))));
  }

  @Test
  void whatNoAttributeCanBeIsRefused() throws IOException {
    Group nan = record("required group g { required float f; }");
    nan.addGroup("g").add("f", Float.NaN);
    assertRefused(readOne(nan), Reason.NOT_OF_TYPE, "attribute 'g.f': not a number, or infinite");

    Group text = record("required binary s (UTF8);");
    text.add("s", hex("ff"));
    assertRefused(
        readOne(text), Reason.NOT_UTF8, "attribute 's': a string that is not valid UTF-8");

    Group time = record("required int32 t (TIME(MILLIS,true));");
    time.add("t", -1);
    assertRefused(
        readOne(time), Reason.NOT_OF_TYPE, "attribute 't': a time of day beyond 24 hours");
  }

  @Test
  void decimalsOfMoreThan38DigitsAreLeftToTheRules() throws IOException {
    Group record = record("required binary v (DECIMAL(60,0));");
    String digits = "1".repeat(60);
    record.add("v", Binary.fromConstantByteArray(new BigInteger(digits).toByteArray()));
    assertThat(readOne(record).item(), is(item("{\"v\":{\"N\":\"%s\"}}".formatted(digits))));
  }

  @Test
  void keysTakeTheTypesOfTheTable() throws IOException {
    MessageType schema =
        schema("required binary pk (UTF8); required int64 sk (INTEGER(64,false));");
    Group record = new SimpleGroup(schema);
    record.add("pk", "12");
    record.add("sk", -1L);
    Format format =
        PARQUET.withKeySchema(
            new KeySchema(KeyAttribute.parse("pk:N"), KeyAttribute.parse("sk:S")));
    assertThat(
        readItem(format, writeParquet(file(), schema, record)),
        is(item("{\"pk\":{\"N\":\"12\"},\"sk\":{\"S\":\"18446744073709551615\"}}")));
  }

  @ParameterizedTest
  @CsvSource({
    "UNCOMPRESSED,PARQUET_1_0",
    "UNCOMPRESSED,PARQUET_2_0",
    "SNAPPY,PARQUET_1_0",
    "SNAPPY,PARQUET_2_0",
    "GZIP,PARQUET_1_0",
    "GZIP,PARQUET_2_0",
    "ZSTD,PARQUET_1_0",
    "ZSTD,PARQUET_2_0",
    "LZ4_RAW,PARQUET_1_0",
    "LZ4_RAW,PARQUET_2_0"
  })
  void everyCodecAndPageVersionWithAndWithoutDictionaries(
      CompressionCodecName codec, WriterVersion version) throws IOException {
    MessageType schema =
        schema("required int64 id; optional binary few (UTF8); required binary many (UTF8);");
    ParquetWriter<Group> writer =
        parquet(file(), schema)
            .withCompressionCodec(codec)
            .withWriterVersion(version)
            .withPageSize(1000)
            .withDictionaryPageSize(2000)
            .build();
    try (writer) {
      for (int i = 0; i < 5_000; i++) {
        Group record = new SimpleGroup(schema);
        record.add("id", (long) i);
        if (i % 4 != 0) {
          record.add("few", "f" + i % 3);
        }
        record.add("many", "many " + i);
        writer.write(record);
      }
    }
    List<ColumnarFiles.Read> reads = read(PARQUET, file());
    assertThat(reads, hasSize(5_000));
    for (int i = 0; i < reads.size(); i++) {
      String few = i % 4 == 0 ? "" : "\"few\":\"f%d\",".formatted(i % 3);
      assertThat(
          reads.get(i).json(), is("{\"id\":%d,%s\"many\":\"many %d\"}".formatted(i, few, i)));
      assertThat(reads.get(i).offset(), is((long) i));
    }
  }

  @Test
  void aFileOfNoRecords() throws IOException {
    assertThat(read(PARQUET, writeParquet(file(), schema("required int32 a;"))), hasSize(0));
  }
}

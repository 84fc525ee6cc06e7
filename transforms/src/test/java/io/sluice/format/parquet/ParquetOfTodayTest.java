/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static io.sluice.format.columnar.ColumnarFiles.item;
import static io.sluice.format.columnar.ColumnarFiles.parquet;
import static io.sluice.format.columnar.ColumnarFiles.read;
import static io.sluice.format.columnar.ColumnarFiles.readItem;
import static io.sluice.format.columnar.ColumnarFiles.writeParquet;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.format.Format;
import io.sluice.format.columnar.ColumnarFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Types and encodings that Parquet has had since 2023. */
class ParquetOfTodayTest {
  private static final Format PARQUET = new ParquetFormat();

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("a.parquet");
  }

  private Map<String, AttributeValue> readOne(
      PrimitiveTypeName type, int length, LogicalTypeAnnotation logical, byte[] value)
      throws IOException {
    MessageType schema =
        Types.buildMessage().required(type).length(length).as(logical).named("v").named("m");
    Group record = new SimpleGroup(schema);
    record.add("v", Binary.fromConstantByteArray(value));
    return readItem(PARQUET, writeParquet(file(), schema, record));
  }

  @ParameterizedTest
  @CsvSource({
    "003c,1",
    "00c0,-2",
    "ff7b,65504",
    "0100,5.9604645E-8",
    "0004,0.000061035156",
    "6540,2.1972656",
    "0080,0",
    "ff03,0.00006097555"
  })
  void float16(String hex, String expected) throws IOException {
    byte[] value = HexFormat.of().parseHex(hex);
    assertThat(
        readOne(
            PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, 2, LogicalTypeAnnotation.float16Type(), value),
        is(item("{\"v\":{\"N\":\"%s\"}}".formatted(expected))));
  }

  @ParameterizedTest
  @CsvSource({"007c", "00fc", "017e"})
  void float16ThatIsNoNumber(String hex) throws IOException {
    MessageType schema =
        Types.buildMessage()
            .required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
            .length(2)
            .as(LogicalTypeAnnotation.float16Type())
            .named("v")
            .named("m");
    Group record = new SimpleGroup(schema);
    record.add("v", Binary.fromConstantByteArray(HexFormat.of().parseHex(hex)));
    List<ColumnarFiles.Read> reads = read(PARQUET, writeParquet(file(), schema, record));
    ColumnarFiles.assertRefused(
        reads.get(0),
        io.sluice.item.Reason.NOT_OF_TYPE,
        "attribute 'v': not a number, or infinite");
  }

  /** A point in WKB, as in the file. */
  @Test
  void geometryAndGeography() throws IOException {
    byte[] point = HexFormat.of().parseHex("0101000000000000000000f03f0000000000000040");
    Map<String, AttributeValue> expected = item("{\"v\":{\"B\":\"AQEAAAAAAAAAAADwPwAAAAAAAABA\"}}");
    assertThat(
        readOne(PrimitiveTypeName.BINARY, 0, LogicalTypeAnnotation.geometryType(null), point),
        is(expected));
    assertThat(
        readOne(PrimitiveTypeName.BINARY, 0, LogicalTypeAnnotation.geographyType(), point),
        is(expected));
  }

  @Test
  void byteStreamSplitOfEveryTypeThatHasIt() throws IOException {
    MessageType schema =
        Types.buildMessage()
            .required(PrimitiveTypeName.INT32)
            .named("i")
            .required(PrimitiveTypeName.INT64)
            .named("l")
            .required(PrimitiveTypeName.DOUBLE)
            .named("d")
            .required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
            .length(3)
            .named("b")
            .named("m");
    try (ParquetWriter<Group> writer =
        parquet(file(), schema)
            .withWriterVersion(WriterVersion.PARQUET_2_0)
            .withDictionaryEncoding(false)
            .withByteStreamSplitEncoding("i", true)
            .withByteStreamSplitEncoding("l", true)
            .withByteStreamSplitEncoding("d", true)
            .withByteStreamSplitEncoding("b", true)
            .build()) {
      for (int i = -3; i < 3; i++) {
        Group record = new SimpleGroup(schema);
        record.add("i", i * 1_000_003);
        record.add("l", i * 5_000_000_000L);
        record.add("d", i / 4.0);
        record.add("b", Binary.fromString("ab" + (char) ('d' + i)));
        writer.write(record);
      }
    }
    List<ColumnarFiles.Read> reads = read(PARQUET, file());
    assertThat(reads.size(), is(6));
    assertThat(
        reads.get(0).item(),
        is(
            item(
                "{\"i\":{\"N\":\"-3000009\"},\"l\":{\"N\":\"-15000000000\"},"
                    + "\"d\":{\"N\":\"-0.75\"},\"b\":{\"B\":\"YWJh\"}}")));
    assertThat(reads.get(5).item().get("i").n(), is("2000006"));
  }

  /** The {@code UUID} in the footer is changed to a type that does not exist. */
  @Test
  void aLogicalTypeThatIsNotKnownIsReadByItsPhysicalType() throws IOException {
    MessageType schema =
        Types.buildMessage()
            .required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
            .length(16)
            .as(LogicalTypeAnnotation.uuidType())
            .named("v")
            .named("m");
    Group record = new SimpleGroup(schema);
    record.add("v", Binary.fromString("sixteen of ASCII"));
    writeParquet(file(), schema, record);
    String bytes = new String(Files.readAllBytes(file()), ISO_8859_1);
    String uuid = "\u00ec\0\0";
    assertThat(bytes.indexOf(uuid), is(bytes.lastIndexOf(uuid)));
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer end = ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)).order(ByteOrder.LITTLE_ENDIAN);
    length.putInt(end.getInt(bytes.length() - 8) + 2);
    String unknown =
        bytes.substring(0, bytes.length() - 8).replace(uuid, "\u000c\u00c8\u0001\0\0")
            + new String(length.array(), ISO_8859_1)
            + "PAR1";
    Files.write(file(), unknown.getBytes(ISO_8859_1));
    assertThat(readItem(PARQUET, file()), is(item("{\"v\":{\"B\":\"c2l4dGVlbiBvZiBBU0NJSQ==\"}}")));
  }

  /** DuckDB shreds the variants that it writes: common types have columns of their own. */
  @Test
  void variantsThatDuckDbWrote() throws IOException, SQLException {
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = db.createStatement()) {
      statement.execute(
          """
          copy (
            select 1 as id, {'a': 1, 'b': [1.25, 2.50], 'c': {'d': 'x'}}::VARIANT as v
            union all select 2, {'a': 'one', 'e': true}::VARIANT
            union all select 3, [1, 2]::VARIANT
            union all select 4, 12345678901234567890.123456789::DECIMAL(38,9)::VARIANT
            union all select 5, 'text'::VARIANT
            union all select 6, NULL::VARIANT
            union all select 7, DATE '2019-01-31'::VARIANT
            order by id
          ) to '%s' (format parquet)\
          """
              .formatted(file()));
    }
    List<Map<String, AttributeValue>> items =
        read(PARQUET, file()).stream().map(ColumnarFiles.Read::item).toList();
    assertThat(
        items,
        is(
            List.of(
                item(
                    """
                    {"id":{"N":"1"},"v":{"M":{"a":{"N":"1"},"b":{"L":[{"N":"1.25"},{"N":"2.50"}]},\
                    "c":{"M":{"d":{"S":"x"}}}}}}\
                    """),
                item(
                    "{\"id\":{\"N\":\"2\"},\"v\":{\"M\":{\"a\":{\"S\":\"one\"},\"e\":{\"BOOL\":true}}}}"),
                item("{\"id\":{\"N\":\"3\"},\"v\":{\"L\":[{\"N\":\"1\"},{\"N\":\"2\"}]}}"),
                item("{\"id\":{\"N\":\"4\"},\"v\":{\"N\":\"12345678901234567890.123456789\"}}"),
                item("{\"id\":{\"N\":\"5\"},\"v\":{\"S\":\"text\"}}"),
                item("{\"id\":{\"N\":\"6\"}}"),
                item("{\"id\":{\"N\":\"7\"},\"v\":{\"S\":\"2019-01-31\"}}"))));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;

/** Reads Parquet files with DuckDB, which shares no code with us. */
public final class DuckDb {
  private static final Connection DATABASE = open();

  private DuckDb() {}

  private static Connection open() {
    try {
      return DriverManager.getConnection("jdbc:duckdb:");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asserts that DuckDB reads the same as parquet-avro, and returns the records. */
  public static List<GenericRecord> assertAgrees(Path file) throws IOException, SQLException {
    List<GenericRecord> records = new ArrayList<>();
    InputFile input =
        HadoopInputFile.fromPath(
            new org.apache.hadoop.fs.Path(file.toUri()), new Configuration(false));
    try (ParquetReader<GenericRecord> reader =
        AvroParquetReader.<GenericRecord>builder(input).withDataModel(GenericData.get()).build()) {
      for (GenericRecord record = reader.read(); record != null; record = reader.read()) {
        records.add(record);
      }
    }
    List<Object> expected =
        records.stream().map(record -> plain(record, record.getSchema())).toList();
    assertThat(rows(file), is(expected));
    return records;
  }

  /** Returns the rows in order, as values that equal those of {@link #plain}. */
  public static List<Object> rows(Path file) throws SQLException {
    return rows("select * from read_parquet('%s')", file);
  }

  /** Returns some columns of the rows, as a query names them. */
  static List<Object> rows(Path file, String columns) throws SQLException {
    return rows("select " + columns + " from read_parquet('%s')", file);
  }

  private static List<Object> rows(String format, Path file) throws SQLException {
    String query = format.formatted(file.toString().replace("'", "''"));
    try (Statement statement = DATABASE.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      ResultSetMetaData columns = found.getMetaData();
      List<Object> rows = new ArrayList<>();
      while (found.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.add(plain(found.getObject(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /** Returns the number of row groups in a file. */
  static int rowGroups(Path file) throws SQLException {
    List<?> row =
        (List<?>) rows("select num_row_groups from parquet_file_metadata('%s')", file).get(0);
    return ((Number) row.get(0)).intValue();
  }

  private static Object plain(Object value) throws SQLException {
    if (value instanceof Array array) {
      return list(Arrays.asList((Object[]) array.getArray()));
    }
    if (value instanceof Struct struct) {
      return list(Arrays.asList(struct.getAttributes()));
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        sorted.put((String) entry.getKey(), plain(entry.getValue()));
      }
      return sorted;
    }
    return value instanceof Blob blob
        ? HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()))
        : value;
  }

  private static List<Object> list(List<?> values) throws SQLException {
    List<Object> list = new ArrayList<>();
    for (Object value : values) {
      list.add(plain(value));
    }
    return list;
  }

  /**
   * Converts an Avro value to the one that DuckDB should return: records as lists of their values.
   */
  static Object plain(Object value, Schema schema) {
    if (value == null) {
      return null;
    }
    return switch (schema.getType()) {
      case UNION ->
          plain(
              value,
              schema
                  .getTypes()
                  .get(schema.getTypes().get(0).getType() == Schema.Type.NULL ? 1 : 0));
      case RECORD -> {
        List<Object> values = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
          values.add(plain(((IndexedRecord) value).get(field.pos()), field.schema()));
        }
        yield values;
      }
      case ARRAY -> {
        List<Object> values = new ArrayList<>();
        ((Collection<?>) value).forEach(one -> values.add(plain(one, schema.getElementType())));
        yield values;
      }
      case MAP -> {
        Map<String, Object> values = new TreeMap<>();
        ((Map<?, ?>) value)
            .forEach((name, one) -> values.put(name.toString(), plain(one, schema.getValueType())));
        yield values;
      }
      case STRING, ENUM -> value.toString();
      case BYTES, FIXED -> binary(bytes(value), schema);
      default -> value;
    };
  }

  private static byte[] bytes(Object value) {
    if (value instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static Object binary(byte[] bytes, Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
        ? new BigDecimal(new BigInteger(bytes), decimal.getScale())
        : HexFormat.of().formatHex(bytes);
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.catalog;

import io.sluice.format.catalog.ColumnType.Dialect;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.ColumnType.Scalar;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Names types in the dialects of Hive, Presto and DuckDB. */
public final class Dialects {
  /** None of them has decimals of more than 38 digits. */
  private static final int MAX_PRECISION = 38;

  /** Types in Athena's statements about tables. */
  public static final Dialect HIVE = new Hive("`%s`:%s");

  /** Types as Glue stores them. */
  public static final Dialect GLUE = new Hive("%s:%s");

  /** Types in Athena's views. */
  public static final Dialect PRESTO = new Presto();

  public static final Dialect DUCKDB = new DuckDb(MAX_PRECISION);

  /**
   * Types of values in JSON, whose fractions DuckDB reads as doubles, whatever type is declared.
   */
  public static final Dialect DUCKDB_JSON = new DuckDb(15);

  private Dialects() {}

  private static String decimal(Dialect dialect, int precision, int scale) {
    return precision > MAX_PRECISION
        ? dialect.scalar(Scalar.BINARY)
        : "decimal(" + precision + "," + scale + ")";
  }

  private static String fields(Dialect dialect, String format, List<Field> fields) {
    return fields.stream()
        .map(field -> format.formatted(field.name(), field.type().in(dialect)))
        .collect(Collectors.joining(","));
  }

  /**
   * Names types as Hive does.
   *
   * @param field how a name and a type become a field
   */
  private record Hive(String field) implements Dialect {
    @Override
    public String scalar(Scalar scalar) {
      return switch (scalar) {
        case STRING, JSON -> "string";
        case LONG -> "bigint";
        case INT, FLOAT, DOUBLE, BOOLEAN, BINARY -> scalar.name().toLowerCase(Locale.ROOT);
      };
    }

    @Override
    public String decimal(int precision, int scale) {
      return Dialects.decimal(this, precision, scale);
    }

    @Override
    public String list(String element) {
      return "array<" + element + ">";
    }

    @Override
    public String map(String value) {
      return "map<string," + value + ">";
    }

    @Override
    public String struct(List<Field> fields) {
      return "struct<" + Dialects.fields(this, field, fields) + ">";
    }
  }

  private record Presto() implements Dialect {
    @Override
    public String scalar(Scalar scalar) {
      return switch (scalar) {
        case STRING, JSON -> "varchar";
        case INT -> "integer";
        case LONG -> "bigint";
        case FLOAT -> "real";
        case DOUBLE -> "double";
        case BOOLEAN -> "boolean";
        case BINARY -> "varbinary";
      };
    }

    @Override
    public String decimal(int precision, int scale) {
      return Dialects.decimal(this, precision, scale);
    }

    @Override
    public String list(String element) {
      return "array(" + element + ")";
    }

    @Override
    public String map(String value) {
      return "map(varchar," + value + ")";
    }

    @Override
    public String struct(List<Field> fields) {
      return "row(" + Dialects.fields(this, "\"%s\" %s", fields) + ")";
    }
  }

  /**
   * Names types as DuckDB does.
   *
   * @param exact how many digits a fraction may have and still be read exactly
   */
  private record DuckDb(int exact) implements Dialect {
    @Override
    public String scalar(Scalar scalar) {
      return switch (scalar) {
        case STRING -> "VARCHAR";
        case INT -> "INTEGER";
        case LONG -> "BIGINT";
        case BINARY -> "BLOB";
        case JSON, FLOAT, DOUBLE, BOOLEAN -> scalar.name();
      };
    }

    @Override
    public String decimal(int precision, int scale) {
      if (scale > 0 && precision > exact && precision <= MAX_PRECISION) {
        return "DOUBLE";
      }
      return precision > MAX_PRECISION ? "VARCHAR" : "DECIMAL(" + precision + "," + scale + ")";
    }

    @Override
    public String list(String element) {
      return element + "[]";
    }

    @Override
    public String map(String value) {
      return "MAP(VARCHAR, " + value + ")";
    }

    /** Uses JSON where names differ only in case, which DuckDB does not distinguish. */
    @Override
    public String struct(List<Field> fields) {
      Set<String> names = new HashSet<>();
      if (fields.isEmpty()
          || !fields.stream().allMatch(f -> names.add(DuckDbNames.anyCase(f.name())))) {
        return Scalar.JSON.name();
      }
      return fields.stream()
          .map(field -> DuckDbNames.quoted(field.name()) + " " + field.type().in(this))
          .collect(Collectors.joining(", ", "STRUCT(", ")"));
    }
  }
}

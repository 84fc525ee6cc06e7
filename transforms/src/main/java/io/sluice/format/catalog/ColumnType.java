/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.catalog;

import java.util.List;

/** The type of a column as readers of the files see it, independent of their names for it. */
public interface ColumnType {

  /** Returns its name in a dialect. */
  String in(Dialect dialect);

  /** Names types as an engine does. */
  interface Dialect {
    String scalar(Scalar scalar);

    String decimal(int precision, int scale);

    String list(String element);

    /** Returns the type of a map from strings to values. */
    String map(String value);

    String struct(List<Field> fields);
  }

  /** Types without parts. */
  enum Scalar implements ColumnType {
    STRING,
    /** A string that contains JSON, or JSON itself where the files are JSON. */
    JSON,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    BOOLEAN,
    BINARY;

    @Override
    public String in(Dialect dialect) {
      return dialect.scalar(this);
    }
  }

  /** A number with this many digits, {@code scale} of them after the point. */
  record Decimal(int precision, int scale) implements ColumnType {
    @Override
    public String in(Dialect dialect) {
      return dialect.decimal(precision, scale);
    }
  }

  /** A list. */
  record ListOf(ColumnType element) implements ColumnType {
    @Override
    public String in(Dialect dialect) {
      return dialect.list(element.in(dialect));
    }
  }

  /** A map whose keys are strings. */
  record MapOf(ColumnType value) implements ColumnType {
    @Override
    public String in(Dialect dialect) {
      return dialect.map(value.in(dialect));
    }
  }

  /** A structure whose fields have the same names as in the files. */
  record Struct(List<Field> fields) implements ColumnType {
    public Struct {
      fields = List.copyOf(fields);
    }

    @Override
    public String in(Dialect dialect) {
      return dialect.struct(fields);
    }
  }

  /** A field of a structure, or a column of the files. */
  record Field(String name, ColumnType type) {}
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.catalog;

import java.util.List;

/** The type of a column as a reader of the files sees it, whatever the reader calls it. */
public interface ColumnType {

  /** What it is called in a dialect. */
  String in(Dialect dialect);

  /** What a dialect calls types. */
  interface Dialect {
    String scalar(Scalar scalar);

    String decimal(int precision, int scale);

    String list(String element);

    /** Of strings to values. */
    String map(String value);

    String struct(List<Field> fields);
  }

  /** Types without parts. */
  enum Scalar implements ColumnType {
    STRING,
    /** A string that holds JSON, or JSON where the files are such. */
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

  /** A number of so many digits, so many of them behind the point. */
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

  /** A structure, whose fields have the names that they have in the files. */
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

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import java.util.Arrays;
import java.util.Locale;

/** What a table is exported as. */
public enum OutputFormat {
  /** Parquet, compressed by zstd; comes back as it was. */
  PARQUET(".parquet"),

  /** Avro object container files, compressed by zstd; come back as they were. */
  AVRO(".avro"),

  /** An item a line in plain JSON, compressed by gzip. It cannot tell a set from a list. */
  JSON(".json.gz"),

  /** A line of attribute names and an item a line, compressed by gzip. It tells no types. */
  CSV(".csv.gz"),

  /** An item a line as in DynamoDB's own exports, compressed by gzip; comes back as it was. */
  DYNAMODB_JSON(".json.gz");

  private final String suffix;

  OutputFormat(String suffix) {
    this.suffix = suffix;
  }

  /**
   * The format of that name, in any case.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static OutputFormat parse(String name) {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the format is %s, must be one of %s".formatted(name, Arrays.toString(values())), e);
    }
  }

  /** How the names of such files end, by which readers know them. */
  public String suffix() {
    return suffix;
  }

  /** Whether the attributes of all items must be known before the first is written. */
  public boolean needsSchema() {
    return this == PARQUET || this == AVRO || this == CSV;
  }
}

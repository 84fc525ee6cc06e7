/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import io.sluice.format.parquet.ParquetTypes;
import io.sluice.schema.ItemRecords;
import io.sluice.schema.TableSchema;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.avro.Schema;

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

  /**
   * Whether its columns have names that readers take, for attributes of any name; else they have
   * the attributes' names as they are.
   */
  public boolean namesColumns() {
    return this == PARQUET || this == AVRO;
  }

  /**
   * Looks whether items can be written into such files by this schema, and the files be queried;
   * always, when the format needs none.
   *
   * @throws IllegalArgumentException with what is in the way
   */
  public void check(TableSchema schema) {
    if (namesColumns()) {
      ItemRecords.of(schema);
      checkFinite(schema.avro(), new HashSet<>());
    }
    if (this == PARQUET) {
      ParquetTypes.of(schema.avro());
    }
  }

  /** Avro has types that hold themselves. Parquet has none, nor has a catalog. */
  private static void checkFinite(Schema schema, Set<String> around) {
    switch (schema.getType()) {
      case RECORD -> {
        if (!around.add(schema.getFullName())) {
          throw new IllegalArgumentException(
              "the record %s contains itself, which neither Parquet nor a catalog has a type for"
                  .formatted(schema.getFullName()));
        }
        schema.getFields().forEach(field -> checkFinite(field.schema(), around));
        around.remove(schema.getFullName());
      }
      case ARRAY -> checkFinite(schema.getElementType(), around);
      case MAP -> checkFinite(schema.getValueType(), around);
      case UNION -> schema.getTypes().forEach(type -> checkFinite(type, around));
      default -> {
        // The others have no parts.
      }
    }
  }
}

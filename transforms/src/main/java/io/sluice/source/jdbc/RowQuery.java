/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.source.jdbc.value.JsonAs;
import java.io.Serializable;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What to read of a database, and in how many slices.
 *
 * @param table the name of a table; null for a query
 * @param query a SELECT; null for a table
 * @param json what columns of JSON become
 * @param partitionColumn the column whose values divide the rows into slices, unless the database
 *     can divide a table without; null for one slice otherwise
 * @param partitions how many slices there are at most, 1 to {@value #MAX_PARTITIONS}, without the
 *     one of the rows that have no value in that column
 */
public record RowQuery(
    @Nullable String table,
    @Nullable String query,
    JsonAs json,
    @Nullable String partitionColumn,
    int partitions)
    implements Serializable {
  /** Beyond that a database has more to do with the slices than with the rows. */
  public static final int MAX_PARTITIONS = 1000;

  private static final String NAME = "(?:[\\p{L}_][\\p{L}\\p{N}_$#]*|\"[^\"]+\"|`[^`]+`|\\[[^]]+])";
  private static final Pattern TABLE = Pattern.compile(NAME + "(?:\\." + NAME + "){0,3}");
  private static final Pattern END = Pattern.compile("[;\\s]+$");

  public RowQuery {
    if ((table == null) == (query == null)) {
      throw new IllegalArgumentException("either a table or a query");
    }
    if (table != null && !TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name of a table, such as trips or public.trips".formatted(table));
    }
    if (query != null && query.isBlank()) {
      throw new IllegalArgumentException("the query is empty");
    }
    if (partitions < 1 || partitions > MAX_PARTITIONS) {
      throw new IllegalArgumentException(
          "%d must be 1 to %d".formatted(partitions, MAX_PARTITIONS));
    }
  }

  /** Returns the same with another number of slices. */
  public RowQuery withPartitions(int number) {
    return new RowQuery(table, query, json, partitionColumn, number);
  }

  /** Returns what follows FROM. */
  String from() {
    // The line breaks end a comment with which the query may end.
    return query == null
        ? String.valueOf(table)
        : "(\n" + END.matcher(query).replaceFirst("") + "\n) sluice_rows";
  }

  /** Returns what is read, in a word. */
  public String name() {
    return table == null ? "(query)" : table;
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.source.jdbc.value.JsonAs;
import java.io.Serializable;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The rows that a job reads, as they were found by the program that submits it.
 *
 * @param database where they are
 * @param name of the table, or that it is a query
 * @param sql reads them
 * @param columns of the rows
 * @param json what columns of JSON become
 * @param slices one or more
 * @param snapshot the snapshot that all slices are read from; null for none
 * @param rows how many there are, approximately
 * @param bytes of all rows, approximately, as items
 */
public record RowsPlan(
    Database database,
    String name,
    RowSql sql,
    List<RowColumn> columns,
    JsonAs json,
    List<RowSlice> slices,
    @Nullable String snapshot,
    long rows,
    long bytes)
    implements Serializable {

  /** What the rows that are read are consistent with. */
  public enum Consistency {
    /** All slices see the rows of one moment, however often they are read. */
    SNAPSHOT,
    /** One statement reads all rows, so they are those of one moment. */
    STATEMENT,
    /** Each slice is a statement, and sees what was committed when that began. */
    STATEMENTS
  }

  public RowsPlan {
    columns = List.copyOf(columns);
    slices = List.copyOf(slices);
  }

  /** Returns the part of some of the slices, with its share of the rows. */
  RowsPlan of(List<RowSlice> some) {
    return new RowsPlan(
        database,
        name,
        sql,
        columns,
        json,
        some,
        snapshot,
        rows * some.size() / slices.size(),
        bytes * some.size() / slices.size());
  }

  /** Returns the names of the columns, in their order. */
  public List<String> columnNames() {
    return columns.stream().map(RowColumn::name).toList();
  }

  /** Returns how many statements read the rows. */
  public int statements() {
    return slices.size();
  }

  /** Returns what the rows are consistent with. */
  public Consistency consistency() {
    if (snapshot != null) {
      return Consistency.SNAPSHOT;
    }
    return slices.size() == 1 ? Consistency.STATEMENT : Consistency.STATEMENTS;
  }

  /** Whether the rows are those of one moment. */
  public boolean isConsistent() {
    return consistency() != Consistency.STATEMENTS;
  }

  /** Returns the database and the name of what is read, without anything secret. */
  public String title() {
    return database + " " + name;
  }
}

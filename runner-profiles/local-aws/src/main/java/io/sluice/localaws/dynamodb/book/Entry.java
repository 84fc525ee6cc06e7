/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.book;

import io.sluice.localaws.dynamodb.capacity.Consumed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what one request did, until it is entered into the books. */
public final class Entry {

  private final String operation;
  private final Map<String, TableEntry> tables = new LinkedHashMap<>();
  private boolean refusedSome;

  /** Starts the entry of a request for {@code operation}. */
  public Entry(String operation) {
    this.operation = operation;
  }

  /** Lists what one write or read did. */
  enum Kind {
    PUT,
    DELETE,
    READ,
    UNCHANGED
  }

  /** Holds one write or read. */
  record Line(Kind kind, long key, int items, Consumed consumed) {}

  /** Collects what the request did to one table. */
  static final class TableEntry {
    private final List<Line> lines = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    List<Line> lines() {
      return lines;
    }

    /** Lists the reason of each write or read that was refused; empty for one that had none. */
    List<String> refused() {
      return refused;
    }
  }

  /**
   * Notes a write that leaves an item.
   *
   * @param key hash of the item's key
   */
  public void put(String table, long key, Consumed consumed) {
    table(table).lines.add(new Line(Kind.PUT, key, 1, consumed));
  }

  /** Notes a write that leaves no item. */
  public void delete(String table, Consumed consumed) {
    table(table).lines.add(new Line(Kind.DELETE, 0, 1, consumed));
  }

  /** Notes a write whose condition was not met, or what else a transaction left as it was. */
  public void unchanged(String table, Consumed consumed) {
    table(table).lines.add(new Line(Kind.UNCHANGED, 0, 0, consumed));
  }

  /** Notes a read of so many items. */
  public void read(String table, int items, Consumed consumed) {
    table(table).lines.add(new Line(Kind.READ, 0, items, consumed));
  }

  /**
   * Notes a write or a read that was refused.
   *
   * @param reason the throttling reason; empty if it was none for itself
   */
  public void refused(String table, String reason) {
    table(table).refused.add(reason);
    refusedSome = true;
  }

  /** Reports whether something of the request was refused. */
  public boolean hasRefused() {
    return refusedSome;
  }

  String operation() {
    return operation;
  }

  Map<String, TableEntry> tables() {
    return tables;
  }

  private TableEntry table(String name) {
    return tables.computeIfAbsent(name, unknown -> new TableEntry());
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.capacity.WriteCost;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.item.json.ItemJsonBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The puts and deletes of one BatchWriteItem and the body of its request.
 *
 * @param <C> what the caller remembers of an item
 */
final class PutBatch<C> {
  /** DynamoDB's limits for one request. */
  static final int MAX_ITEMS = 25;

  static final int MAX_BYTES = 16 << 20;

  private static final String END = "]},\"ReturnConsumedCapacity\":\"INDEXES\"}";

  /** The approximate heap of an entry besides its bytes. */
  private static final int ENTRY_OVERHEAD = 200;

  private final ItemJsonBuffer body = new ItemJsonBuffer();
  private final List<Entry<C>> entries = new ArrayList<>(MAX_ITEMS);
  private final double mostUnits;
  private double units;
  private int attempts;
  private boolean sealed;

  /** An item or key on its way, and since when it has been refused. */
  static final class Entry<C> {
    final WriteAction action;
    final SourcedItem item;
    final C context;
    private int unprocessed;
    private long refusedSince;

    /**
     * @param item to put, or the key of the one to delete
     */
    Entry(WriteAction action, SourcedItem item, C context) {
      this.action = action;
      this.item = item;
      this.context = context;
    }

    /**
     * Returns the heap that the item takes while it is in a batch: its bytes, and about twice as
     * many as JSON.
     */
    long heapBytes() {
      return 3L * item.bytes() + ENTRY_OVERHEAD;
    }

    /**
     * Estimates the units. A delete takes those of the item that is there, like a put of an item
     * that is smaller than the one before: the throttle learns of these by what DynamoDB reports.
     */
    double units() {
      return WriteCost.units(item.bytes());
    }

    int unprocessed() {
      return unprocessed;
    }

    void addUnprocessed() {
      unprocessed++;
    }

    /** Forgets that the item was refused before this moment. */
    void forgiveUntil(long moment) {
      if (refusedSince != 0 && moment - refusedSince > 0) {
        refusedSince = moment;
      }
    }

    /** Remembers when DynamoDB began to refuse the item; 0 when it has not. */
    long refusedSince(long now) {
      if (refusedSince == 0) {
        refusedSince = now;
      }
      return refusedSince;
    }
  }

  /**
   * @param tableJson the table's name as JSON
   * @param mostUnits units at which the batch is full
   * @param bodyBytes how long its body is likely to become
   */
  PutBatch(String tableJson, double mostUnits, int bodyBytes) {
    this.mostUnits = mostUnits;
    body.ensure(bodyBytes);
    body.raw("{\"RequestItems\":{").raw(tableJson).raw(":[");
  }

  /** Adds an item; returns false when the batch is full without it. */
  boolean add(Entry<C> entry) {
    boolean tooMuch = !entries.isEmpty() && units + entry.units() > mostUnits;
    return !tooMuch && addInAnyCase(entry);
  }

  /**
   * Adds an item whatever units it takes; returns false when DynamoDB's limits leave no room for
   * it.
   */
  boolean addInAnyCase(Entry<C> entry) {
    if (entries.size() == MAX_ITEMS) {
      return false;
    }
    int before = body.size();
    if (!entries.isEmpty()) {
      body.raw(",");
    }
    body.raw(entry.action.json()).item(entry.item).raw("}}");
    if (!entries.isEmpty() && body.size() + END.length() > MAX_BYTES) {
      body.truncate(before);
      return false;
    }
    entries.add(entry);
    units += entry.units();
    return true;
  }

  boolean isFull() {
    return entries.size() == MAX_ITEMS;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  int size() {
    return entries.size();
  }

  List<Entry<C>> entries() {
    return entries;
  }

  /** Estimates the units of the table that the batch takes, rounded up for each item. */
  double units() {
    return units;
  }

  /** Closes and returns the body of the request; nothing can be added afterwards. */
  ItemJsonBuffer body() {
    if (!sealed) {
      body.raw(END);
      sealed = true;
    }
    return body;
  }

  /** Returns how often the batch was refused as a whole. */
  int attempts() {
    return attempts;
  }

  void addAttempt() {
    attempts++;
  }

  /**
   * Returns the entries that DynamoDB left unprocessed.
   *
   * @throws IOException when the response names an item that is not in the batch
   */
  List<Entry<C>> unprocessed(PutResponse response, KeySchema schema) throws IOException {
    Set<ItemKey> keys = new HashSet<>();
    for (Map<String, AttributeValue> item : response.unprocessed()) {
      keys.add(keyOf(item, schema));
    }
    List<Entry<C>> left = new ArrayList<>();
    for (Entry<C> entry : entries) {
      if (!keys.isEmpty() && keys.remove(keyOf(entry.item.item(), schema))) {
        left.add(entry);
      }
    }
    if (!keys.isEmpty()) {
      throw new IOException("DynamoDB left items unprocessed that were not in the batch");
    }
    return left;
  }

  /**
   * Splits a batch that was refused as invalid in two. Items with the same key are separated: they
   * are not wrong, they just must not be in one batch.
   */
  List<List<Entry<C>>> halves(KeySchema schema) throws IOException {
    Set<ItemKey> first = new HashSet<>();
    List<Entry<C>> different = new ArrayList<>();
    List<Entry<C>> rest = new ArrayList<>();
    for (Entry<C> entry : entries) {
      (first.add(keyOf(entry.item.item(), schema)) ? different : rest).add(entry);
    }
    int half = entries.size() / 2;
    return rest.isEmpty()
        ? List.of(entries.subList(0, half), entries.subList(half, entries.size()))
        : List.of(different, rest);
  }

  private static ItemKey keyOf(Map<String, AttributeValue> item, KeySchema schema)
      throws IOException {
    try {
      return ItemKey.of(item, schema);
    } catch (InvalidItemException e) {
      throw new IOException("an item has no valid key", e);
    }
  }
}

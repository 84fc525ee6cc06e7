/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.search;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.capacity.Consumed;
import io.sluice.localaws.dynamodb.capacity.Meter;
import io.sluice.localaws.dynamodb.capacity.Metering;
import io.sluice.localaws.dynamodb.capacity.Units;
import io.sluice.localaws.dynamodb.expression.Condition;
import io.sluice.localaws.dynamodb.operation.ItemAnswer;
import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.ValueJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a page of a scan or a query: up to a limit, or up to the item that fills 1 MB.
 *
 * <p>Limit, megabyte and capacity count what is read, whether or not the filter lets it pass.
 */
final class Page {

  private static final long MAX_BYTES = 1024 * 1024;

  private final Source source;
  private final Selection selection;
  private final Optional<Condition> filter;
  private final boolean fetches;
  private final List<StoredItem> items = new ArrayList<>();
  private final List<Map<String, Value>> projected = new ArrayList<>();
  private Optional<Map<String, Value>> last = Optional.empty();
  private int count;
  private int scanned;
  private long bytes;
  private double fetchedUnits;
  private Optional<StoredItem> first = Optional.empty();

  Page(Source source, Selection selection, Optional<Condition> filter) {
    this.source = source;
    this.selection = selection;
    this.filter = filter;
    this.fetches = selection.fetches(source);
  }

  /**
   * Reads from {@code from}, up to what the request says; throws an error if there is not enough
   * capacity.
   */
  Page read(Iterator<StoredItem> from, Request request) {
    Optional<Map<String, Value>> start = request.item("ExclusiveStartKey");
    if (start.isPresent() && Metering.current().emptiesPage()) {
      last = start;
    } else {
      read(from, request.whole("Limit").orElse(Long.MAX_VALUE));
    }
    Metering.current()
        .read(
            source.table(),
            new Meter.Read(consumed(), source.index(), () -> first.map(StoredItem::item), scanned));
    return this;
  }

  private void read(Iterator<StoredItem> from, long most) {
    while (from.hasNext() && scanned < most && bytes < MAX_BYTES) {
      StoredItem item = from.next();
      if (scanned == 0) {
        first = Optional.of(item);
      }
      scanned++;
      bytes += item.size();
      add(fetches ? fetch(item) : item);
      if (scanned == most || bytes >= MAX_BYTES) {
        last = Optional.of(source.items().startKeyAfter(item.item()));
      }
    }
  }

  /** Adds an item, which is decoded only if a filter or a projection looks into it. */
  private void add(StoredItem item) {
    if (filter.isPresent() && !filter.get().test(item.item())) {
      return;
    }
    count++;
    if (selection.count()) {
      return;
    }
    if (selection.projection().isPresent()) {
      projected.add(selection.projection().get().apply(item.item()));
    } else {
      items.add(item);
    }
  }

  /** Fetches an item of a local index from the table, where it may have gone meanwhile. */
  private StoredItem fetch(StoredItem entry) {
    Table table = source.table();
    StoredItem item =
        table.store().stored(table.definition().key().keyOf(entry.item())).orElse(entry);
    fetchedUnits += Units.read(item.size(), source.consistent());
    return item;
  }

  private Consumed consumed() {
    double units = Units.read(bytes, source.consistent());
    String table = source.table().definition().name();
    return source.index().isEmpty()
        ? Consumed.ofTable(table, units)
        : Consumed.ofTable(table, fetchedUnits).plusIndex(source.index().get(), units);
  }

  /** Writes the page as the answer to a request. */
  void write(JsonGenerator json, Request request) throws IOException {
    if (!selection.count()) {
      json.writeFieldName("Items");
      writeItems(json);
    }
    json.writeNumberField("Count", count);
    json.writeNumberField("ScannedCount", scanned);
    if (last.isPresent()) {
      json.writeFieldName("LastEvaluatedKey");
      ValueJson.writeItem(json, last.get());
    }
    consumed().writeMember(json, request.text("ReturnConsumedCapacity").orElse("NONE"));
  }

  private void writeItems(JsonGenerator json) throws IOException {
    if (selection.projection().isEmpty()) {
      ItemAnswer.writeAll(json, items, Optional.empty());
      return;
    }
    json.writeStartArray();
    for (Map<String, Value> item : projected) {
      ValueJson.writeItem(json, item);
    }
    json.writeEndArray();
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.failure.Rejection;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.source.KeyFrom;
import io.sluice.source.jdbc.value.JsonAs;
import io.sluice.source.slice.ReadRecord;
import io.sluice.source.slice.SliceRecords;
import io.sluice.testing.Postgres;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads rows of a database without a pipeline. */
record Rows(List<SourcedItem> sourced, List<Rejection> rejections) {
  static final KeySchema ID = KeySchema.of(KeyAttribute.parse("id:N"));

  static Database of(Postgres postgres) {
    return Database.of(postgres.url(), postgres.user(), null, List.of());
  }

  static RowQuery query(String sql) {
    return new RowQuery(null, sql, JsonAs.NESTED, null, 1);
  }

  static RowQuery sliced(String table, @Nullable String column, int partitions) {
    return new RowQuery(table, null, JsonAs.NESTED, column, partitions);
  }

  /** Reads all that a query gives, as items without a key. */
  static Rows of(Postgres postgres, String sql) throws IOException {
    return of(postgres, query(sql), null);
  }

  static Rows of(Postgres postgres, RowQuery query, @Nullable KeySchema key) throws IOException {
    try (OpenRows open = OpenRows.open(of(postgres), query, true)) {
      return of(open.plan(), key);
    }
  }

  static Rows of(RowsPlan plan, @Nullable KeySchema key) throws IOException {
    Rows rows = new Rows(new ArrayList<>(), new ArrayList<>());
    for (RowSlice slice : plan.slices()) {
      rows.add(plan, slice, key);
    }
    return rows;
  }

  void add(RowsPlan plan, RowSlice slice, @Nullable KeySchema key) throws IOException {
    try (SliceRecords records = new RowOpener(plan, KeyFrom.RECORD, key, List.of()).open(slice)) {
      for (ReadRecord record = records.next(); record != null; record = records.next()) {
        if (record.item() != null) {
          sourced.add(record.item());
        } else {
          rejections.add(record.rejection());
        }
      }
    }
  }

  List<Map<String, AttributeValue>> items() {
    return sourced.stream().map(SourcedItem::item).toList();
  }

  /** Returns an attribute of each item; null where it is missing. */
  List<@Nullable AttributeValue> attribute(String name) {
    List<@Nullable AttributeValue> values = new ArrayList<>();
    items().forEach(item -> values.add(item.get(name)));
    return values;
  }
}

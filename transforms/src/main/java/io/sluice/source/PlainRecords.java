/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.RecordReader;
import io.sluice.item.DraftKeys;
import io.sluice.item.EncodedRules;
import io.sluice.item.ItemDraft;
import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.SourcedItem;
import io.sluice.source.slice.ReadRecord;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the records that are plainly items, which nearly all are: from the bytes of the file to
 * those of the item, without a map of values. {@link SliceReader} parses the rest.
 */
final class PlainRecords {
  /**
   * How many more records than half of them may turn out not to be plain. Then the file is of
   * another kind, and to try is only a cost.
   */
  private static final int MAX_MISSES = 256;

  private static final byte[] NO_RECORD = {};

  private final RecordReader records;
  private final PathColumns.Reader path;

  /** The two are null when items have no key. */
  private final @Nullable DraftKeys keys;

  private final @Nullable MadeKey madeKey;
  private final ItemDraft draft = new ItemDraft();
  private int misses;

  private PlainRecords(
      RecordReader records, PathColumns path, @Nullable DraftKeys keys, @Nullable MadeKey madeKey) {
    this.records = records;
    this.path = path.reader();
    this.keys = keys;
    this.madeKey = madeKey;
  }

  /** Reads records whose items are not checked against a key. */
  static PlainRecords withoutKey(RecordReader records, PathColumns path) {
    return new PlainRecords(records, path, null, null);
  }

  /**
   * Reads the records of items of a table.
   *
   * @param indexKeys the keys of its indexes
   */
  static PlainRecords keyed(
      RecordReader records,
      PathColumns path,
      KeySchema schema,
      KeyFrom keyFrom,
      List<KeyAttribute> indexKeys) {
    return new PlainRecords(
        records,
        path,
        new DraftKeys(schema, indexKeys),
        new MadeKey(keyFrom, schema.partitionKey()));
  }

  /** Returns how many records were not plain, less those that were; at least 0. */
  int misses() {
    return misses;
  }

  /** Returns the item of the current record; null when the record has to be parsed. */
  @Nullable ReadRecord read() {
    if (misses > MAX_MISSES) {
      return null;
    }
    ReadRecord item = draft();
    misses = Math.max(0, misses + (item == null ? 1 : -1));
    return item;
  }

  private @Nullable ReadRecord draft() {
    draft.clear();
    if (records.isKeyed() || !records.draft(draft)) {
      return null;
    }
    Origin origin = records.origin();
    ItemKey key = null;
    if (!path.putInto(draft, origin.file())) {
      return null;
    }
    if (keys != null) {
      byte[] record = madeKey.needsRecord() ? records.record() : NO_RECORD;
      key = madeKey.putInto(draft, record) ? keys.of(draft) : null;
      if (key == null) {
        return null;
      }
    }
    SourcedItem item;
    try {
      item = draft.endOf(origin);
    } catch (IllegalArgumentException e) {
      // A name comes twice.
      return null;
    }
    return EncodedRules.areKeptBy(item) ? ReadRecord.of(item, key) : null;
  }
}

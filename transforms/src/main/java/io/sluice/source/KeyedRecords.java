/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.failure.Rejection;
import io.sluice.format.RecordReader;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.ItemRules;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.SourcedItem;
import io.sluice.source.slice.ReadRecord;
import io.sluice.source.slice.SliceRecords;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes items of the records of a reader: parses, keys and checks them in one pass. */
public final class KeyedRecords implements SliceRecords {
  private static final byte[] NO_RECORD = {};

  private final RecordReader records;
  private final PathColumns.Reader path;
  private final KeyFrom keyFrom;
  private final @Nullable KeySchema schema;
  private final List<KeyAttribute> indexKeys;
  private final @Nullable PlainRecords plain;

  /**
   * Creates the reader of items.
   *
   * @param schema the table's key; null when items are not checked against one
   * @param plain reads the plain ones among the records; null to parse them all
   */
  KeyedRecords(
      RecordReader records,
      PathColumns path,
      KeyFrom keyFrom,
      @Nullable KeySchema schema,
      List<KeyAttribute> indexKeys,
      @Nullable PlainRecords plain) {
    this.records = records;
    this.path = path.reader();
    this.keyFrom = keyFrom;
    this.schema = schema;
    this.indexKeys = indexKeys;
    this.plain = plain;
  }

  /**
   * Reads records that are in no file, so that no path adds columns to them.
   *
   * @param records are closed with what is returned
   * @param schema the table's key; null when items are not checked against one
   * @param indexKeys the keys of the table's indexes, which items may have
   */
  public static KeyedRecords of(
      RecordReader records,
      KeyFrom keyFrom,
      @Nullable KeySchema schema,
      List<KeyAttribute> indexKeys) {
    PlainRecords plain =
        schema == null
            ? PlainRecords.withoutKey(records, PathColumns.NONE)
            : PlainRecords.keyed(records, PathColumns.NONE, schema, keyFrom, indexKeys);
    return new KeyedRecords(records, PathColumns.NONE, keyFrom, schema, indexKeys, plain);
  }

  @Override
  public @Nullable ReadRecord next() throws IOException {
    if (!records.next()) {
      return null;
    }
    ReadRecord item = plain == null ? null : plain.read();
    return item == null ? record() : item;
  }

  private ReadRecord record() throws IOException {
    Origin origin = records.origin();
    Map<String, AttributeValue> item = null;
    ItemKey key = null;
    try {
      item = records.parse();
      if (item == null) {
        return ReadRecord.skipped();
      }
      if (!records.isKeyed()) {
        path.putInto(item, origin.file());
      }
      if (schema == null) {
        ItemRules.check(item);
      } else {
        if (!records.isKeyed()) {
          // In formats without text records, making the bytes of a record costs more than reading
          // it.
          byte[] record = keyFrom.needsRecord() ? records.record() : NO_RECORD;
          keyFrom.putKey(item, record, schema.partitionKey());
        }
        key = ItemRules.check(item, schema);
        ItemRules.checkIndexKeys(item, indexKeys);
      }
      return ReadRecord.of(SourcedItem.of(origin, item), key);
    } catch (InvalidItemException e) {
      return ReadRecord.of(
          item != null && records.isPoorerThanItem()
              ? Rejection.ofInvalidItem(origin, item, e)
              : Rejection.ofRecord(origin, records.record(), records.recordFormat(), e));
    }
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}

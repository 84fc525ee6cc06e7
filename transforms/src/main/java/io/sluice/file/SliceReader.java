/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import io.sluice.failure.Rejection;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemRules;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.SourcedItem;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the records of one slice: cut, parse, key and check in one pass. */
final class SliceReader implements Closeable {

  /**
   * How records become items.
   *
   * @param format the files' format
   * @param keyFrom where the partition key comes from
   * @param schema the table's key; null when items are not checked against one
   * @param indexKeys the keys of the table's indexes, which items may have
   * @param opColumn what a first column named Op is
   */
  record Recipe(
      Format format,
      KeyFrom keyFrom,
      @Nullable KeySchema schema,
      List<KeyAttribute> indexKeys,
      OpColumn opColumn)
      implements Serializable {

    Recipe(
        Format format, KeyFrom keyFrom, @Nullable KeySchema schema, List<KeyAttribute> indexKeys) {
      this(format, keyFrom, schema, indexKeys, OpColumn.CHANGES);
    }
  }

  private static final byte[] NO_RECORD = {};

  private final Recipe recipe;
  private final FileSlice slice;
  private final RecordReader records;

  private SliceReader(Recipe recipe, FileSlice slice, RecordReader records) {
    this.recipe = recipe;
    this.slice = slice;
    this.records = records;
  }

  /**
   * @throws IOException when the file cannot be read; it names the file
   */
  static SliceReader open(Recipe recipe, FileSlice slice) throws IOException {
    try {
      RecordReader records = recipe.format.open(slice);
      try {
        if (slice.start() == 0) {
          refuseChanges(recipe, slice, records);
        }
        return new SliceReader(recipe, slice, records);
      } catch (IOException | RuntimeException e) {
        records.close();
        throw e;
      }
    } catch (UnreadableFileException e) {
      throw e;
    } catch (IOException e) {
      throw new UnreadableFileException(slice.file(), e);
    } catch (Error e) {
      throw new UnreadableFileException(slice.file(), e);
    }
  }

  /** Whoever reads the beginning of a file looks; changes in one file end the job. */
  private static void refuseChanges(Recipe recipe, FileSlice slice, RecordReader records)
      throws IOException {
    String changes = records.changes();
    if (changes != null) {
      throw new UnreadableFileException(slice.file().toString(), ChangeRecords.refusal(changes));
    }
    if (recipe.opColumn == OpColumn.CHANGES
        && ChangeRecords.areOfDms(recipe.format, slice, records)) {
      throw new UnreadableFileException(
          slice.file().toString(),
          ChangeRecords.refusal(
                  "changes of AWS DMS, whose first column Op has only I, U and D")
              + "; --opColumn=ATTRIBUTE reads it as a column like any other");
    }
  }

  /** The next record of the slice, or null behind the last one. */
  @Nullable ReadRecord next() throws IOException {
    try {
      return records.next() ? record() : null;
    } catch (IOException e) {
      throw new UnreadableFileException(slice.file(), e);
    } catch (Error e) {
      throw new UnreadableFileException(slice.file(), e);
    }
  }

  private ReadRecord record() throws IOException {
    Origin origin = records.origin();
    Map<String, AttributeValue> item = null;
    try {
      item = records.parse();
      if (item == null) {
        return ReadRecord.skipped();
      }
      if (recipe.schema == null) {
        ItemRules.check(item);
      } else {
        if (!records.isKeyed()) {
          // Making the bytes of a record costs more than reading it, in formats that have none.
          byte[] record = recipe.keyFrom.needsRecord() ? records.record() : NO_RECORD;
          recipe.keyFrom.putKey(item, record, recipe.schema.partitionKey());
        }
        ItemRules.check(item, recipe.schema);
        ItemRules.checkIndexKeys(item, recipe.indexKeys);
      }
      return ReadRecord.of(SourcedItem.of(origin, item));
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

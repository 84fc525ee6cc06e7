/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.FileCompression;
import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.RecordReader;
import io.sluice.format.UnreadableFileException;
import io.sluice.format.json.ChangeKind;
import io.sluice.format.json.ChangeRecords;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.source.slice.ReadRecord;
import io.sluice.source.slice.SliceRecords;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads the records of one slice: splits, parses, keys and checks them in one pass. */
public final class SliceReader implements SliceRecords {

  /**
   * Describes how records become items.
   *
   * @param format the files' format
   * @param keyFrom the source of the partition key
   * @param schema the table's key; null when items are not checked against one
   * @param indexKeys the keys of the table's indexes, which items may have
   * @param compression of the files
   * @param path the columns that paths add to records
   * @param opColumn the meaning of a first column named Op
   */
  public record Recipe(
      Format format,
      KeyFrom keyFrom,
      @Nullable KeySchema schema,
      List<KeyAttribute> indexKeys,
      FileCompression compression,
      PathColumns path,
      OpColumn opColumn)
      implements Serializable {

    /** Describes files whose compression is recognised and whose paths add no columns. */
    public Recipe(
        Format format, KeyFrom keyFrom, @Nullable KeySchema schema, List<KeyAttribute> indexKeys) {
      this(
          format,
          keyFrom,
          schema,
          indexKeys,
          FileCompression.AUTO,
          PathColumns.NONE,
          OpColumn.CHANGES);
    }

    /** Returns what reads the plain ones among records. */
    PlainRecords plain(RecordReader records) {
      return schema == null
          ? PlainRecords.withoutKey(records, path)
          : PlainRecords.keyed(records, path, schema, keyFrom, indexKeys);
    }

    Recipe withKey(KeySchema key, KeyFrom from) {
      return keyed(from, key, indexKeys);
    }

    Recipe withIndexKeys(List<KeyAttribute> keys) {
      return keyed(keyFrom, schema, keys);
    }

    private Recipe keyed(KeyFrom from, @Nullable KeySchema key, List<KeyAttribute> indexes) {
      Set<KeyAttribute> keys = new LinkedHashSet<>(indexes);
      if (key != null) {
        keys.addAll(key.attributes());
      }
      return new Recipe(
          format.withKeys(List.copyOf(keys)),
          from,
          key,
          List.copyOf(indexes),
          compression,
          path,
          opColumn);
    }

    Recipe withCompression(FileCompression other) {
      return new Recipe(format, keyFrom, schema, indexKeys, other, path, opColumn);
    }

    Recipe withPathColumns(PathColumns columns) {
      return new Recipe(format, keyFrom, schema, indexKeys, compression, columns, opColumn);
    }

    public Recipe withOpColumn(OpColumn other) {
      return new Recipe(format, keyFrom, schema, indexKeys, compression, path, other);
    }
  }

  private final FileSlice slice;
  private final KeyedRecords records;

  private SliceReader(FileSlice slice, KeyedRecords records) {
    this.slice = slice;
    this.records = records;
  }

  /**
   * Opens a slice.
   *
   * @throws IOException when the file cannot be read; it names the file
   */
  public static SliceReader open(Recipe recipe, FileSlice slice) throws IOException {
    return open(recipe, slice, recipe::plain);
  }

  /** Opens a slice whose records are all parsed: plain ones must come out the same. */
  static SliceReader openToParse(Recipe recipe, FileSlice slice) throws IOException {
    return open(recipe, slice, records -> null);
  }

  private static SliceReader open(
      Recipe recipe, FileSlice slice, Function<RecordReader, @Nullable PlainRecords> plain)
      throws IOException {
    try {
      RecordReader records = recipe.format.open(slice);
      try {
        if (slice.start() == 0) {
          refuseChanges(recipe, slice, records);
        }
        return new SliceReader(
            slice,
            new KeyedRecords(
                records,
                recipe.path,
                recipe.keyFrom,
                recipe.schema,
                recipe.indexKeys,
                plain.apply(records)));
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

  /**
   * Refuses change records, as seen by the reader of a file's beginning; one such file fails the
   * job.
   */
  private static void refuseChanges(Recipe recipe, FileSlice slice, RecordReader records)
      throws IOException {
    String changes = records.changes();
    if (changes != null) {
      throw new UnreadableFileException(slice.file().toString(), ChangeRecords.refusal(changes));
    }
    ChangeKind kind =
        recipe.opColumn == OpColumn.CHANGES
            ? ChangeRecords.inColumns(recipe.format, slice, records)
            : null;
    if (kind != null) {
      throw new UnreadableFileException(
          slice.file().toString(),
          ChangeRecords.refusal(kind, recipe.format)
              + "; --opColumn=ATTRIBUTE reads it as a column like any other");
    }
  }

  @Override
  public @Nullable ReadRecord next() throws IOException {
    try {
      return records.next();
    } catch (IOException e) {
      throw new UnreadableFileException(slice.file(), e);
    } catch (Error e) {
      throw new UnreadableFileException(slice.file(), e);
    }
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import io.sluice.failure.Rejection;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemRules;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.SourcedItem;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
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
   */
  record Recipe(Format format, KeyFrom keyFrom, @Nullable KeySchema schema)
      implements Serializable {}

  private final Recipe recipe;
  private final FileSlice slice;
  private final String file;
  private final InputStream in;
  private final FileRecords records;

  private SliceReader(Recipe recipe, FileSlice slice, InputStream in, FileRecords records) {
    this.recipe = recipe;
    this.slice = slice;
    this.file = slice.file().toString();
    this.in = in;
    this.records = records;
  }

  static SliceReader open(Recipe recipe, FileSlice slice) throws IOException {
    if (slice.start() == 0) {
      InputStream in = InputFiles.open(slice);
      return closingOnFailure(in, recipe, slice, () -> recipe.format.open(in));
    }
    InputStream middle = openAt(slice.file(), slice.start() - 1);
    return closingOnFailure(
        middle,
        recipe,
        slice,
        () -> {
          try (InputStream head = InputFiles.open(slice)) {
            return recipe.format.openMiddle(middle, slice.start(), head);
          }
        });
  }

  private interface Opening {
    FileRecords open() throws IOException;
  }

  private static SliceReader closingOnFailure(
      InputStream in, Recipe recipe, FileSlice slice, Opening opening) throws IOException {
    try {
      return new SliceReader(recipe, slice, in, opening.open());
    } catch (IOException e) {
      in.close();
      throw naming(slice, e);
    }
  }

  private static InputStream openAt(org.apache.beam.sdk.io.fs.ResourceId file, long position)
      throws IOException {
    ReadableByteChannel channel = FileSystems.open(file);
    if (!(channel instanceof SeekableByteChannel seekable)) {
      channel.close();
      throw new IOException(file + " cannot be read from its middle");
    }
    seekable.position(position);
    return Channels.newInputStream(seekable);
  }

  /** The next record of the slice, or null behind the last one. */
  @Nullable ReadRecord next() throws IOException {
    RecordSplitter splitter = records.splitter();
    try {
      if (!splitter.next() || splitter.offset() >= slice.end()) {
        return null;
      }
    } catch (IOException e) {
      throw naming(slice, e);
    }
    Origin origin = new Origin(file, splitter.offset());
    byte[] record = splitter.record();
    try {
      splitter.checkWhole();
      Map<String, AttributeValue> item = records.parser().parse(record);
      if (item == null) {
        return ReadRecord.skipped();
      }
      if (recipe.schema == null) {
        ItemRules.check(item);
      } else {
        recipe.keyFrom.putKey(item, record, recipe.schema.partitionKey());
        ItemRules.check(item, recipe.schema);
      }
      return ReadRecord.of(SourcedItem.of(origin, item));
    } catch (InvalidItemException e) {
      return ReadRecord.of(Rejection.ofRecord(origin, record, e));
    }
  }

  private static IOException naming(FileSlice slice, IOException e) {
    String what = e instanceof EOFException ? "is cut short" : "cannot be read: " + e.getMessage();
    return new IOException(slice.file() + " " + what, e);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

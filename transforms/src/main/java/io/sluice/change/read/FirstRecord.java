/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.change.json.Envelopes;
import io.sluice.change.json.JsonPieces;
import io.sluice.change.record.ChangeSource;
import io.sluice.change.record.KinesisRecordParser;
import io.sluice.change.record.StreamRecordParser;
import io.sluice.format.FileCompression;
import io.sluice.format.FileSlice;
import io.sluice.format.UnreadableFileException;
import io.sluice.format.json.ChangeKind;
import io.sluice.format.json.ChangeRecords;
import io.sluice.format.json.JsonOutline;
import io.sluice.item.InvalidItemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The first record of an input that can be read, by which its form is known.
 *
 * @param file that it is in
 * @param kind of record
 * @param source what it says of its table and stream
 */
record FirstRecord(String file, ChangeKind kind, ChangeSource source) {
  /** How much of a file is looked at. */
  private static final long MOST_BYTES = JsonPieces.MOST_BYTES;

  /** How many files are looked at. */
  private static final int MOST_FILES = 100;

  /**
   * Finds the first record in files of JSON that can be read; the first of all when none can, null
   * when none is seen.
   */
  static @Nullable FirstRecord in(List<MatchResult.Metadata> files, FileCompression compression)
      throws IOException {
    FirstRecord first = null;
    int looked = 0;
    for (MatchResult.Metadata file : files) {
      if (file.sizeBytes() == 0) {
        continue;
      }
      if (looked++ == MOST_FILES || (first != null && first.isReadable())) {
        break;
      }
      first = readableOf(first, in(file, compression));
    }
    return first;
  }

  private static @Nullable FirstRecord in(MatchResult.Metadata file, FileCompression compression)
      throws IOException {
    FileSlice slice =
        FileSlice.whole(file.resourceId(), file.sizeBytes()).compressedBy(compression);
    FirstRecord first = null;
    try (JsonPieces pieces =
        new JsonPieces(new Beginning(slice.open()), 0, null, new Brackets(), false, false)) {
      for (JsonPieces.Piece piece = pieces.next();
          piece != null && (first == null || !first.isReadable());
          piece = pieces.next()) {
        ChangeKind kind =
            piece.kind() == JsonPieces.Kind.OBJECT
                ? ChangeRecords.kindOf(JsonOutline.of(piece.bytes()).value())
                : null;
        if (kind != null) {
          String name = file.resourceId().toString();
          first = readableOf(first, new FirstRecord(name, kind, sourceOf(kind, piece.bytes())));
        }
      }
      return first;
    } catch (IOException e) {
      throw new UnreadableFileException(file.resourceId(), e);
    }
  }

  private static @Nullable FirstRecord readableOf(
      @Nullable FirstRecord first, @Nullable FirstRecord next) {
    return first == null || (next != null && next.isReadable()) ? next : first;
  }

  /** Whether it says what it is of, if records of its kind do. */
  private boolean isReadable() {
    boolean hasSource = kind == ChangeKind.STREAM || kind == ChangeKind.KINESIS;
    return !hasSource || !source.equals(ChangeSource.UNKNOWN);
  }

  private static ChangeSource sourceOf(ChangeKind kind, byte[] object) {
    List<Envelopes.Enveloped> within = Envelopes.open(object);
    byte[] record = within == null || within.isEmpty() ? object : within.get(0).bytes();
    try {
      return switch (kind) {
        case STREAM -> StreamRecordParser.sourceOf(record);
        case KINESIS -> KinesisRecordParser.sourceOf(record);
        default -> ChangeSource.UNKNOWN;
      };
    } catch (InvalidItemException e) {
      return ChangeSource.UNKNOWN;
    }
  }

  /** The beginning of a file. */
  private static final class Beginning extends FilterInputStream {
    private long left = MOST_BYTES;

    Beginning(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return left-- > 0 ? super.read() : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int n = super.read(to, offset, (int) Math.min(length, left));
      left -= Math.max(0, n);
      return n;
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.failure.Rejection;
import io.sluice.item.SourcedItem;
import io.sluice.item.SourcedItemCoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The result of reading one record: an item, a rejection, or neither if it was skipped.
 *
 * @param item the item, or null
 * @param rejection the rejection, or null
 */
public record ReadRecord(@Nullable SourcedItem item, @Nullable Rejection rejection) {
  private static final ReadRecord SKIPPED = new ReadRecord(null, null);

  static ReadRecord of(SourcedItem item) {
    return new ReadRecord(item, null);
  }

  static ReadRecord of(Rejection rejection) {
    return new ReadRecord(null, rejection);
  }

  static ReadRecord skipped() {
    return SKIPPED;
  }

  /** Encodes a byte for the kind of result, then the result itself. */
  static final class RecordCoder extends CustomCoder<ReadRecord> {
    private static final long serialVersionUID = 1L;
    private static final int SKIP = 0;
    private static final int ITEM = 1;
    private static final int REJECT = 2;
    private static final Coder<SourcedItem> ITEMS = SourcedItemCoder.of();
    private static final Coder<Rejection> REJECTIONS = SerializableCoder.of(Rejection.class);

    @Override
    public void encode(ReadRecord value, OutputStream out) throws IOException {
      if (value.item != null) {
        out.write(ITEM);
        ITEMS.encode(value.item, out);
      } else if (value.rejection != null) {
        out.write(REJECT);
        REJECTIONS.encode(value.rejection, out);
      } else {
        out.write(SKIP);
      }
    }

    @Override
    public ReadRecord decode(InputStream in) throws IOException {
      int kind = in.read();
      return switch (kind) {
        case SKIP -> SKIPPED;
        case ITEM -> of(ITEMS.decode(in));
        case REJECT -> of(REJECTIONS.decode(in));
        default -> throw new IOException("unknown kind of record: " + kind);
      };
    }

    /** All instances are equal: a source and its splits must agree on their coder. */
    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof RecordCoder;
    }

    @Override
    public int hashCode() {
      return RecordCoder.class.hashCode();
    }
  }
}

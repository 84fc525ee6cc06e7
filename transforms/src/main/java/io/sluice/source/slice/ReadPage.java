/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.slice;

import io.sluice.failure.Rejection;
import io.sluice.item.page.SourcedPage;
import io.sluice.item.page.SourcedPageCoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The result of reading some records: items, a rejection, or a number of records that were skipped.
 *
 * @param items a page of items, or null
 * @param rejection the rejection of one record, or null
 * @param skipped how many records were skipped
 */
public record ReadPage(@Nullable SourcedPage items, @Nullable Rejection rejection, long skipped) {

  static ReadPage of(SourcedPage items) {
    return new ReadPage(items, null, 0);
  }

  static ReadPage of(Rejection rejection) {
    return new ReadPage(null, rejection, 0);
  }

  static ReadPage skipped(long records) {
    return new ReadPage(null, null, records);
  }

  /** Encodes a byte for the kind of result, then the result itself. */
  public static final class PageCoder extends CustomCoder<ReadPage> {
    private static final long serialVersionUID = 1L;
    private static final int SKIP = 0;
    private static final int ITEMS = 1;
    private static final int REJECT = 2;
    private static final Coder<SourcedPage> PAGES = SourcedPageCoder.of();
    private static final Coder<Rejection> REJECTIONS = SerializableCoder.of(Rejection.class);
    private static final VarLongCoder RECORDS = VarLongCoder.of();

    @Override
    public void encode(ReadPage value, OutputStream out) throws IOException {
      if (value.items != null) {
        out.write(ITEMS);
        PAGES.encode(value.items, out);
      } else if (value.rejection != null) {
        out.write(REJECT);
        REJECTIONS.encode(value.rejection, out);
      } else {
        out.write(SKIP);
        RECORDS.encode(value.skipped, out);
      }
    }

    @Override
    public ReadPage decode(InputStream in) throws IOException {
      int kind = in.read();
      return switch (kind) {
        case SKIP -> skipped(RECORDS.decode(in));
        case ITEMS -> of(PAGES.decode(in));
        case REJECT -> of(REJECTIONS.decode(in));
        default -> throw new IOException("unknown kind of result: " + kind);
      };
    }

    /** All instances are equal: a source and its splits must agree on their coder. */
    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof PageCoder;
    }

    @Override
    public int hashCode() {
      return PageCoder.class.hashCode();
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.record.Change;
import io.sluice.change.record.ChangeCoder;
import io.sluice.item.page.SourcedPageCoder;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Encodes a part of a bucket, after a byte that says which it is. */
final class BucketEntryCoder extends AtomicCoder<BucketEntry> {
  private static final long serialVersionUID = 1L;
  private static final BucketEntryCoder INSTANCE = new BucketEntryCoder();
  private static final ListCoder<Change> LIST = ListCoder.of(ChangeCoder.of());
  private static final int NOTHING = 0;
  private static final int PAGE = 1;
  private static final int CHANGES = 2;

  private BucketEntryCoder() {}

  static BucketEntryCoder of() {
    return INSTANCE;
  }

  /** Lets {@code @DefaultCoder} find this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(BucketEntry.class), INSTANCE);
  }

  @Override
  public void encode(BucketEntry entry, OutputStream out) throws IOException {
    if (entry.page() != null) {
      out.write(PAGE);
      SourcedPageCoder.of().encode(entry.page(), out);
    } else if (!entry.changes().isEmpty()) {
      out.write(CHANGES);
      LIST.encode(entry.changes(), out);
    } else {
      out.write(NOTHING);
    }
  }

  @Override
  public BucketEntry decode(InputStream in) throws IOException {
    int kind = in.read();
    return switch (kind) {
      case NOTHING -> BucketEntry.NOTHING;
      case PAGE -> BucketEntry.of(SourcedPageCoder.of().decode(in));
      case CHANGES -> BucketEntry.of(LIST.decode(in));
      default -> throw new EOFException("no part of a bucket has the kind " + kind);
    };
  }

  @Override
  public void verifyDeterministic() {}
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.BitSet;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Encodes a page: its purpose, its bucket, its counts, its compressed items and the mask;
 * deterministic.
 */
public final class SourcedPageCoder extends AtomicCoder<SourcedPage> {
  private static final long serialVersionUID = 1L;
  private static final SourcedPageCoder INSTANCE = new SourcedPageCoder();
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();
  private static final byte[] NO_MASK = {};
  private static final SourcedPage.Purpose[] PURPOSES = SourcedPage.Purpose.values();

  private SourcedPageCoder() {}

  public static SourcedPageCoder of() {
    return INSTANCE;
  }

  /** Lets {@code @DefaultCoder} find this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(SourcedPage.class), INSTANCE);
  }

  @Override
  public void encode(SourcedPage page, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeByte(page.purpose().ordinal());
    data.writeInt(page.bucket());
    data.writeInt(page.allItems());
    data.writeInt(page.bytes());
    data.flush();
    BitSet leftOut = page.leftOut();
    BYTES.encode(leftOut == null ? NO_MASK : leftOut.toByteArray(), out);
    BYTES.encode(page.compressed(), out);
  }

  @Override
  public SourcedPage decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int purpose = data.readUnsignedByte();
    if (purpose >= PURPOSES.length) {
      throw new CoderException("not a page of items: no purpose has the number " + purpose);
    }
    int bucket = data.readInt();
    int items = data.readInt();
    int bytes = data.readInt();
    byte[] mask = BYTES.decode(in);
    @Nullable BitSet leftOut = mask.length == 0 ? null : BitSet.valueOf(mask);
    try {
      return new SourcedPage(bucket, items, bytes, BYTES.decode(in), leftOut, PURPOSES[purpose]);
    } catch (IllegalArgumentException e) {
      throw new CoderException("not a page of items: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  private Object readResolve() {
    return INSTANCE;
  }
}

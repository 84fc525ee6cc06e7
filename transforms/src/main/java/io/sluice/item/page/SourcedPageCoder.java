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
 * Encodes a page: its purpose, which part of its bucket it is, its bucket, its counts, its
 * compressed items and the mask; deterministic.
 */
public final class SourcedPageCoder extends AtomicCoder<SourcedPage> {
  private static final long serialVersionUID = 1L;
  private static final SourcedPageCoder INSTANCE = new SourcedPageCoder();
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();
  private static final byte[] NO_MASK = {};
  private static final SourcedPage.Purpose[] PURPOSES = SourcedPage.Purpose.values();

  /** Added to the number of the purpose where a part follows. */
  private static final int PART = 0x80;

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
    BucketPart part = page.part();
    data.writeByte(page.purpose().ordinal() | (part == null ? 0 : PART));
    if (part != null) {
      data.writeLong(part.choice());
      data.writeInt(part.number());
      data.writeInt(part.pages());
      data.writeLong(part.items());
    }
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
    int first = data.readUnsignedByte();
    int purpose = first & ~PART;
    if (purpose >= PURPOSES.length) {
      throw new CoderException("not a page of items: no purpose has the number " + purpose);
    }
    BucketPart part = (first & PART) == 0 ? null : part(data);
    int bucket = data.readInt();
    int items = data.readInt();
    int bytes = data.readInt();
    byte[] mask = BYTES.decode(in);
    @Nullable BitSet leftOut = mask.length == 0 ? null : BitSet.valueOf(mask);
    try {
      return new SourcedPage(
          bucket, items, bytes, BYTES.decode(in), leftOut, PURPOSES[purpose], part);
    } catch (IllegalArgumentException e) {
      throw new CoderException("not a page of items: " + e.getMessage(), e);
    }
  }

  private static BucketPart part(DataInputStream data) throws IOException {
    long choice = data.readLong();
    int number = data.readInt();
    int pages = data.readInt();
    try {
      return new BucketPart(choice, number, pages, data.readLong());
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

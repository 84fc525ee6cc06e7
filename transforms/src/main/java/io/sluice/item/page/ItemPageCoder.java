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
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Encodes the mark of a page and its compressed items; deterministic. */
public final class ItemPageCoder extends AtomicCoder<ItemPage> {
  private static final long serialVersionUID = 1L;
  private static final ItemPageCoder INSTANCE = new ItemPageCoder();
  private static final ByteArrayCoder ITEMS = ByteArrayCoder.of();

  private ItemPageCoder() {}

  public static ItemPageCoder of() {
    return INSTANCE;
  }

  /** Lets {@code @DefaultCoder} find this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(ItemPage.class), INSTANCE);
  }

  @Override
  public void encode(ItemPage page, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    ItemPage.Mark mark = page.mark();
    data.writeInt(mark.segment());
    data.writeLong(mark.attempt());
    data.writeInt(mark.number());
    data.writeBoolean(mark.last());
    data.writeLong(mark.evaluated());
    data.writeDouble(mark.units());
    data.writeLong(mark.readMillis());
    data.writeInt(page.count());
    data.writeInt(page.bytes());
    data.flush();
    ITEMS.encode(page.compressed(), out);
  }

  @Override
  public ItemPage decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    ItemPage.Mark mark =
        new ItemPage.Mark(
            data.readInt(),
            data.readLong(),
            data.readInt(),
            data.readBoolean(),
            data.readLong(),
            data.readDouble(),
            data.readLong());
    return new ItemPage(mark, data.readInt(), data.readInt(), ITEMS.decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  private Object readResolve() {
    return INSTANCE;
  }
}

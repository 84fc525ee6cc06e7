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

/**
 * Encodes the mark of a page and its compressed items, or where in this JVM they are;
 * deterministic. Pages are kept in files as this encodes them, too, so a change here is another
 * version of those.
 */
public final class ItemPageCoder extends AtomicCoder<ItemPage> {
  private static final long serialVersionUID = 1L;
  private static final ItemPageCoder INSTANCE = new ItemPageCoder();
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();
  private static final byte[] NOTHING = {};

  /** A bit of the flags: there is a summary. */
  private static final int SUMMARY = 1;

  /** A bit of the flags: the items are in a file of this JVM, and their place follows. */
  private static final int ELSEWHERE = 2;

  /** A bit of the flags: an earlier start of the job had read the page. */
  private static final int TAKEN_OVER = 4;

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
    mark.time().writeTo(data);
    data.writeInt(page.count());
    data.writeInt(page.bytes());
    data.writeInt(page.part());
    byte[] summary = page.summary();
    PageSpool.Place place = page.place();
    data.writeByte(
        (summary == null ? 0 : SUMMARY)
            | (place == null ? 0 : ELSEWHERE)
            | (page.isTakenOver() ? TAKEN_OVER : 0));
    if (place != null) {
      data.writeLong(place.id());
      data.writeLong(place.from());
      data.writeInt(place.length());
    }
    data.flush();
    if (summary != null) {
      BYTES.encode(summary, out);
    }
    if (place == null) {
      BYTES.encode(page.compressed(), out);
    }
  }

  /** Encodes the page with its mark and its items only. */
  public void encodeBare(ItemPage page, OutputStream out) throws IOException {
    encode(page.with(PageExtra.NONE), out);
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
            ReadTime.readFrom(data));
    int items = data.readInt();
    int bytes = data.readInt();
    int part = data.readInt();
    int flags = data.readByte();
    PageSpool.Place place =
        (flags & ELSEWHERE) == 0
            ? null
            : PageSpool.Place.of(data.readLong(), data.readLong(), data.readInt());
    byte[] summary = (flags & SUMMARY) == 0 ? null : BYTES.decode(in);
    byte[] compressed = place == null ? BYTES.decode(in) : NOTHING;
    ItemPage page =
        new ItemPage(mark, items, bytes, compressed)
            .with(new PageExtra(part, summary, (flags & TAKEN_OVER) != 0));
    return place == null ? page : page.at(place);
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  private Object readResolve() {
    return INSTANCE;
  }
}

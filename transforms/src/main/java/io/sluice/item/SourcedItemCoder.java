/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Encodes file, offset and the item's bytes; deterministic. */
public final class SourcedItemCoder extends AtomicCoder<SourcedItem> {
  private static final long serialVersionUID = 1L;
  private static final SourcedItemCoder INSTANCE = new SourcedItemCoder();
  private static final StringUtf8Coder FILE = StringUtf8Coder.of();
  private static final VarLongCoder OFFSET = VarLongCoder.of();
  private static final ByteArrayCoder ITEM = ByteArrayCoder.of();

  private SourcedItemCoder() {}

  public static SourcedItemCoder of() {
    return INSTANCE;
  }

  /** Lets {@code @DefaultCoder} find this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(SourcedItem.class), INSTANCE);
  }

  @Override
  public void encode(SourcedItem value, OutputStream out) throws IOException {
    FILE.encode(value.origin().file(), out);
    OFFSET.encode(value.origin().offset(), out);
    ITEM.encode(value.encoded(), out);
  }

  @Override
  public SourcedItem decode(InputStream in) throws IOException {
    Origin origin = new Origin(FILE.decode(in), OFFSET.decode(in));
    return new SourcedItem(origin, ITEM.decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  private Object readResolve() {
    return INSTANCE;
  }
}

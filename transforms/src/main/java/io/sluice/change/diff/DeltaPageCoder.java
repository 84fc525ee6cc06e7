/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.diff;

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

/** Encodes a page of differences; deterministic. */
final class DeltaPageCoder extends AtomicCoder<DeltaPage> {
  private static final long serialVersionUID = 1L;
  private static final DeltaPageCoder INSTANCE = new DeltaPageCoder();
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();

  private DeltaPageCoder() {}

  static DeltaPageCoder of() {
    return INSTANCE;
  }

  /** Lets {@code @DefaultCoder} find this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(DeltaPage.class), INSTANCE);
  }

  @Override
  public void encode(DeltaPage page, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(page.records());
    data.writeInt(page.bytes());
    data.flush();
    BYTES.encode(page.compressed(), out);
  }

  @Override
  public DeltaPage decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int records = data.readInt();
    int bytes = data.readInt();
    return new DeltaPage(records, bytes, BYTES.decode(in));
  }

  @Override
  public void verifyDeterministic() {}
}

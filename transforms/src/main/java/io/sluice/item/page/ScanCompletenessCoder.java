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
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Encodes the current state, with segments in order; deterministic. */
public final class ScanCompletenessCoder extends AtomicCoder<ScanCompleteness> {
  private static final long serialVersionUID = 1L;
  private static final ScanCompletenessCoder INSTANCE = new ScanCompletenessCoder();

  private ScanCompletenessCoder() {}

  public static ScanCompletenessCoder of() {
    return INSTANCE;
  }

  /** Lets {@code @DefaultCoder} find this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(ScanCompleteness.class), INSTANCE);
  }

  @Override
  public void encode(ScanCompleteness tally, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    tally.writeTo(data);
    data.flush();
  }

  @Override
  public ScanCompleteness decode(InputStream in) throws IOException {
    return ScanCompleteness.readFrom(new DataInputStream(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  private Object readResolve() {
    return INSTANCE;
  }
}

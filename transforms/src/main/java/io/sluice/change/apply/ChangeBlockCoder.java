/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.apply;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Encodes a block of changes: its length, and its compressed bytes. */
final class ChangeBlockCoder extends AtomicCoder<ChangeBlock> {
  private static final long serialVersionUID = 1L;
  private static final ChangeBlockCoder INSTANCE = new ChangeBlockCoder();

  private ChangeBlockCoder() {}

  static ChangeBlockCoder of() {
    return INSTANCE;
  }

  /** Lets {@code @DefaultCoder} find this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(ChangeBlock.class), INSTANCE);
  }

  @Override
  public void encode(ChangeBlock block, OutputStream out) throws IOException {
    VarIntCoder.of().encode(block.bytes(), out);
    ByteArrayCoder.of().encode(block.compressed(), out);
  }

  @Override
  public ChangeBlock decode(InputStream in) throws IOException {
    int bytes = VarIntCoder.of().decode(in);
    return new ChangeBlock(bytes, ByteArrayCoder.of().decode(in));
  }

  @Override
  public void verifyDeterministic() {}
}

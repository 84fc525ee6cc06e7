/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.record;

import io.sluice.item.Origin;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Encodes a change; deterministic. */
public final class ChangeCoder extends AtomicCoder<Change> {
  private static final long serialVersionUID = 1L;
  private static final ChangeCoder INSTANCE = new ChangeCoder();
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();
  private static final StringUtf8Coder FILES = StringUtf8Coder.of();
  private static final VarLongCoder OFFSETS = VarLongCoder.of();
  private static final Change.Kind[] KINDS = Change.Kind.values();

  private ChangeCoder() {}

  public static ChangeCoder of() {
    return INSTANCE;
  }

  /** Lets {@code @DefaultCoder} find this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(Change.class), INSTANCE);
  }

  @Override
  public void encode(Change change, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeByte(change.kind().ordinal());
    data.writeLong(change.millis());
    data.flush();
    BYTES.encode(change.key().bytes(), out);
    BYTES.encode(change.sequence().toByteArray(), out);
    BYTES.encode(change.item(), out);
    FILES.encode(change.origin().file(), out);
    OFFSETS.encode(change.origin().offset(), out);
  }

  @Override
  public Change decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    Change.Kind kind = KINDS[data.readByte()];
    long millis = data.readLong();
    byte[] key = BYTES.decode(in);
    BigInteger sequence = new BigInteger(BYTES.decode(in));
    byte[] item = BYTES.decode(in);
    Origin origin = new Origin(FILES.decode(in), OFFSETS.decode(in));
    return Change.of(kind, key, sequence, millis, item, origin);
  }

  @Override
  public void verifyDeterministic() {}
}

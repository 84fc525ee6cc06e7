/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Computes the MD5 of everything that is read from a channel. */
public final class DigestingChannel implements ReadableByteChannel {
  private static final int BUFFER_BYTES = 64 << 10;

  private final ReadableByteChannel channel;
  private final MessageDigest md5;

  public DigestingChannel(ReadableByteChannel channel) {
    this.channel = channel;
    try {
      this.md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    ByteBuffer read = to.duplicate();
    int n = channel.read(to);
    if (n > 0) {
      read.limit(to.position());
      md5.update(read);
    }
    return n;
  }

  /** Reads the rest, and returns the MD5 of the whole in Base64. */
  public String finish() throws IOException {
    ByteBuffer rest = ByteBuffer.allocate(BUFFER_BYTES);
    while (read(rest) >= 0) {
      rest.clear();
    }
    return Base64.getEncoder().encodeToString(md5.digest());
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

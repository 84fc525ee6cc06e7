/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import io.sluice.storage.Abandonable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/** Writes a new file in any of Beam's file systems, and counts and digests its bytes. */
public final class FileStream extends OutputStream {
  private static final int BUFFER_BYTES = 64 << 10;

  private final WritableByteChannel channel;
  private final MessageDigest digest;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int buffered;
  private long written;

  private FileStream(WritableByteChannel channel) {
    this.channel = channel;
    try {
      this.digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }

  /** Begins a file; on S3 it exists only once it is closed. */
  public static FileStream create(ResourceId place) throws IOException {
    return new FileStream(FileSystems.create(place, MimeTypes.BINARY));
  }

  @Override
  public void write(int b) throws IOException {
    if (buffered == buffer.length) {
      drain();
    }
    buffer[buffered++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > buffer.length - buffered) {
      drain();
      if (length >= buffer.length) {
        send(bytes, offset, length);
        return;
      }
    }
    System.arraycopy(bytes, offset, buffer, buffered, length);
    buffered += length;
  }

  private void drain() throws IOException {
    send(buffer, 0, buffered);
    buffered = 0;
  }

  private void send(byte[] bytes, int offset, int length) throws IOException {
    digest.update(bytes, offset, length);
    ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    written += length;
  }

  /** Returns the number of bytes written so far. */
  public long position() {
    return written + buffered;
  }

  /** Returns the MD5 of the bytes in Base64; to be called once, after the stream is closed. */
  public String md5() {
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  /** Completes the file; closing again does nothing. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      drain();
      channel.close();
    }
  }

  /** Abandons the file as it is; the caller must delete what remains of it. */
  public void abandon() throws IOException {
    if (channel instanceof Abandonable abandonable) {
      abandonable.abandon();
    } else {
      channel.close();
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

/**
 * Reads an object. When the connection is lost, the rest is requested again, of the same version:
 * an object that has changed since it was opened or listed fails. Not for use by several threads at
 * once.
 */
final class S3ReadChannel implements SeekableByteChannel {
  /**
   * No limit for when the body begins to be read, which is at once: the SDK has a thread for it
   * that outlives the client by a minute, and in a Flink session the classes of the job with it.
   */
  private static final Duration UNTIMED = Duration.ZERO;

  private static final int PRECONDITION_FAILED = 412;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  /** A gap up to this size is read and discarded rather than requested anew. */
  private static final long SHORT_SKIP = 64 << 10;

  private static final int SKIP_BUFFER = 8 << 10;

  private final S3Calls calls;
  private final S3Place place;
  private boolean open = true;
  private long size;
  private @Nullable String etag;
  private long position;

  private @Nullable ResponseInputStream<GetObjectResponse> body;
  private long bodyPosition;

  S3ReadChannel(S3Calls calls, S3Place place) {
    this.calls = calls;
    this.place = place;
    this.size = place.bytes();
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    checkOpen();
    if (!to.hasRemaining()) {
      return 0;
    }
    S3Patience patience = calls.patience();
    while (true) {
      if (size >= 0 && position >= size && (size > 0 || etag != null)) {
        closeBody();
        return -1;
      }
      try {
        if (!openAtPosition()) {
          return -1;
        }
        return readBody(to);
      } catch (SdkException | NetworkException e) {
        abortBody();
        calls.waitOrFail(place, patience, e instanceof NetworkException n ? n.getIo() : e);
      }
    }
  }

  private int readBody(ByteBuffer to) throws NetworkException {
    try {
      int read;
      if (to.hasArray()) {
        read = body.read(to.array(), to.arrayOffset() + to.position(), to.remaining());
        to.position(to.position() + Math.max(0, read));
      } else {
        byte[] bytes = new byte[Math.min(to.remaining(), SKIP_BUFFER)];
        read = body.read(bytes);
        to.put(bytes, 0, Math.max(0, read));
      }
      if (read < 0) {
        throw new EOFException("the answer ended early");
      }
      position += read;
      bodyPosition += read;
      return read;
    } catch (IOException e) {
      throw new NetworkException(e);
    }
  }

  /** Requests the bytes from the current position on; returns false when there are none. */
  private boolean openAtPosition() throws IOException, NetworkException {
    if (body != null && position != bodyPosition) {
      skipOrClose();
    }
    if (body != null) {
      return true;
    }
    GetObjectRequest.Builder request =
        GetObjectRequest.builder()
            .bucket(place.bucket())
            .key(place.key())
            .ifMatch(etag)
            .sseCustomerKey(calls.config().getSSECustomerKey().getKey())
            .sseCustomerKeyMD5(calls.config().getSSECustomerKey().getMD5())
            .sseCustomerAlgorithm(calls.config().getSSECustomerKey().getAlgorithm());
    if (position > 0) {
      request.range("bytes=" + position + "-");
    }
    S3Client client = calls.clients().lease();
    boolean opened = false;
    try {
      ResponseInputStream<GetObjectResponse> answer =
          client.getObject(request.build(), ResponseTransformer.toInputStream(UNTIMED));
      body = answer;
      opened = true;
      bodyPosition = position;
      etag = answer.response().eTag();
      checkLength(position + answer.response().contentLength());
    } catch (SdkServiceException e) {
      if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
        return false;
      }
      if (e.statusCode() == PRECONDITION_FAILED) {
        throw new IOException(place + " has changed while it was read", e);
      }
      throw e;
    } finally {
      if (!opened) {
        calls.clients().release();
      }
    }
    if (position >= size) {
      closeBody();
      return false;
    }
    return true;
  }

  private void checkLength(long length) throws IOException {
    if (size >= 0 && size != length) {
      abortBody();
      throw new IOException(
          place + " has changed since it was listed: it had " + size + " bytes, now " + length);
    }
    size = length;
  }

  private void skipOrClose() throws NetworkException {
    long gap = position - bodyPosition;
    if (gap < 0 || gap > SHORT_SKIP) {
      abortBody();
      return;
    }
    try {
      byte[] skipped = new byte[SKIP_BUFFER];
      while (bodyPosition < position) {
        int read = body.read(skipped, 0, (int) Math.min(skipped.length, position - bodyPosition));
        if (read < 0) {
          throw new EOFException("the answer ended early");
        }
        bodyPosition += read;
      }
    } catch (IOException e) {
      throw new NetworkException(e);
    }
  }

  @Override
  public long position() throws IOException {
    checkOpen();
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    checkOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("newPosition is " + newPosition + ", must be 0 or more");
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    checkOpen();
    if (size < 0) {
      HeadObjectRequest request =
          HeadObjectRequest.builder()
              .bucket(place.bucket())
              .key(place.key())
              .sseCustomerKey(calls.config().getSSECustomerKey().getKey())
              .sseCustomerKeyMD5(calls.config().getSSECustomerKey().getMD5())
              .sseCustomerAlgorithm(calls.config().getSSECustomerKey().getAlgorithm())
              .build();
      size = calls.call(place, client -> client.headObject(request)).contentLength();
    }
    return size;
  }

  private void checkOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    closeBody();
  }

  /** Ends the answer; an incomplete one is aborted rather than read. */
  private void closeBody() {
    if (body != null && bodyPosition >= size) {
      try {
        body.close();
      } catch (IOException e) {
        // It was read to the end.
      }
      body = null;
      calls.clients().release();
    } else {
      abortBody();
    }
  }

  private void abortBody() {
    if (body != null) {
      body.abort();
      body = null;
      calls.clients().release();
    }
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  /** Thrown when the connection fails, rather than the file. */
  private static final class NetworkException extends Exception {
    private static final long serialVersionUID = 1L;
    private final IOException io;

    NetworkException(IOException io) {
      super(io);
      this.io = io;
    }

    IOException getIo() {
      return io;
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/** Reads the body of a request as its bytes come, and holds no thread until they do. */
final class RequestBody implements Invocable.Task {

  /** Limits the body of a request. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  /** Limits what is reserved for a body before any of it is there. */
  private static final int MAX_RESERVED = 64 * 1024;

  private final Request request;
  private final Consumer<byte[]> whole;
  private final Consumer<Throwable> failed;
  private byte[] bytes;
  private int size;

  /** Says that a body has more than {@link #MAX_BYTES}. */
  static final class TooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("the body of a request has more than " + MAX_BYTES + " bytes");
    }
  }

  private RequestBody(Request request, Consumer<byte[]> whole, Consumer<Throwable> failed) {
    this.request = request;
    this.whole = whole;
    this.failed = failed;
  }

  /**
   * Reads a body.
   *
   * @param whole gets the bytes, which may be none
   * @param failed gets a {@link TooLarge}, or why the connection broke
   */
  static void read(Request request, Consumer<byte[]> whole, Consumer<Throwable> failed) {
    RequestBody body = new RequestBody(request, whole, failed);
    long length = request.getLength();
    if (length > MAX_BYTES) {
      failed.accept(new TooLarge());
      return;
    }
    body.bytes = new byte[(int) Math.min(Math.max(length, 0), MAX_RESERVED)];
    body.run();
  }

  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        failed.accept(chunk.getFailure());
        return;
      }
      boolean last = chunk.isLast();
      boolean fits = append(chunk);
      chunk.release();
      if (!fits) {
        failed.accept(new TooLarge());
        return;
      }
      if (last) {
        whole.accept(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
        return;
      }
    }
  }

  private boolean append(Content.Chunk chunk) {
    int more = chunk.remaining();
    if (more > MAX_BYTES - size) {
      return false;
    }
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, Math.min(2 * bytes.length, MAX_BYTES)));
    }
    chunk.get(bytes, size, more);
    size += more;
    return true;
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}

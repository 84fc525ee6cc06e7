/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import io.sluice.item.json.ItemJsonBuffer;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.Abortable;

/** A request whose body is already encoded. It may be sent several times, one after the other. */
public final class EncodedRequest {
  private final ItemJsonBuffer body;
  private @Nullable Abortable call;
  private boolean aborted;

  public EncodedRequest(ItemJsonBuffer body) {
    this.body = body;
  }

  ItemJsonBuffer body() {
    return body;
  }

  /**
   * Records the call that sends it, so that it can be aborted.
   *
   * @throws AbortedException when it was aborted before
   */
  synchronized void goesAs(Abortable way) {
    if (aborted) {
      throw AbortedException.create("the request was given up");
    }
    call = way;
  }

  /**
   * Aborts the request, from any thread: its sender gets an exception soon. A request that goes
   * through the SDK's pipeline ends when its thread is interrupted, or when it has taken too long.
   */
  public synchronized void abort() {
    aborted = true;
    if (call != null) {
      call.abort();
    }
  }
}

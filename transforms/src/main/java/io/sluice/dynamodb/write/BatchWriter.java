/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.capacity.Throttle;
import io.sluice.dynamodb.table.TableAccess;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.dynamodb.wire.RetryWindow;
import io.sluice.failure.Lasting;
import io.sluice.item.SourcedItem;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Puts the items of one worker into a table, or deletes them, many batches at a time.
 *
 * <p>All methods are called by one thread, the runner's, and all results are reported on it:
 * completions of {@link PutsInFlight} wait until the next call here. Each item gets one result, and
 * only when DynamoDB took or refused it.
 *
 * <ul>
 *   <li>Items that DynamoDB leaves unprocessed go into later batches of their own, after a pause.
 *   <li>A batch that fails as a whole (throttled, 5xx, timeout, broken connection, expired
 *       credentials) is sent again after a pause. Pauses double, with jitter; after {@link
 *       TableAccess#retryFor} without success the writer gives up.
 *   <li>A batch that is refused as invalid is split until the culprit is alone.
 *   <li>Any other failure, such as a missing permission, ends the writer.
 * </ul>
 *
 * @param <C> what the caller remembers of an item
 */
public final class BatchWriter<C> {
  private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int LEAST_BODY_BYTES = 1 << 10;
  private static final int MOST_BODY_BYTES = 64 << 10;
  private static final long PERMIT_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final WriteSession session;
  private final WriteResults<C> results;
  private final PutsInFlight<C> inFlight;
  private final Backlog<C> backlog;
  private final Patience patience;
  private PutBatch<C> open;
  private int bodyBytes = LEAST_BODY_BYTES;
  private long heldBytes;

  public BatchWriter(WriteSession session, WriteResults<C> results) {
    this.session = session;
    this.results = results;
    this.inFlight = new PutsInFlight<>(session);
    this.backlog = new Backlog<>(session.time());
    this.patience =
        new Patience(session.step().retryFor(), session.reasons(), session.time().nanos());
    this.open = newBatch();
  }

  private PutBatch<C> newBatch() {
    return new PutBatch<>(session.tableJson(), session.unitsOfBatch(), bodyBytes);
  }

  /**
   * Takes an item to put; waits while there is no memory, no permit or no budget. Batches keep no
   * order: of two writes with one key either may be the last.
   *
   * @throws IOException when the writer gives up; its message has no contents
   */
  public void put(SourcedItem item, C context) throws IOException, InterruptedException {
    take(new PutBatch.Entry<>(WriteAction.PUT, item, context));
  }

  /**
   * Takes the key of an item to delete, as {@link #put} takes an item.
   *
   * @param key the attributes of the key and no others
   */
  public void delete(SourcedItem key, C context) throws IOException, InterruptedException {
    take(new PutBatch.Entry<>(WriteAction.DELETE, key, context));
  }

  private void take(PutBatch.Entry<C> entry) throws IOException, InterruptedException {
    drain();
    while (!session.heap().tryTake(entry.heapBytes(), heldBytes)) {
      if (open.isEmpty()) {
        awaitResultOrDue();
      } else {
        send();
      }
      resend();
    }
    heldBytes += entry.heapBytes();
    resend();
    append(entry);
  }

  /** Sends what is due, without an item and without waiting for results. */
  void proceed() throws IOException, InterruptedException {
    drain();
    resend();
  }

  /** Waits until all items are written or refused. */
  public void finish() throws IOException, InterruptedException {
    finishUntil(() -> false);
  }

  /** Waits until enough of the items are written or refused, as the caller knows by its results. */
  void finishUntil(BooleanSupplier isEnough) throws IOException, InterruptedException {
    while (true) {
      drain();
      resend();
      if (isEnough.getAsBoolean()) {
        return;
      } else if (!open.isEmpty()) {
        send();
      } else if (inFlight.isEmpty() && backlog.isEmpty()) {
        return;
      } else {
        awaitResultOrDue();
      }
    }
  }

  /**
   * Gives up the batches in flight, without waiting for them; DynamoDB may have taken some of their
   * items.
   */
  void cancel() {
    // All bytes, wherever they were when the writer failed, except those that are still being sent.
    heldBytes -= inFlight.cancel();
    session.heap().give(heldBytes);
    heldBytes = 0;
    backlog.clear();
    open = newBatch();
  }

  private void append(PutBatch.Entry<C> entry) throws IOException, InterruptedException {
    if (!open.add(entry)) {
      send();
      open.add(entry);
    }
    if (open.isFull()) {
      send();
    }
  }

  private void send() throws IOException, InterruptedException {
    PutBatch<C> batch = open;
    // The next body is likely to be as long; a huge one says nothing of the next.
    int room = batch.body().size() + batch.body().size() / 8;
    bodyBytes = Math.min(MOST_BODY_BYTES, Math.max(LEAST_BODY_BYTES, room));
    open = newBatch();
    dispatch(batch);
  }

  /** Sends batches and items that are due again. */
  private void resend() throws IOException, InterruptedException {
    PutBatch<C> batch = backlog.due(this::newBatch);
    while (batch != null) {
      dispatch(batch);
      batch = backlog.due(this::newBatch);
    }
  }

  private void dispatch(PutBatch<C> batch) throws IOException, InterruptedException {
    while (true) {
      drain();
      if (takePermit()) {
        Throttle.Grant grant = session.throttle().tryAcquire(batch.units());
        if (grant.granted()) {
          inFlight.start(batch, grant);
          return;
        }
        session.permits().release();
        awaitResult(grant.waitNanos());
      } else {
        awaitResult(MAX_WAIT_NANOS);
      }
    }
  }

  /** Takes a permit; with nothing in flight, takes one anyway when none becomes free soon. */
  private boolean takePermit() throws IOException, InterruptedException {
    if (session.permits().tryAcquire()) {
      return true;
    }
    if (!inFlight.isEmpty()) {
      return false;
    }
    awaitResult(PERMIT_WAIT_NANOS);
    if (!session.permits().tryAcquire()) {
      session.permits().forceAcquire();
    }
    return true;
  }

  private void drain() throws IOException {
    for (var completed = inFlight.poll(); completed != null; completed = inFlight.poll()) {
      handle(completed);
    }
  }

  /** Waits for a result, at most this long. */
  private void awaitResult(long nanos) throws IOException, InterruptedException {
    PutsInFlight.Completion<C> completion = inFlight.poll(Math.min(nanos, MAX_WAIT_NANOS));
    if (completion != null) {
      handle(completion);
    }
  }

  /** Waits for a result, or until something is due. */
  private void awaitResultOrDue() throws IOException, InterruptedException {
    awaitResult(backlog.nanosUntilDue(MAX_WAIT_NANOS));
  }

  private void handle(PutsInFlight.Completion<C> completion) throws IOException {
    PutBatch<C> batch = completion.batch();
    if (completion.response() != null) {
      List<PutBatch.Entry<C>> left = leftOver(batch, completion.response());
      results.answered(left.size(), completion.response().consumed());
      carryOver(left);
    } else if (completion.error() instanceof RuntimeException failure) {
      RequestFailure kind = RequestFailure.of(failure);
      results.failed(kind, failure);
      switch (kind) {
        case THROTTLED, TRANSIENT, UNREADABLE, EXPIRED -> sendAgain(batch, failure);
        case INVALID -> divide(batch, (SdkException) failure);
        case FATAL ->
            throw new IOException(
                "DynamoDB does not take the items: " + RequestFailure.nameOf(failure),
                Lasting.because(RequestFailure.withoutContents(failure)));
      }
    } else {
      throw new IOException("a request to DynamoDB failed", completion.error());
    }
  }

  /** Reports the items that were written; returns those that were not. */
  private List<PutBatch.Entry<C>> leftOver(PutBatch<C> batch, PutResponse response)
      throws IOException {
    List<PutBatch.Entry<C>> left = batch.unprocessed(response, session.schema());
    for (PutBatch.Entry<C> entry : batch.entries()) {
      if (!left.contains(entry)) {
        release(entry);
        results.done(entry.action, entry.item, entry.context);
      }
    }
    if (left.size() < batch.size()) {
      patience.taken(session.time().nanos());
    }
    return left;
  }

  private void carryOver(List<PutBatch.Entry<C>> left) throws IOException {
    long now = session.time().nanos();
    for (PutBatch.Entry<C> entry : left) {
      patience.check(entry, now, "unprocessed items");
      entry.addUnprocessed();
      backlog.add(entry, now + RetryWindow.pause(entry.unprocessed()));
    }
  }

  private void sendAgain(PutBatch<C> batch, RuntimeException failure) throws IOException {
    long now = session.time().nanos();
    for (PutBatch.Entry<C> entry : batch.entries()) {
      patience.check(entry, now, RequestFailure.nameOf(failure));
    }
    batch.addAttempt();
    backlog.add(batch, now + RetryWindow.pause(batch.attempts()));
  }

  private void divide(PutBatch<C> batch, SdkException failure) throws IOException {
    List<PutBatch.Entry<C>> entries = batch.entries();
    if (entries.size() == 1) {
      PutBatch.Entry<C> culprit = entries.get(0);
      release(culprit);
      String why = RequestFailure.messageOf(failure);
      results.refused(culprit.action, culprit.item, culprit.context, why);
      return;
    }
    batch.halves(session.schema()).forEach(this::requeue);
  }

  private void requeue(List<PutBatch.Entry<C>> entries) {
    PutBatch<C> part = newBatch();
    // They were in one batch before, so there is room for all of them.
    entries.forEach(part::addInAnyCase);
    backlog.add(part, session.time().nanos());
  }

  private void release(PutBatch.Entry<C> entry) {
    heldBytes -= entry.heapBytes();
    session.heap().give(entry.heapBytes());
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import io.sluice.capacity.Throttle;
import io.sluice.dynamodb.checkpoint.KeptPage;
import io.sluice.dynamodb.wire.DynamoDbWire;
import io.sluice.dynamodb.wire.EncodedRequest;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.dynamodb.wire.RetryWindow;
import io.sluice.failure.Lasting;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ReadTime;
import io.sluice.schema.InferredSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Reads the pages of one segment, one after the other, each exactly once whatever requests fail.
 *
 * <p>A request that is throttled or gets no good answer (5xx, timeout, broken connection, expired
 * credentials, truncated JSON) is sent again after a pause. Pauses double, with jitter. After ten
 * minutes of failing the scan fails, and after one minute of answers that cannot be understood.
 * Anything else fails it at once, such as a missing permission or an expression that DynamoDB does
 * not accept.
 *
 * <p>Used by one thread, except for {@link #abort}.
 */
final class SegmentScan {
  private static final byte[] NOTHING = {};
  private static final String GIVEN_UP = "the scan of a segment was given up";

  private final ScanSession session;
  private final Failures failures;
  private final int segment;
  private final long attempt = ThreadLocalRandom.current().nextLong();

  /**
   * What occurs in the items so far; null before the first page and after the last, and if none is
   * wanted.
   */
  private @Nullable InferredSchema schema;

  private int nextPage;
  private Optional<byte[]> after = Optional.empty();
  private boolean ended;
  private long sentAt;
  private volatile @Nullable EncodedRequest onItsWay;
  private volatile boolean aborted;

  /** Notified of each request that failed and is sent again. */
  interface Failures {
    void failed(RequestFailure kind);
  }

  SegmentScan(ScanSession session, int segment, Failures failures) {
    this.session = session;
    this.segment = segment;
    this.failures = failures;
  }

  int segment() {
    return segment;
  }

  /** Whether there are no more pages. */
  boolean hasEnded() {
    return ended;
  }

  /**
   * Waits for the next page.
   *
   * @throws IOException when the scan fails; no message of it or its causes has contents of items
   * @throws InterruptedException when it was aborted, or its thread was interrupted for another
   *     reason: the caller knows, and in any case the segment is not at its end
   */
  ItemPage next() throws IOException, InterruptedException {
    RetryWindow patience = new RetryWindow(session.spec().retryFor());
    while (true) {
      try {
        return read(patience.failures() == 0 ? DynamoDbWire::send : DynamoDbWire::sendAgain);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      } catch (RuntimeException e) {
        if (aborted || Thread.interrupted() || e instanceof AbortedException) {
          throw new InterruptedException(GIVEN_UP);
        }
        RequestFailure kind = RequestFailure.of(e);
        if (!kind.isPassing()) {
          throw new IOException(
              scanFailed(RequestFailure.scanMessageOf(e)),
              Lasting.because(RequestFailure.withoutContents(e)));
        }
        failures.failed(kind);
        OptionalLong pause = patience.failed(kind, session.time().nanos() - sentAt);
        if (pause.isEmpty()) {
          throw enough(kind, e);
        }
        TimeUnit.NANOSECONDS.sleep(pause.getAsLong());
      }
    }
  }

  private IOException enough(RequestFailure kind, RuntimeException e) {
    if (kind == RequestFailure.UNREADABLE) {
      // Without the cause: our message includes its message, which means little by itself.
      return new IOException(
          scanFailed(RequestFailure.againAndAgain(RequestFailure.unreadableMessageOf(e))));
    }
    return new IOException(
        "The table %s has not given a page in %d s of trying: %s"
            .formatted(
                session.table(), session.spec().retryFor().toSeconds(), RequestFailure.nameOf(e)),
        RequestFailure.withoutContents(e));
  }

  /**
   * Goes on behind a page that was kept.
   *
   * @return the page as one of this reading
   * @throws IOException when it is not the next page of the segment
   */
  ItemPage takeOver(KeptPage kept) throws IOException {
    ItemPage page = kept.page().takenOver(attempt);
    if (ended || page.mark().number() != nextPage) {
      throw new IOException(scanFailed("pages that were kept are not in their order"));
    }
    if (session.spec().infersSchema()) {
      page = page.withSummary(summary(page.mark().last(), page::<RuntimeException>walk));
    }
    session.progress().did(page.mark().evaluated());
    went(kept.lastKey());
    return page;
  }

  /** Returns a page that {@link #next} has just returned as it is to be kept. */
  KeptPage kept(ItemPage page) {
    return new KeptPage(page, after);
  }

  private void went(Optional<byte[]> lastKey) {
    nextPage++;
    after = lastKey;
    ended = lastKey.isEmpty();
  }

  private String scanFailed(String why) {
    return "The table %s cannot be scanned: %s".formatted(session.table(), why);
  }

  private ItemPage read(ScanSession.Way way) throws InterruptedException {
    PageLimit.Ask ask = session.ask(nextPage);
    Throttle.Grant grant = session.grants().acquire(ask.units());
    EncodedRequest request;
    try {
      request = new EncodedRequest(session.bodies().page(segment, ask.limit(), after));
      onItsWay = request;
      if (aborted) {
        throw new InterruptedException(GIVEN_UP);
      }
    } catch (Throwable e) {
      session.grants().unused(grant);
      throw e;
    }
    sentAt = session.time().nanos();
    try {
      return session.read(request, way, grant, this::page);
    } finally {
      onItsWay = null;
    }
  }

  /** Returns when the items of an answer that came just now were read. */
  private ReadTime readTime(Optional<Instant> date) {
    long took = TimeUnit.NANOSECONDS.toMillis(session.time().nanos() - sentAt) + 1;
    long now = System.currentTimeMillis();
    // Something on the way may remove the date: then there is only our own clock.
    return date.map(of -> ReadTime.ofService(of, took))
        .orElseGet(() -> ReadTime.ofWorker(now - took, now));
  }

  private ItemPage page(ScanResponse response, Optional<Instant> date) {
    ReadTime time = readTime(date);
    Optional<byte[]> last = response.lastKey();
    if (last.isPresent() && after.isPresent() && Arrays.equals(last.get(), after.get())) {
      // Requested with the same key again, it would never end.
      throw new UncheckedIOException(new IOException(scanFailed("a page ends where it began")));
    }
    ItemPage page =
        response.page(
            new ItemPage.Mark(
                segment,
                attempt,
                nextPage,
                last.isEmpty(),
                response.evaluated(),
                response.units(),
                time));
    if (session.spec().infersSchema()) {
      page = page.withSummary(summary(last.isEmpty(), response::forEach));
    }
    went(last);
    return page;
  }

  /** Adds the items to the schema of the segment; returns that of a segment that has ended. */
  private byte[] summary(boolean hasEnded, Consumer<ItemPage.Walk<RuntimeException>> items) {
    InferredSchema all = schema == null ? session.spec().emptySchema() : schema;
    items.accept(all::add);
    schema = hasEnded ? null : all;
    return hasEnded ? all.bytes() : NOTHING;
  }

  /**
   * Aborts the request in flight; to be called from another thread, which interrupts this one too.
   */
  void abort() {
    aborted = true;
    EncodedRequest request = onItsWay;
    if (request != null) {
      request.abort();
    }
  }
}

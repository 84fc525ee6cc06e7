/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import io.sluice.capacity.TableCapacity;
import io.sluice.capacity.Throttle;
import io.sluice.dynamodb.session.InFlightLimit;
import io.sluice.dynamodb.session.Progress;
import io.sluice.dynamodb.session.TableSession;
import io.sluice.dynamodb.wire.Clients;
import io.sluice.dynamodb.wire.DynamoDbWire;
import io.sluice.dynamodb.wire.EncodedRequest;
import io.sluice.dynamodb.wire.UnreadableAnswerException;
import io.sluice.dynamodb.wire.WireAnswer;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.PageSpool;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The resources that the workers of one JVM share to scan a table. */
final class ScanSession extends TableSession {
  /** The memory of a page as JSON, as items and compressed. */
  private static final long BYTES_OF_PAGE = 5 << 20;

  private static final int LEAST_IN_FLIGHT = 2;
  private static final int FIRST_IN_FLIGHT = 16;

  private final ScanSpec spec;
  private final ScanBody bodies;
  private final PageLimit limit;

  /** Unused responses: there are never more of them than permits. */
  private final Queue<ScanResponse> responses = new ConcurrentLinkedQueue<>();

  /** The bytes of all pages that were given a part. */
  private final AtomicLong dividedBytes = new AtomicLong();

  // Guarded by this.
  private @Nullable PageSpool spool;
  private long heapLeft;

  private ScanSession(ScanSpec spec, AwsOptions options) {
    super(
        spec,
        Clients.of(
            DynamoDbWire.Operation.SCAN, spec.table(), spec.longestRequest, spec.client(), options),
        spec.longestRequest,
        permitsForHeap());
    this.spec = spec;
    this.bodies = new ScanBody(spec);
    this.limit = PageLimit.of(spec);
    this.heapLeft = spec.heapForPages();
  }

  /** Returns as many permits as an eighth of the heap has room for. */
  private static InFlightLimit permitsForHeap() {
    long room = Runtime.getRuntime().maxMemory() / 8 / BYTES_OF_PAGE;
    int most = (int) Math.max(LEAST_IN_FLIGHT, Math.min(Clients.MAX_IN_FLIGHT, room));
    return new InFlightLimit(Math.min(FIRST_IN_FLIGHT, most), most);
  }

  /** Opens the session of a step for a reader: see {@link TableSession#enter}. */
  public static ScanSession enter(ScanSpec spec, AwsOptions options) {
    return enter(spec, ScanSession.class, () -> new ScanSession(spec, options));
  }

  /**
   * Maps what is scanned, the table or a global index, to the table's lane: the scan uses nothing
   * else.
   */
  @Override
  public Map<String, Double> lanes(TableCapacity capacity) {
    return Map.of(Throttle.TABLE, spec.capacityOf(capacity).readUnits());
  }

  @Override
  public Progress.Moment moment() {
    return moment(
        Progress.Kind.READ, new Progress.Expected(spec.items() > 0 ? spec.items() : -1, 0));
  }

  ScanSpec spec() {
    return spec;
  }

  ScanBody bodies() {
    return bodies;
  }

  /**
   * Returns a page as it goes on: in a file, if the scan may use one and there are many pages.
   *
   * @throws IOException when the file has no room
   */
  ItemPage keep(ItemPage page) throws IOException {
    if (!spec.spools()) {
      return page;
    }
    try {
      return keepInFile(page);
    } catch (IOException e) {
      throw new IOException(
          "Pages of the table %s cannot be kept in %s (-Djava.io.tmpdir names another folder): %s"
              .formatted(table(), System.getProperty("java.io.tmpdir"), e.getMessage()),
          e);
    }
  }

  private ItemPage keepInFile(ItemPage page) throws IOException {
    PageSpool file;
    synchronized (this) {
      if (heapLeft > page.heapBytes()) {
        heapLeft -= page.heapBytes();
        return page;
      }
      if (spool == null) {
        spool = PageSpool.open();
      }
      file = spool;
    }
    return page.keptIn(file);
  }

  AtomicLong dividedBytes() {
    return dividedBytes;
  }

  /** Chooses which page of a segment to request. */
  PageLimit.Ask ask(int number) {
    return limit.page(number, throttle().usage().allowed());
  }

  /** Sends a request: for the first time, or again. */
  interface Way {
    WireAnswer send(DynamoDbWire wire, EncodedRequest request);
  }

  /**
   * Requests a page, for which the caller has a permit and a grant, and gives both back.
   *
   * @param make makes the page of a response, which it must not keep, with the time of the answer
   *     by DynamoDB's clock, if it has one
   * @throws software.amazon.awssdk.core.exception.SdkException when there is no good answer
   */
  ItemPage read(
      EncodedRequest request,
      Way way,
      Throttle.Grant grant,
      BiFunction<ScanResponse, Optional<Instant>, ItemPage> make) {
    ScanResponse response = responses.poll();
    if (response == null) {
      response = new ScanResponse();
    }
    WireAnswer answer;
    try {
      answer = way.send(wire(), request);
      read(response, answer.body());
    } catch (RuntimeException e) {
      grants().failed(e, grant);
      throw e;
    } catch (Throwable e) {
      grant.outcomeUnknown();
      permits().release();
      throw e;
    }
    try {
      settle(response, grant);
      return make.apply(response, answer.time());
    } finally {
      responses.add(response);
      permits().succeeded();
    }
  }

  private static void read(ScanResponse response, byte[] answer) {
    try {
      response.read(answer);
    } catch (IOException e) {
      throw UnreadableAnswerException.noAnswer(new UnreadableAnswerException(e.getMessage()));
    }
  }

  private void settle(ScanResponse response, Throttle.Grant grant) {
    if (response.hasUnits()) {
      grant.settle(Map.of(Throttle.TABLE, response.units()));
    } else {
      grant.outcomeUnknown();
    }
    progress().did(response.evaluated());
    limit.learn(
        response.evaluated(),
        response.units(),
        response.lastKey().isPresent() ? PageLimit.Whole.YES : PageLimit.Whole.NO);
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.capacity.TableCapacity;
import io.sluice.capacity.Throttle;
import io.sluice.dynamodb.checkpoint.BucketMarker;
import io.sluice.dynamodb.session.InFlightLimit;
import io.sluice.dynamodb.session.Progress;
import io.sluice.dynamodb.session.TableSession;
import io.sluice.dynamodb.table.DescribeTable;
import io.sluice.dynamodb.wire.Clients;
import io.sluice.dynamodb.wire.DynamoDbWire;
import io.sluice.dynamodb.wire.EncodedRequest;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.dynamodb.wire.UnreadableAnswerException;
import io.sluice.dynamodb.wire.WireAnswer;
import io.sluice.item.KeySchema;
import io.sluice.item.page.BucketPart;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The resources that the workers of one JVM share to write to a table. */
public final class WriteSession extends TableSession {
  private static final int FIRST_IN_FLIGHT = 8;

  private final WriteSpec spec;
  private final String tableJson;
  private final RefusedKeys refused;
  private final @Nullable BucketMarker marker;

  private WriteSession(WriteSpec spec, AwsOptions options) {
    super(
        spec,
        Clients.of(
            DynamoDbWire.Operation.BATCH_WRITE_ITEM,
            spec.table(),
            Clients.LONGEST_WRITE,
            spec.client(),
            options),
        Clients.LONGEST_WRITE,
        new InFlightLimit(FIRST_IN_FLIGHT, Clients.MAX_IN_FLIGHT));
    this.spec = spec;
    this.tableJson = quoted(spec.table());
    this.refused = new RefusedKeys(spec.schema().partitionKey().name());
    this.marker = spec.marks == null ? null : new BucketMarker(spec.marks, this::identity);
    Progress.countWrites(spec.table());
  }

  /** Opens the session of a step for a worker: see {@link TableSession#enter}. */
  public static WriteSession enter(WriteSpec spec, AwsOptions options) {
    return enter(spec, WriteSession.class, () -> new WriteSession(spec, options));
  }

  /** Opens the session of a step for a request: see {@link TableSession#enterRequest}. */
  public static WriteSession enterRequest(WriteSpec spec, AwsOptions options) {
    return enterRequest(spec, WriteSession.class, () -> new WriteSession(spec, options));
  }

  private String identity() {
    return DescribeTable.identityOf(table(), wire().sdk())
        .orElseThrow(() -> new IllegalStateException("the table " + table() + " is gone"));
  }

  /** Takes note that all items of a page are written, if buckets are marked. */
  void written(int bucket, BucketPart part) {
    if (marker != null) {
      marker.written(bucket, part);
    }
  }

  /** Waits until the marks so far are kept, or cannot be. */
  void keepMarks() throws InterruptedException {
    if (marker != null) {
      marker.flush();
    }
  }

  @Override
  protected void ended() {
    if (marker != null) {
      marker.close();
    }
  }

  private static String quoted(String table) {
    // Table names and ARNs need no escapes.
    return '"' + table + '"';
  }

  @Override
  public Map<String, Double> lanes(TableCapacity capacity) {
    Map<String, Double> lanes = new HashMap<>();
    lanes.put(Throttle.TABLE, capacity.table().writeUnits());
    capacity.indexes().forEach((name, index) -> lanes.put(name, index.writeUnits()));
    return lanes;
  }

  @Override
  public Progress.Moment moment() {
    return moment(Progress.Kind.WRITE, Progress.expected(table()));
  }

  String tableJson() {
    return tableJson;
  }

  KeySchema schema() {
    return spec.schema();
  }

  /**
   * Returns the units that a batch may take: those of a second, so that a batch of large items is
   * not a burst that a small table cannot absorb, but at least those of a batch of small items.
   */
  public double unitsOfBatch() {
    return Math.max(PutBatch.MAX_ITEMS, throttle().usage().allowed());
  }

  BatchMemory heap() {
    return BatchMemory.OF_JVM;
  }

  /** Makes a result from a response or an error. */
  interface Completer<C, R> {
    R of(PutBatch<C> batch, @Nullable PutResponse response, @Nullable Throwable error);
  }

  /** Sends a batch, for which the caller has a permit and a grant, and gives both back. */
  <C, R> R put(PutBatch<C> batch, Throttle.Grant grant, Completer<C, R> completer) {
    try {
      PutResponse response = send(batch);
      settle(grant, response, batch.size(), batch.units());
      return completer.of(batch, response, null);
    } catch (RuntimeException e) {
      if (RequestFailure.of(e) == RequestFailure.THROTTLED) {
        refused.add(batch.entries().stream().map(entry -> entry.item.item()).toList());
      }
      grants().failed(e, grant, this::isPartitionHot);
      return completer.of(batch, null, e);
    } catch (Throwable e) {
      grant.outcomeUnknown();
      permits().release();
      return completer.of(batch, null, e);
    }
  }

  /**
   * Whether DynamoDB throttles only because a partition of the table is hot. A hot partition of an
   * index does not count: its keys are others, and they are not looked at.
   */
  private boolean isPartitionHot() {
    return reasons().areOfPartitions() && refused.areFew();
  }

  private PutResponse send(PutBatch<?> batch) {
    EncodedRequest request = new EncodedRequest(batch.body());
    WireAnswer answer = batch.attempts() > 0 ? wire().sendAgain(request) : wire().send(request);
    try {
      return PutResponse.parse(answer.body());
    } catch (IOException e) {
      throw UnreadableAnswerException.noAnswer(
          new UnreadableAnswerException("not a response of DynamoDB"));
    }
  }

  /** Ends the grant of a batch that DynamoDB answered; returns how many items it left over. */
  int settle(Throttle.Grant grant, PutResponse response, int items, double units) {
    int left = response.unprocessed().size();
    refused.add(response.unprocessed());
    grants().answered(grant, response.consumed(), units * left / items, this::isPartitionHot);
    return left;
  }
}

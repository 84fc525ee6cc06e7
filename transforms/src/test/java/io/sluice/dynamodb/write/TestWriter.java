/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.dynamodb.wire.RetryWindow;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** A {@link BatchWriter} for an embedded DynamoDB, with the results that it reports. */
public final class TestWriter implements WriteResults<String>, AutoCloseable {
  final EmbeddedDynamoDb db;
  final WriteSession session;
  final BatchWriter<String> writer;

  /** How often each item was reported as written. */
  final Map<String, Integer> written = new TreeMap<>();

  /** How often each item was reported as deleted. */
  final Map<String, Integer> deleted = new TreeMap<>();

  /** Why each item was refused; both reasons if it is refused twice. */
  final Map<String, String> refused = new TreeMap<>();

  /** How often requests failed. */
  final Map<RequestFailure, Integer> failures = new HashMap<>();

  int unprocessed;

  /** Called for each item that is reported as written. */
  Runnable whenWritten = () -> {};

  private TestWriter(EmbeddedDynamoDb db, WriteSpec spec) {
    this.db = db;
    this.session = sessionOf(spec);
    this.writer = new BatchWriter<>(session, this);
  }

  static WriteSession sessionOf(WriteSpec spec) {
    return WriteSession.enter(spec, PipelineOptionsFactory.as(AwsOptions.class));
  }

  static TestWriter of(EndpointSettings settings) {
    return of(settings, RetryWindow.RETRY_FOR);
  }

  static TestWriter of(EndpointSettings settings, Duration retryFor) {
    return of(settings, retryFor, TestTable.KEY);
  }

  static TestWriter of(EndpointSettings settings, Duration retryFor, KeySchema key) {
    EmbeddedDynamoDb db = EmbeddedDynamoDb.start(settings);
    WriteSpec spec = TestTable.spec(db, key);
    spec.setRetryFor(retryFor);
    return new TestWriter(db, spec);
  }

  void put(SourcedItem item) throws IOException, InterruptedException {
    writer.put(item, TestTable.idOf(item));
  }

  void delete(SourcedItem key) throws IOException, InterruptedException {
    writer.delete(key, TestTable.idOf(key));
  }

  /** Puts all items, in this order, and waits until they are written or refused. */
  void write(List<SourcedItem> items) throws IOException, InterruptedException {
    for (SourcedItem item : items) {
      put(item);
    }
    writer.finish();
  }

  /** Waits until the condition holds; returns false when that takes too long. */
  public static boolean soon(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 3000; i++) {
      if (condition.getAsBoolean()) {
        return true;
      }
      Thread.sleep(10);
    }
    return false;
  }

  @Override
  public void done(WriteAction action, SourcedItem item, String context) {
    (action == WriteAction.PUT ? written : deleted).merge(context, 1, Integer::sum);
    whenWritten.run();
  }

  @Override
  public void refused(WriteAction action, SourcedItem item, String context, String message) {
    refused.merge(context, message, (one, other) -> one + "; " + other);
  }

  @Override
  public void answered(int left, Map<String, Double> consumed) {
    unprocessed += left;
  }

  @Override
  public void failed(RequestFailure kind, RuntimeException why) {
    failures.merge(kind, 1, Integer::sum);
  }

  @Override
  public void close() {
    writer.cancel();
    session.leave();
    session.endIfUnused();
    db.close();
  }
}

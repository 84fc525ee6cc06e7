/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.bulk;

import io.sluice.localaws.dynamodb.bucket.Buckets;
import io.sluice.localaws.dynamodb.expression.Condition;
import io.sluice.localaws.dynamodb.expression.Expressions;
import io.sluice.localaws.dynamodb.expression.Names;
import io.sluice.localaws.dynamodb.format.InputRecord;
import io.sluice.localaws.dynamodb.format.RecordReader;
import io.sluice.localaws.dynamodb.job.Failure;
import io.sluice.localaws.dynamodb.operation.KeyPaths;
import io.sluice.localaws.dynamodb.store.ItemStore;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Does one bulk put. A record that is not valid ends its object, and others go on. */
final class BulkRun implements Runnable {

  private static final String ERROR = "ERROR";
  private static final String UNMET = "CONDITION_CHECK_FAILURE";

  private final BulkPut job;
  private final Buckets buckets;
  private final InstantSource clock;
  private final BulkReport report;
  private long written;
  private long failed;
  private long unmet;
  private long bytes;

  BulkRun(BulkPut job, Buckets buckets, InstantSource clock) {
    this.job = job;
    this.buckets = buckets;
    this.clock = clock;
    this.report = new BulkReport(job);
  }

  @Override
  public void run() {
    List<Throwable> causes = new ArrayList<>();
    attempt(this::putAll, causes);
    // Also after a failure: what was refused until then is known from nowhere else.
    attempt(() -> report.write(buckets, clock.instant()), causes);
    attempt(report::close, causes);
    job.end(clock.instant(), causes.stream().findFirst().map(Failure::of));
    causes.forEach(cause -> Failure.log(job.arn(), cause));
  }

  /** Is one of the steps of a bulk put. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /** Notes also errors: nobody else would learn of them, and the bulk put would never end. */
  private static void attempt(Step step, List<Throwable> causes) {
    try {
      step.run();
    } catch (Throwable e) {
      causes.add(e);
    }
  }

  private void putAll() throws IOException {
    // Asks whether there is a place for the report before anything is put.
    buckets.list(job.request().outputBucket(), job.folder());
    for (String key : buckets.list(job.request().inputBucket(), job.request().inputPrefix())) {
      if (job.isCancelled()) {
        return;
      }
      if (!job.request().isReport(key)) {
        read(key);
      }
    }
  }

  private void read(String key) throws IOException {
    long index = 0;
    try (InputStream object = buckets.read(job.request().inputBucket(), key);
        InputStream content = job.request().compression().open(object);
        RecordReader records = job.request().format().reader(content)) {
      Optional<InputRecord> record = job.isCancelled() ? Optional.empty() : records.next();
      while (record.isPresent() && put(record.get(), new BulkReport.Place(key, index))) {
        index++;
        record = job.isCancelled() ? Optional.empty() : records.next();
      }
    } catch (IOException e) {
      fail(new BulkReport.Place(key, index), String.valueOf(e.getMessage()), Optional.empty());
    }
  }

  /** Puts an item, unless its condition is not met; false if it is not valid. */
  private boolean put(InputRecord record, BulkReport.Place place) throws IOException {
    try {
      if (record.problem().isPresent()) {
        throw record.problem().get();
      }
      Optional<Map<String, Value>> existing = put(record);
      if (existing.isPresent()) {
        unmet++;
        report.add(
            UNMET,
            place,
            DynamoDbException.conditionalCheckFailed().getMessage(),
            Optional.of(record.item()),
            existing.filter(item -> !item.isEmpty()));
      } else {
        written++;
        bytes += Sizes.of(record.item());
      }
      count();
      return true;
    } catch (DynamoDbException e) {
      fail(
          place,
          e.getMessage(),
          record.problem().isPresent() ? Optional.empty() : Optional.of(record.item()));
      return false;
    }
  }

  private void fail(BulkReport.Place place, String message, Optional<Map<String, Value>> item)
      throws IOException {
    failed++;
    report.add(ERROR, place, message, item, Optional.empty());
    count();
  }

  private void count() {
    job.count(new BulkPut.Counts(written, failed, unmet, bytes));
  }

  /**
   * Puts an item.
   *
   * @return nothing if it is put; else what is in its place, which is empty if that is nothing
   */
  private Optional<Map<String, Value>> put(InputRecord record) {
    ItemStore store = job.table().store();
    if (record.condition().isEmpty()) {
      store.put(record.item());
      return Optional.empty();
    }
    Condition condition = parse(record.condition().get());
    store.rules().checkPut(record.item());
    AtomicReference<Map<String, Value>> existing = new AtomicReference<>();
    try {
      store.update(
          job.table().definition().key().keyOf(record.item()),
          current -> {
            if (!condition.test(current.orElse(Map.of()))) {
              existing.set(current.orElse(Map.of()));
              throw DynamoDbException.conditionalCheckFailed();
            }
            return Optional.of(record.item());
          });
    } catch (DynamoDbException e) {
      if (existing.get() == null) {
        throw e;
      }
    }
    return Optional.ofNullable(existing.get());
  }

  private Condition parse(InputRecord.Condition text) {
    Names names = Names.none();
    text.names().ifPresent(names::withNames);
    text.values().ifPresent(names::withValues);
    Condition condition = Expressions.condition("ConditionExpression", text.expression(), names);
    names.checkAllUsed();
    KeyPaths.check(job.table().definition(), condition.nestedAttributes());
    return condition;
  }
}

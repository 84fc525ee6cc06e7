/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.bulk;

import io.sluice.localaws.dynamodb.job.Failure;
import io.sluice.localaws.dynamodb.job.Job;
import io.sluice.localaws.dynamodb.job.JobIds;
import io.sluice.localaws.dynamodb.table.Table;
import java.time.Instant;
import java.util.Optional;

/** Holds a bulk put: what it was asked for, and how far it is. */
final class BulkPut implements Job {

  private final BulkRequest request;
  private final Table table;
  private final Instant started;
  private final String id;
  private final String arn;
  private volatile boolean cancelled;
  private volatile Counts counts = new Counts(0, 0, 0, 0);
  private volatile Optional<End> end = Optional.empty();

  /**
   * Counts what a bulk put has done.
   *
   * @param written items that were put
   * @param failed records that are no item of the table, and objects that end with an error
   * @param unmet records whose condition was not met
   * @param bytes of the items that were put, as the service measures them
   */
  record Counts(long written, long failed, long unmet, long bytes) {

    /** Counts all records. */
    long processed() {
      return written + failed + unmet;
    }
  }

  /**
   * Says how a bulk put ended.
   *
   * @param cancelled whether it was told to stop before that
   * @param failure why it failed, if it did
   */
  record End(Instant time, Counts counts, boolean cancelled, Optional<Failure> failure) {

    /** Names the status as answers do. */
    String status() {
      if (failure.isPresent()) {
        return "FAILED";
      }
      if (cancelled) {
        return "CANCELLED";
      }
      return counts.failed() > 0 ? "COMPLETED_WITH_ERRORS" : "COMPLETED";
    }
  }

  /** Makes a bulk put of the account that owns {@code table}. */
  BulkPut(BulkRequest request, Table table, Instant started) {
    this.request = request;
    this.table = table;
    this.started = started;
    this.id = JobIds.of(started);
    this.arn = table.arn().replaceFirst(":table/.*", ":bulk-operation/" + id);
  }

  BulkRequest request() {
    return request;
  }

  Table table() {
    return table;
  }

  @Override
  public String arn() {
    return arn;
  }

  @Override
  public Instant started() {
    return started;
  }

  @Override
  public String token() {
    return request.token();
  }

  @Override
  public Optional<Instant> tokenSince() {
    return Optional.of(started);
  }

  /** Gives the folder of the report, with its last slash. */
  String folder() {
    return request.outputFolder() + id + "/";
  }

  /** Has it stop before its next record; false if it has ended already. */
  synchronized boolean cancel() {
    if (end.isPresent()) {
      return false;
    }
    cancelled = true;
    return true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  Counts counts() {
    return counts;
  }

  void count(Counts newCounts) {
    counts = newCounts;
  }

  Optional<End> end() {
    return end;
  }

  synchronized void end(Instant time, Optional<Failure> failure) {
    end = Optional.of(new End(time, counts, cancelled, failure));
  }

  /**
   * Names the status as answers do.
   *
   * @param known the end that the rest of the answer is about
   */
  String status(Optional<End> known) {
    return known.map(End::status).orElse(cancelled ? "CANCELLING" : "IN_PROGRESS");
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.intake;

import io.sluice.localaws.dynamodb.job.Failure;
import io.sluice.localaws.dynamodb.job.Job;
import io.sluice.localaws.dynamodb.job.JobIds;
import io.sluice.localaws.dynamodb.table.Table;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds an import: what it was asked for, the table that it makes, and how it ended. As with the
 * service, answers have counts when it has ended.
 */
final class TableImport implements Job {

  private final ImportRequest request;
  private final Table table;
  private final String region;
  private final Instant started;
  private final String id;
  private volatile Optional<End> end = Optional.empty();

  /**
   * Says how an import ended.
   *
   * @param failure why it failed, if it did: with an ItemValidationError, what could be read is in
   *     the table all the same; with any other, there is no table
   */
  record End(Instant time, Counts counts, Optional<Failure> failure) {

    /** Names the status of an import as answers do. */
    static String status(Optional<End> end) {
      return end.map(ended -> ended.failure().isPresent() ? "FAILED" : "COMPLETED")
          .orElse("IN_PROGRESS");
    }
  }

  TableImport(ImportRequest request, Table table, String region, Instant started) {
    this.request = request;
    this.table = table;
    this.region = region;
    this.started = started;
    this.id = JobIds.of(started);
  }

  ImportRequest request() {
    return request;
  }

  Table table() {
    return table;
  }

  String region() {
    return region;
  }

  /** Gives the last part of the ARN, which names the streams of the log, too. */
  String id() {
    return id;
  }

  @Override
  public String arn() {
    return table.arn() + "/import/" + id;
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
    return end.map(End::time);
  }

  Optional<End> end() {
    return end;
  }

  void end(End how) {
    end = Optional.of(how);
  }
}

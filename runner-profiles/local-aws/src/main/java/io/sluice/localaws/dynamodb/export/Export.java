/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.export;

import io.sluice.localaws.dynamodb.job.Failure;
import io.sluice.localaws.dynamodb.job.Job;
import io.sluice.localaws.dynamodb.job.JobIds;
import io.sluice.localaws.dynamodb.table.Table;
import java.time.Instant;
import java.util.Optional;

/** Holds an export: what it was asked for, and how far it is. */
final class Export implements Job {

  private final ExportRequest request;
  private final Table table;
  private final Instant started;
  private final String id;
  private volatile Optional<End> end = Optional.empty();

  /**
   * Says how an export ended.
   *
   * @param done what was written, unless it failed
   * @param failure why it failed, if it did
   */
  record End(Instant time, Optional<Done> done, Optional<Failure> failure) {

    /** Names the status of an export as answers do. */
    static String status(Optional<End> end) {
      return end.map(ended -> ended.failure().isPresent() ? "FAILED" : "COMPLETED")
          .orElse("IN_PROGRESS");
    }
  }

  /**
   * Says what an export has written.
   *
   * @param manifest the key of the manifest's summary
   * @param bytes what is billed for
   */
  record Done(String manifest, long items, long bytes) {}

  Export(ExportRequest request, Table table, Instant started) {
    this.request = request;
    this.table = table;
    this.started = started;
    this.id = JobIds.of(started);
  }

  ExportRequest request() {
    return request;
  }

  Table table() {
    return table;
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

  @Override
  public String arn() {
    return table.arn() + "/export/" + id;
  }

  /** Gives the folder of this export, with its last slash. */
  String folder() {
    return request.folder() + id + "/";
  }

  Optional<End> end() {
    return end;
  }

  void complete(Instant time, Done done) {
    end = Optional.of(new End(time, Optional.of(done), Optional.empty()));
  }

  void fail(Instant time, Failure failure) {
    end = Optional.of(new End(time, Optional.empty(), Optional.of(failure)));
  }
}

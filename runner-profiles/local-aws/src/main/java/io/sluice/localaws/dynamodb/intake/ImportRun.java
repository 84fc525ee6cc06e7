/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.intake;

import com.google.common.io.CountingInputStream;
import io.sluice.localaws.dynamodb.bucket.Buckets;
import io.sluice.localaws.dynamodb.format.InputRecord;
import io.sluice.localaws.dynamodb.format.RecordReader;
import io.sluice.localaws.dynamodb.job.Failure;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Does one import: puts the items of all objects into a table that nobody sees until the end.
 *
 * <p>Items with the same key replace each other in the order of objects and records, which the
 * service does not promise.
 */
final class ImportRun implements Runnable {

  private static final Failure INVALID =
      new Failure(
          "ItemValidationError",
          "Some of the items failed validation checks and were not imported. Please check "
              + "CloudWatch error logs for more details.");

  private final TableImport job;
  private final Tables tables;
  private final Buckets buckets;
  private final InstantSource clock;
  private final ErrorLog errorLog;
  private long bytes;
  private long imported;
  private long errors;

  ImportRun(TableImport job, Tables tables, Buckets buckets, InstantSource clock) {
    this.job = job;
    this.tables = tables;
    this.buckets = buckets;
    this.clock = clock;
    this.errorLog = new ErrorLog(job);
  }

  @Override
  public void run() {
    try {
      end(readAndPublish());
    } catch (Throwable e) {
      // Also errors: nobody else would learn of them, and the import would never end.
      drop(e);
      end(Optional.of(Failure.of(e)));
      Failure.log(job.arn(), e);
    }
  }

  /** Lets go of the items so far, which nobody could ever find. */
  private void drop(Throwable why) {
    try {
      job.table().store().drop();
    } catch (Throwable e) {
      why.addSuppressed(e);
    }
  }

  /**
   * Writes the log also after a failure: what was refused until then is known from nowhere else.
   */
  private Optional<Failure> readAndPublish() throws IOException {
    try {
      readAll();
    } catch (Throwable e) {
      writeErrorLog(e);
      throw e;
    }
    errorLog.write(buckets);
    return publish();
  }

  private void writeErrorLog(Throwable failure) {
    try {
      errorLog.write(buckets);
    } catch (Throwable e) {
      failure.addSuppressed(e);
    }
  }

  private void end(Optional<Failure> failure) {
    job.end(new TableImport.End(clock.instant(), new Counts(bytes, imported, errors), failure));
  }

  private void readAll() throws IOException {
    List<String> keys = buckets.list(job.request().bucket(), job.request().prefix());
    for (String key : keys) {
      if (!key.startsWith(ErrorLog.FOLDER)) {
        read(key);
      }
    }
  }

  private Optional<Failure> publish() {
    if (!tables.publish(job.table())) {
      return Optional.of(
          new Failure(
              "TableAlreadyExists", "Table already exists: " + job.table().definition().name()));
    }
    return errors > 0 ? Optional.of(INVALID) : Optional.empty();
  }

  /** Reads an object up to its end, or to the first record that is none. */
  private void read(String key) throws IOException {
    long index = 0;
    try (InputStream object = buckets.read(job.request().bucket(), key);
        CountingInputStream content =
            new CountingInputStream(job.request().compression().open(object));
        RecordReader records = job.request().reader(content, job.table().definition())) {
      try {
        for (Optional<InputRecord> record = records.next();
            record.isPresent();
            record = records.next()) {
          put(record.get(), key, index++);
        }
      } finally {
        bytes += content.getCount();
      }
    } catch (IOException e) {
      // The object is not compressed as the request says, or is no file of that format.
      refuse(key, index, String.valueOf(e.getMessage()));
    }
  }

  private void put(InputRecord record, String key, long index) throws IOException {
    if (record.problem().isPresent()) {
      refuse(key, index, record.problem().get().getMessage());
      return;
    }
    try {
      job.table().store().put(record.item());
      imported++;
    } catch (DynamoDbException e) {
      refuse(key, index, e.getMessage());
    }
  }

  private void refuse(String key, long index, String message) throws IOException {
    errors++;
    errorLog.add(key, index, message);
  }
}

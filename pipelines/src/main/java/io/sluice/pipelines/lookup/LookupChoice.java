/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import io.sluice.dynamodb.table.TableInfo;
import io.sluice.format.FileCompression;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.input.InputListing;
import io.sluice.source.InputFiles;
import java.io.IOException;
import java.util.Locale;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * Whether keys are read or the whole table is.
 *
 * @param scans whether the table is taken by one scan
 * @param text which it is, and why
 */
record LookupChoice(boolean scans, String text) {
  /** What each JVM may have to hold; as objects it is several times that. */
  private static final long MOST_BYTES = 32L << 20;

  private static final double BYTES_OF_UNIT = 4096;

  /** As large as a page: a segment costs a request, even if it is empty. */
  private static final long BYTES_OF_SEGMENT = 1L << 20;

  /**
   * Chooses what costs fewer read units. Keys cost at most as if all events named different ones;
   * how many do is not known before.
   *
   * @throws JobException when the beginning of the events cannot be read
   */
  static LookupChoice of(LookupPlan plan, TableInfo table, InputListing events) {
    if (plan.by() != LookupOptions.By.AUTO) {
      return new LookupChoice(plan.by() == LookupOptions.By.SCAN, plan.by().name());
    }
    if (table.items() == 0 || table.bytes() == 0) {
      return keys("DynamoDB has not counted the table yet");
    }
    if (table.bytes() > MOST_BYTES) {
      return keys("the table is too large to be held");
    }
    double unit = plan.consistentRead() ? 1 : 0.5;
    double scan = (Math.ceil(table.bytes() / BYTES_OF_UNIT) + segments(table) - 1) * unit;
    double each = Math.ceil((double) table.bytes() / table.items() / BYTES_OF_UNIT) * unit;
    double keys = Math.min(eventsIn(events, plan.source().compression()), table.items()) * each;
    String text =
        String.format(
            Locale.ROOT, "about %,.1f read units by a scan, up to %,.1f by keys", scan, keys);
    return scan <= keys ? new LookupChoice(true, "SCAN: " + text) : keys(text);
  }

  /** Returns into how many segments a table is divided, at most that many. */
  static int segments(TableInfo table) {
    return (int) (Math.min(table.bytes(), MOST_BYTES) / BYTES_OF_SEGMENT) + 1;
  }

  private static LookupChoice keys(String why) {
    return new LookupChoice(false, "KEYS: " + why);
  }

  /** Estimates the number of events by the length of the first ones. */
  private static double eventsIn(InputListing events, FileCompression compression) {
    try {
      for (MatchResult.Metadata file : events.files()) {
        byte[] head = InputFiles.head(file, compression);
        if (head.length > 0) {
          int lines = 1;
          for (int i = 0; i < head.length - 1; i++) {
            lines += head[i] == '\n' ? 1 : 0;
          }
          return (double) events.bytes() / head.length * lines;
        }
      }
      return 0;
    } catch (IOException e) {
      throw new JobException(UserMessages.oneLine(e), e);
    }
  }
}

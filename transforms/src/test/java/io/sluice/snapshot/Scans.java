/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.ItemPage;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.SourcedItem;
import io.sluice.sink.OutputFormat;
import io.sluice.sink.ScanTally;
import io.sluice.sink.WrittenFiles;
import io.sluice.snapshot.PublishSpec.Existing;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Scans of tables that never were, and the files that they were written to. */
final class Scans {
  static final KeySchema KEY = KeySchema.of(KeyAttribute.parse("id:S"));
  static final Instant START = Instant.parse("2026-01-31T23:26:00.123Z");
  static final long FIRST_PAGE = Instant.parse("2026-01-31T23:26:01Z").toEpochMilli();
  static final String SCHEMA =
      """
      {"type":"record","name":"Item","dynamodb.version":1,"fields":[{"name":"id","type":"string"}]}""";

  private Scans() {}

  static PublishSpec spec(SnapshotTarget target) {
    return new PublishSpec(
        target,
        OutputFormat.JSON,
        KEY,
        1,
        Existing.REFUSE,
        0,
        new TreeMap<>(Map.of("filter", "a < b")),
        null,
        null);
  }

  /** A page of one segment, a second behind the one before it; each item takes half a unit. */
  static ScanTally page(int number, boolean last, int items) {
    List<SourcedItem> list = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      list.add(
          SourcedItem.of(Origin.UNKNOWN, Map.of("id", AttributeValue.fromS(number + "-" + i))));
    }
    ScanTally tally = new ScanTally();
    long at = FIRST_PAGE + 1000L * number;
    tally.add(ItemPage.of(new ItemPage.Mark(0, 7, number, last, items, items / 2.0, at), list));
    return tally;
  }

  /** Stages the file {@code part-<name>} and tells of it. */
  static WrittenFiles.File stage(SnapshotTarget target, String name, String text, int items)
      throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    Folder.of(target.staging()).write("part-" + name, bytes, "text/plain");
    return new WrittenFiles.File(
        target.staging() + "part-" + name, items, bytes.length, md5(bytes));
  }

  /** Two files of three items, in two pages. */
  static WrittenFiles twoFiles(SnapshotTarget target) throws IOException {
    ScanTally scan = page(0, false, 2);
    scan.add(page(1, true, 1));
    String run = target.run().id();
    return new WrittenFiles(
        List.of(
            stage(target, "b.json", "one of " + run + "\n", 1),
            stage(target, "a.json", "two of " + run + "\nand another\n", 2)),
        scan);
  }

  static String md5(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

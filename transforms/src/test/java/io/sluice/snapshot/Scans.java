/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.format.registry.FileFormat;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ScanCompleteness;
import io.sluice.sink.WrittenFiles;
import io.sluice.snapshot.publish.PublishSpec;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Scans of tables that do not exist, and the files to which they were written. */
public final class Scans {
  public static final KeySchema KEY = KeySchema.of(KeyAttribute.parse("id:S"));
  public static final Instant START = Instant.parse("2026-01-31T23:26:00.123Z");
  static final long FIRST_PAGE = Instant.parse("2026-01-31T23:26:01Z").toEpochMilli();
  public static final String SCHEMA =
      """
      {"type":"record","name":"Item","dynamodb.version":1,"fields":[{"name":"id","type":"string"}]}""";

  private Scans() {}

  public static PublishSpec spec(SnapshotTarget target) {
    return spec(target, FileFormat.JSON);
  }

  /** Returns the settings for files of another format. */
  public static PublishSpec spec(SnapshotTarget target, FileFormat format) {
    return new PublishSpec(target, format, KEY, 1).withOptions(Map.of("filter", "a < b"));
  }

  /**
   * Returns a page of the only segment, a second after the one before; each item takes half a unit.
   */
  public static ScanCompleteness page(int number, boolean last, int items) {
    List<SourcedItem> list = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      list.add(
          SourcedItem.of(Origin.UNKNOWN, Map.of("id", AttributeValue.fromS(number + "-" + i))));
    }
    ScanCompleteness tally = new ScanCompleteness();
    long at = FIRST_PAGE + 1000L * number;
    tally.add(ItemPage.of(new ItemPage.Mark(0, 7, number, last, items, items / 2.0, at), list));
    return tally;
  }

  /** Stages the file {@code part-<name>} and returns it. */
  public static WrittenFiles.File stage(SnapshotTarget target, String name, String text, int items)
      throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    Folder.of(target.staging()).write("part-" + name, bytes, "text/plain");
    return new WrittenFiles.File(
        target.staging() + "part-" + name, items, bytes.length, md5(bytes));
  }

  /** Returns two files of three items, in two pages. */
  public static WrittenFiles twoFiles(SnapshotTarget target) throws IOException {
    ScanCompleteness scan = page(0, false, 2);
    scan.add(page(1, true, 1));
    String run = target.run().id();
    return new WrittenFiles(
        List.of(
            stage(target, "b.json", "one of " + run + "\n", 1),
            stage(target, "a.json", "two of " + run + "\nand another\n", 2)),
        scan);
  }

  public static String md5(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stages files with other names, and a manifest as long as that of {@link #twoFiles}. */
  public static WrittenFiles twoOthers(SnapshotTarget target) throws IOException {
    WrittenFiles like = twoFiles(target);
    String run = target.run().id();
    return new WrittenFiles(
        List.of(
            stage(target, "y.json", "ein of " + run + "\n", 1),
            stage(target, "x.json", "duo of " + run + "\nand another\n", 2)),
        like.scan());
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A made-up CSV file of many small records, and what must become of each of them: counted here,
 * when it is written. The import needs {@link #COLUMNS} for it, and a table with the key {@code
 * id:S}.
 */
final class Records {
  static final String COLUMNS = "--columns=n:N";

  /** In each record that is rejected, and in no message. */
  static final String SECRET = "Vb64SecretContent";

  private static final int BLANK_EVERY = 5_000;
  private static final int REPEATED_EVERY = 400;
  private static final int WRONG_EVERY = 1_000;
  private static final int POISONED_EVERY = 5_000;

  /** What the reader or the check refuses: the reason, and a record. */
  private static final List<Map.Entry<String, String>> WRONG =
      List.of(
          Map.entry("FIELD_COUNT", "wrong-%d,1," + SECRET),
          Map.entry("NOT_OF_TYPE", "wrong-%d," + SECRET + ",,"),
          Map.entry("NUMBER_RANGE", "wrong-%d,1e200," + SECRET + ","),
          Map.entry("KEY_MISSING", ",%d," + SECRET + ","),
          Map.entry("KEY_TOO_LONG", SECRET + "%d" + "k".repeat(2_048) + ",1,,"),
          // The item of this key is another one, which the beginning of the file has.
          Map.entry("DUPLICATE_KEY", "id-0,%d," + SECRET + ","));

  private final Path file;
  private final Map<String, Long> rejections = new TreeMap<>();
  private long read;
  private long skipped;
  private long duplicates;
  private long items;

  private Records(Path file) {
    this.file = file;
  }

  /**
   * Writes a file of so many records or a few more.
   *
   * @param poisoned whether some of them are such that only DynamoDB, as it is told to, refuses
   *     them
   */
  static Records write(Path file, int count, boolean poisoned) {
    Records records = new Records(file);
    try (Writer csv = Files.newBufferedWriter(file)) {
      csv.write("id,n,note,poison\n");
      for (int i = 0; i < count; i++) {
        records.write(csv, i, poisoned);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }

  private void write(Writer csv, int i, boolean poisoned) throws IOException {
    if (i % WRONG_EVERY == WRONG_EVERY - 1) {
      Map.Entry<String, String> wrong = WRONG.get(i / WRONG_EVERY % WRONG.size());
      csv.write(wrong.getValue().formatted(i) + "\n");
      rejections.merge(wrong.getKey(), 1L, Long::sum);
    } else if (poisoned && i % POISONED_EVERY == POISONED_EVERY / 2) {
      csv.write("poisoned-" + i + "," + i + ",," + SECRET + "\n");
      rejections.merge("REFUSED", 1L, Long::sum);
    } else {
      String record = "id-" + i + "," + i % 1_000 + ",note of " + i + ",\n";
      csv.write(record);
      items++;
      if (i % REPEATED_EVERY == 1) {
        csv.write(record);
        read++;
        duplicates++;
      }
    }
    read++;
    if (i % BLANK_EVERY == 0) {
      csv.write("\n");
      read++;
      skipped++;
    }
  }

  Path file() {
    return file;
  }

  long read() {
    return read;
  }

  long skipped() {
    return skipped;
  }

  long duplicates() {
    return duplicates;
  }

  /** How many items must be in the table. */
  long items() {
    return items;
  }

  /** How many records must be rejected, by reason. */
  Map<String, Long> rejections() {
    return rejections;
  }
}

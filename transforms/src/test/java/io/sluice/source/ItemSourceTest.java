/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.Format;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.format.text.TextFormat;
import io.sluice.item.page.Buckets;
import io.sluice.source.slice.ReadPage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.SourceTestUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemSourceTest {
  private static final PipelineOptions OPTIONS = PipelineOptionsFactory.create();
  private static final Format TEXT = new TextFormat("line", 0);

  @TempDir Path folder;

  private ItemSource source(Format format, long minSplitBytes) {
    return ItemSource.of(
        FileSelection.matching(List.of(folder + "/*")),
        new SliceReader.Recipe(format, KeyFrom.RECORD, null, List.of()),
        Buckets.ONE,
        minSplitBytes);
  }

  /** Returns distinct lines of different lengths. */
  private static List<String> lines(String prefix, int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(prefix + i + "x".repeat(i % 7));
    }
    return lines;
  }

  private Path write(String name, List<String> lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  private static List<String> read(BoundedSource<ReadPage> source) throws IOException {
    return SourceItems.of(source).stream().map(item -> item.item().get("line").s()).toList();
  }

  private static List<String> read(List<ItemSource> splits) throws IOException {
    List<String> lines = new ArrayList<>();
    for (ItemSource split : splits) {
      lines.addAll(read(split));
    }
    return lines;
  }

  @Test
  void everyRecordOnceWhateverTheSplit() throws Exception {
    List<String> all = lines("a", 300);
    write("a.txt", all);
    List<String> b = lines("b", 50);
    write("b.txt", b);
    all.addAll(b);
    assertThat(read(source(TEXT, 1)), equalTo(all));
    for (long size : new long[] {4, 5, 7, 10, 64, 100, 1000, 1 << 20}) {
      ItemSource source = source(TEXT, 4);
      List<ItemSource> splits = source.split(size, OPTIONS);
      assertThat(read(splits), equalTo(all));
      for (ItemSource split : splits) {
        assertThat(split.getEstimatedSizeBytes(OPTIONS), lessThanOrEqualTo(size));
      }
    }
  }

  @Test
  void everyRecordOnceWithManyThreads() throws Exception {
    List<String> all = lines("a", 3000);
    write("a.txt", all);
    for (int i = 1; i < 20; i++) {
      List<String> more = lines("b" + i + "-", i);
      write("b" + i + ".txt", more);
      all.addAll(more);
    }
    for (int threads : new int[] {2, 3, 16}) {
      List<ItemSource> splits = source(TEXT, 64).withThreads(threads).split(10, OPTIONS);
      assertThat("the threads are those of one reader", splits, hasSize(1));
      assertThat(read(splits), containsInAnyOrder(all.toArray()));
    }
  }

  @Test
  void aReaderOfManyThreadsDoesNotHaveAllOfALargeInput() throws Exception {
    write("a.txt", Collections.nCopies(40, "x".repeat(1 << 20)));
    List<ItemSource> splits = source(TEXT, 64).withThreads(2).split(10, OPTIONS);
    assertThat(splits, hasSize(2));
    for (ItemSource split : splits) {
      assertThat(
          split.getEstimatedSizeBytes(OPTIONS), lessThanOrEqualTo(2 * ItemSource.MAX_SPLIT_BYTES));
    }
  }

  @Test
  void aFileThatCannotBeReadFailsTheReaderOfManyThreads() throws Exception {
    write("a.txt", lines("a", 3000));
    Path broken = write("b.txt", List.of("b"));
    ItemSource split = source(TEXT, 64).withThreads(4).split(10, OPTIONS).get(0);
    Files.delete(broken);
    IOException e = assertThrows(IOException.class, () -> read(split));
    assertThat(e.getMessage(), containsString("b.txt"));
  }

  @Test
  void closingTheReaderEndsItsThreads() throws Exception {
    // Each rejection is a result of its own, and these are more than may wait.
    write("a.json", Collections.nCopies(3000, "x"));
    ItemSource split =
        source(new DynamoDbJsonFormat(), 64).withThreads(4).split(10, OPTIONS).get(0);
    try (BoundedSource.BoundedReader<ReadPage> reader = split.createReader(OPTIONS)) {
      assertThat(reader.start(), is(true));
      assertThat(reading(), not(empty()));
    }
    for (Thread thread : reading()) {
      thread.join();
    }
  }

  private static List<Thread> reading() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("sluice-read-"))
        .toList();
  }

  @Test
  void aLargeFileIsCut() throws Exception {
    Path file = write("a.txt", lines("a", 1000));
    long size = Files.size(file);
    List<ItemSource> splits = source(TEXT, 100).split(500, OPTIONS);
    assertThat(splits, hasSize((int) ((size + 499) / 500)));
    assertThat(
        "no split is smaller than the least size",
        source(TEXT, 1000).split(1, OPTIONS),
        hasSize((int) ((size + 999) / 1000)));
  }

  @Test
  void noSplitIsLargerThanTheGreatestSize() throws Exception {
    byte[] line = "x".repeat(1023).concat("\n").getBytes(UTF_8);
    try (OutputStream out = Files.newOutputStream(folder.resolve("a.txt"))) {
      for (int i = 0; i < 33 * 1024; i++) {
        out.write(line);
      }
    }
    List<ItemSource> splits = source(TEXT, ItemSource.MIN_SPLIT_BYTES).split(1L << 40, OPTIONS);
    assertThat(splits, hasSize(3));
    long records = 0;
    for (ItemSource split : splits) {
      try (BoundedSource.BoundedReader<ReadPage> reader = split.createReader(OPTIONS)) {
        for (boolean more = reader.start(); more; more = reader.advance()) {
          records += reader.getCurrent().items().count();
        }
      }
    }
    assertThat(records, is(33 * 1024L));
  }

  @Test
  void splitsGrowWithTheInput() {
    long gib = 1L << 30;
    assertThat(ItemSource.maxSplitBytes(0), is(16L << 20));
    assertThat(ItemSource.maxSplitBytes(64 * gib), is(16L << 20));
    assertThat(ItemSource.maxSplitBytes(512 * gib), is(128L << 20));
    assertThat(ItemSource.maxSplitBytes(16_384 * gib), is(256L << 20));
  }

  @Test
  void tinyFilesSharePages() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      write("%03d.txt".formatted(i), List.of("line " + i));
    }
    List<ReadPage> pages = SourceTestUtils.readFromSource(source(TEXT, 1 << 20), OPTIONS);
    assertThat(pages, hasSize(1));
    assertThat(pages.get(0).items().count(), is(1_000));
  }

  @Test
  void smallFilesAreReadTogether() throws Exception {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      List<String> lines = lines("f" + i + "-", 3);
      write("f%03d.txt".formatted(i), lines);
      all.addAll(lines);
    }
    Files.createFile(folder.resolve("g.txt"));
    List<ItemSource> splits = source(TEXT, 1 << 20).split(0, OPTIONS);
    assertThat(splits, hasSize(1));
    assertThat(read(splits), equalTo(all));
    assertThat(read(source(TEXT, 100).split(100, OPTIONS)), equalTo(all));
  }

  @Test
  void compressedFilesAreNotCut() throws Exception {
    List<String> all = lines("a", 5000);
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.txt.gz")))) {
      out.write((String.join("\n", all) + "\n").getBytes(UTF_8));
    }
    assertThat(Files.size(folder.resolve("a.txt.gz")), greaterThan(1000L));
    List<ItemSource> splits = source(TEXT, 100).split(100, OPTIONS);
    assertThat(splits, hasSize(1));
    assertThat(read(splits), equalTo(all));
  }

  @Test
  void whatHasRecordsOverSeveralLinesIsNotCut() throws Exception {
    Files.writeString(
        folder.resolve("a.json"),
        "[\n" + "{\"line\":{\"S\":\"x\"}},\n".repeat(99) + "{\"line\":{\"S\":\"x\"}}\n]");
    Files.writeString(folder.resolve("b.json"), "{\"line\":{\"S\":\"x\"}}\n".repeat(100));
    ItemSource source = source(new DynamoDbJsonFormat(), 100);
    List<ItemSource> splits = source.split(100, OPTIONS);
    assertThat("one of the document, many of the lines", splits, hasSize(1 + 19));
    assertThat(read(splits), hasSize(200));
    CsvFormat quoted =
        new CsvFormat(null, ',', CsvFormat.QuotedNewlines.ALLOWED, CsvValues.STRINGS);
    assertThat(source(quoted, 100).split(100, OPTIONS), hasSize(2));
  }

  @Test
  void theOriginNamesFileAndOffset() throws Exception {
    Path file = write("a.txt", List.of("ab", "cd", "ef"));
    List<String> origins = new ArrayList<>();
    for (ItemSource split : source(TEXT, 4).split(4, OPTIONS)) {
      SourceItems.of(split).forEach(item -> origins.add(item.origin().toString()));
    }
    assertThat(
        origins,
        containsInAnyOrder(file + " at offset 0", file + " at offset 3", file + " at offset 6"));
  }

  @Test
  void aReaderCanBeStartedByItself() throws Exception {
    write("a.txt", lines("a", 100));
    ItemSource source = source(TEXT, 64);
    SourceTestUtils.assertUnstartedReaderReadsSameAsItsSource(
        source.createReader(OPTIONS), OPTIONS);
    ItemSource split = source.split(64, OPTIONS).get(1);
    SourceTestUtils.assertUnstartedReaderReadsSameAsItsSource(split.createReader(OPTIONS), OPTIONS);
    assertThat("a split is not split again", split.split(1, OPTIONS), equalTo(List.of(split)));
  }

  @Test
  void behindTheEndThereIsNothing() throws Exception {
    write("a.txt", List.of("a"));
    try (BoundedSource.BoundedReader<ReadPage> reader = source(TEXT, 64).createReader(OPTIONS)) {
      assertThrows(NoSuchElementException.class, reader::getCurrent);
      assertThat(reader.start(), is(true));
      assertThat(reader.advance(), is(false));
      assertThat(reader.advance(), is(false));
      assertThrows(NoSuchElementException.class, reader::getCurrent);
      assertThat(reader.getFractionConsumed(), is(1.0));
    }
  }

  @Test
  void noFiles() throws IOException {
    ItemSource source = source(TEXT, 64);
    assertThrows(FileNotFoundException.class, () -> source.split(64, OPTIONS));
    assertThrows(FileNotFoundException.class, () -> source.getEstimatedSizeBytes(OPTIONS));
    Files.createFile(folder.resolve("empty.txt"));
    assertThat(read(source), empty());
    assertThat(read(source.split(64, OPTIONS)), empty());
  }

  @Test
  void travelsToWorkers() throws Exception {
    write("a.txt", lines("a", 100));
    for (ItemSource split : source(TEXT, 64).split(64, OPTIONS)) {
      assertThat(read(SerializableUtils.ensureSerializable(split)), equalTo(read(split)));
    }
  }
}

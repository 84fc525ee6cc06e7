/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.checkpoint.Checkpoints;
import io.sluice.dynamodb.write.TestWriter;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ItemPageCoder;
import io.sluice.item.page.ScanCompleteness;
import io.sluice.schema.InferredSchema;
import io.sluice.schema.InferredSchemaCoder;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.GeneratedItems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.BoundedSource.BoundedReader;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.util.CoderUtils;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scans that keep their pages, and go on behind them. */
@Timeout(120)
class ResumableScanTest {
  private static final int ITEMS = 40_000;
  private static final int SEGMENTS = 8;
  private static final int GROUPS = 2;

  /** The units of the largest page: 1 MB, and the rest of an item, at 8 KB each. */
  private static final double PAGE_UNITS = 129;

  @TempDir Path folder;
  private @Nullable List<String> ids;

  private final EmbeddedDynamoDb db =
      EmbeddedDynamoDb.start(
          TestTable.settings(TestTable.table().withWarm(4_000, 200_000))
              .withGenerated(new GeneratedItems(ITEMS, 1_000)));

  @AfterEach
  void close() {
    db.close();
  }

  private ScanSpec spec() {
    return TestScan.spec(
        db,
        spec -> {
          spec.segments = SEGMENTS;
          spec.infersSchema = true;
          spec.checkpoints = new Checkpoints(folder + "/scan/", "this run", GROUPS);
        });
  }

  /** Reads so many pages of a split, and then drops all that is in flight. */
  private static int readAndStop(ScanSource split, int most) throws IOException {
    int pages = 0;
    try (BoundedReader<ItemPage> reader = split.createReader(TestScan.OPTIONS)) {
      for (boolean more = reader.start(); more && pages < most; more = reader.advance()) {
        pages++;
      }
    }
    return pages;
  }

  /** Waits until there was none for a while: one may be on its way, or about to be sent. */
  private static void awaitNone(IntSupplier requests) throws InterruptedException {
    int[] times = {0};
    boolean isQuiet =
        TestWriter.soon(() -> (times[0] = requests.getAsInt() == 0 ? times[0] + 1 : 0) > 20);
    assertThat(isQuiet, is(true));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".pages")).sorted().toList();
    }
  }

  /** Returns the units of the pages that are kept. */
  private double keptUnits() throws Exception {
    double[] units = {0};
    for (int group = 0; group < GROUPS; group++) {
      spec().checkpoints().chain(group).read(kept -> units[0] += kept.page().mark().units());
    }
    return units[0];
  }

  private void mustBeWhole(List<ItemPage> pages) {
    ScanCompleteness tally = TestScan.tally(pages);
    assertThat(tally.problem(SEGMENTS), is(Optional.empty()));
    if (ids == null) {
      ids = TestTable.ids(db).stream().sorted().toList();
    }
    assertThat(TestScan.ids(pages).equals(ids), is(true));
  }

  @Test
  void aScanThatIsStoppedAgainAndAgainReadsNoMoreThanAPageOfEachSegmentTwice() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    db.setLatencyMillis(5);
    int stops = 0;
    for (; stops < 8; stops++) {
      List<ScanSource> splits = ScanSource.of(spec()).split(1, TestScan.OPTIONS);
      assertThat(splits.size(), is(GROUPS));
      for (ScanSource split : splits) {
        double lostBefore = db.books().readUnits() - keptUnits();
        readAndStop(split, random.nextInt(6));
        awaitNone(() -> db.books().requestsNow());
        double lost = db.books().readUnits() - keptUnits() - lostBefore;
        assertThat(
            "seed " + seed, lost, is(lessThanOrEqualTo(split.segments().size() * PAGE_UNITS)));
      }
    }
    List<ItemPage> pages = TestScan.pages(spec());
    mustBeWhole(pages);
    ScanCompleteness tally = TestScan.tally(pages);
    long takenOver = pages.stream().filter(ItemPage::isTakenOver).count();
    assertThat("seed " + seed, takenOver, is(greaterThan(0L)));
    double twice = db.books().readUnits() - tally.units();
    System.out.printf(
        "%d stops: %.0f of %.0f units twice, %d of %d pages taken over, %d files%n",
        stops, twice, tally.units(), takenOver, pages.size(), files().size());
    // And all of it once more, which reads nothing.
    double units = db.books().readUnits();
    List<ItemPage> again = TestScan.pages(spec());
    mustBeWhole(again);
    assertThat(again.stream().allMatch(ItemPage::isTakenOver), is(true));
    assertThat(TestScan.tally(again).time(), is(tally.time()));
    assertThat(db.books().readUnits(), is(units));
  }

  @Test
  void severalPagesAreKeptByOneFile() throws Exception {
    db.setLatencyMillis(20);
    List<ItemPage> pages = TestScan.pages(spec());
    mustBeWhole(pages);
    assertThat(files().size(), is(allOf(greaterThan(0), lessThan(pages.size() / 2 + GROUPS))));
  }

  @Test
  void oneReaderOfAllSegmentsGoesOnWhereSeveralWereStopped() throws Exception {
    for (ScanSource split : ScanSource.of(spec()).split(1, TestScan.OPTIONS)) {
      readAndStop(split, 8);
    }
    ScanSpec one = spec();
    one.oneReader = 16;
    one.spools = true;
    one.heapForPages = 0;
    List<ScanSource> splits = ScanSource.of(one).split(1, TestScan.OPTIONS);
    assertThat(splits.size(), is(1));
    List<ItemPage> pages = TestScan.pages(splits.get(0));
    mustBeWhole(pages);
    assertThat(pages.stream().filter(ItemPage::isTakenOver).count(), is(greaterThan(8L)));
  }

  @Test
  void theSchemaIsThatOfAllItemsAlsoOfThoseTakenOver() throws Exception {
    for (ScanSource split : ScanSource.of(spec()).split(1, TestScan.OPTIONS)) {
      readAndStop(split, 10);
    }
    InferredSchema expected = InferredSchema.of(TestScan.info(db).keySchema());
    InferredSchema told = InferredSchema.of(TestScan.info(db).keySchema());
    for (ItemPage page : TestScan.pages(spec())) {
      ItemPage there =
          CoderUtils.decodeFromByteArray(
              ItemPageCoder.of(), CoderUtils.encodeToByteArray(ItemPageCoder.of(), page));
      assertThat(there, is(page));
      there.forEach(expected::add);
      if (there.mark().last()) {
        told.merge(CoderUtils.decodeFromByteArray(InferredSchemaCoder.of(), there.summary()));
      }
    }
    assertThat(told, is(expected));
    assertThat(told.items(), is((long) ITEMS));
  }

  @Test
  void ofTwoScansAtOnceOneFailsAndTheRestIsExact() throws Exception {
    ScanSpec spec = spec();
    ScanSession session = ScanSession.enter(spec, TestScan.OPTIONS.as(AwsOptions.class));
    List<Integer> group = Segments.divided(SEGMENTS, GROUPS).get(0);
    try (PageFeed first = new PageFeed(session, group, 1, session::submit)) {
      first.next();
      // It reads no more, since nobody takes what it has.
      awaitNone(session.permits()::inFlight);
      mustBeWhole(TestScan.pages(spec()));
      IOException refused =
          assertThrows(
              IOException.class,
              () -> {
                while (first.next() != null) {
                  // Its pages end where the other has written.
                }
              });
      assertThat(
          refused.getMessage(),
          allOf(containsString("another start of this job scans too"), containsString(".pages")));
    } finally {
      session.leave();
      session.endIfUnused();
    }
    mustBeWhole(TestScan.pages(spec()));
  }

  @Test
  void aFileThatIsDamagedOrMissingIsRefusedByItsName() throws Exception {
    mustBeWhole(TestScan.pages(spec()));
    Path file = files().get(1);
    byte[] whole = Files.readAllBytes(file);
    byte[] damaged = whole.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(file, damaged);
    assertThat(
        assertThrows(IOException.class, () -> TestScan.pages(spec())).getMessage(),
        allOf(containsString(file + " has pages"), containsString("it is damaged")));
    for (int length : new int[] {0, 3, 20, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(
          assertThrows(IOException.class, () -> TestScan.pages(spec())).getMessage(),
          containsString(file + " has pages"));
    }
    Files.write(file, Files.readAllBytes(files().get(0)));
    assertThat(
        assertThrows(IOException.class, () -> TestScan.pages(spec())).getMessage(),
        containsString("it belongs to another place"));
    Files.delete(file);
    assertThat(
        assertThrows(IOException.class, () -> TestScan.pages(spec())).getMessage(),
        allOf(containsString(file + " has pages"), containsString("it is missing")));
    Files.write(file, whole);
    mustBeWhole(TestScan.pages(spec()));
  }

  @Test
  void withoutTheLastFilesTheirPagesAreScannedAgain() throws Exception {
    mustBeWhole(TestScan.pages(spec()));
    List<Path> all = files();
    Path last = all.get(all.size() - 1);
    Files.delete(last);
    List<ItemPage> pages = TestScan.pages(spec());
    mustBeWhole(pages);
    assertThat(pages.stream().filter(page -> !page.isTakenOver()).count(), is(greaterThan(0L)));
    try (Stream<Path> ofGroup = Files.list(last.getParent())) {
      for (Path file : ofGroup.toList()) {
        Files.delete(file);
      }
    }
    mustBeWhole(TestScan.pages(spec()));
  }

  @Test
  void anotherRunUsesNothing() throws Exception {
    mustBeWhole(TestScan.pages(spec()));
    ScanSpec other = spec();
    other.checkpoints = new Checkpoints(folder + "/scan/", "another run", GROUPS);
    assertThat(
        assertThrows(IOException.class, () -> TestScan.pages(other)).getMessage(),
        containsString("it belongs to another place"));
  }

  @Test
  void aStoppedReaderLeavesNoRequest() throws Exception {
    db.setLatencyMillis(20);
    for (ScanSource split : ScanSource.of(spec()).split(1, TestScan.OPTIONS)) {
      readAndStop(split, 2);
    }
    awaitNone(() -> db.books().requestsNow());
  }

  @Test
  void theGroupsAreDividedAlwaysInTheSameWay() {
    List<Integer> all = new ArrayList<>();
    List<List<Integer>> divided = Segments.divided(100, 13);
    divided.forEach(all::addAll);
    assertThat(divided, is(Segments.divided(100, 13)));
    assertThat(all.stream().sorted().toList(), is(Segments.mixed(100).stream().sorted().toList()));
    assertThat(Segments.groups(100, 2), is(13));
    assertThat(Segments.groups(6, 2), is(2));
    assertThat(Segments.groups(1, 4), is(1));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.sluice.capacity.Budget;
import io.sluice.dynamodb.TestTable;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ScanCompleteness;
import io.sluice.testing.Outcomes;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.Faults;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole scans in which many requests fail. */
@Timeout(180)
class ReadUnderFaultsTest {
  private static final int ITEMS = 3000;
  private static final int SEGMENTS = 40;

  /** Faults that take as long as a request may. */
  private static final Set<Fault> HANGING = EnumSet.of(Fault.HANG_BEFORE, Fault.HANG_AFTER);

  private static Set<Fault> ofReads() {
    Set<Fault> faults = EnumSet.allOf(Fault.class);
    faults.remove(Fault.UNPROCESSED);
    return faults;
  }

  /** Makes each fault hit this share of the pages, and at least one. */
  private static void spoil(EmbeddedDynamoDb db, double share) {
    Faults faults = Faults.none().of("Scan");
    for (Fault fault : ofReads()) {
      faults = faults.with(fault, HANGING.contains(fault) ? 0 : share);
    }
    db.setFaults(faults);
    ofReads().forEach(fault -> db.failNext(1, fault));
  }

  private static EmbeddedDynamoDb loaded(List<SourcedItem> items) {
    EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(
            // Pages of a small table are small, so there are more of them to fail.
            TestTable.settings(TestTable.table().withProvisioned(1000, 40)).withTrickleMillis(100));
    TestScan.load(db, items);
    return db;
  }

  @Test
  void eachItemComesOnceWhateverGoesWrong() {
    List<SourcedItem> items = TestScan.items(ITEMS);
    try (EmbeddedDynamoDb db = loaded(items)) {
      ScanSpec spec =
          TestScan.spec(
              db,
              s -> {
                s.segments = SEGMENTS;
                s.longestRequest = Duration.ofSeconds(2);
                // Rich enough not to wait, but with small pages.
                s.setBudget(Budget.ofRatio(1.5));
              });
      spoil(db, 0.04);
      TestPipeline pipeline = Outcomes.pipeline();
      PCollection<ItemPage> pages = pipeline.apply(Read.from(ScanSource.of(spec)));
      PAssert.that(
              pages.apply(
                  FlatMapElements.into(TypeDescriptor.of(SourcedItem.class)).via(ItemPage::items)))
          .containsInAnyOrder(items);
      PAssert.thatSingleton(TestScan.tally(pages))
          .satisfies(
              tally -> {
                assertThat(tally.problem(SEGMENTS), is(Optional.empty()));
                assertThat(tally.items(), is((long) ITEMS));
                assertThat(tally.evaluated(), is((long) ITEMS));
                return null;
              });
      pipeline.run().waitUntilFinish();
      ofReads()
          .forEach(fault -> assertThat(fault.name(), db.books().faults(fault), greaterThan(0L)));
    }
  }

  @Test
  void theBooksOfTheTableAgreeWithThePages() throws Exception {
    List<SourcedItem> items = TestScan.items(ITEMS);
    try (EmbeddedDynamoDb db = loaded(items)) {
      db.reset();
      TestScan.load(db, items);
      ScanSpec spec = TestScan.spec(db, s -> s.segments = SEGMENTS);
      List<ItemPage> pages = TestScan.pages(spec);
      ScanCompleteness tally = TestScan.tally(pages);
      assertThat(tally.problem(SEGMENTS), is(Optional.empty()));
      assertThat(TestScan.ids(pages), is(items.stream().map(TestTable::idOf).sorted().toList()));
      assertThat(db.books().itemsRead(), is((long) ITEMS));
      assertThat(db.books().readUnits(), is(tally.units()));
      assertThat(db.books().requests("Scan"), is((long) pages.size()));
    }
  }
}

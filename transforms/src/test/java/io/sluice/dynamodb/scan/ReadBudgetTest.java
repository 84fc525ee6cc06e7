/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.sluice.capacity.Budget;
import io.sluice.dynamodb.TestTable;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ScanCompleteness;
import io.sluice.testing.dynamodb.Books;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.Faults;
import io.sluice.testing.dynamodb.GeneratedItems;
import io.sluice.testing.dynamodb.Throughput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The rate at which a table is read, as the table sees it. A test of the throttle on virtual time
 * shows that the whole share is used, whatever the machine does meanwhile. The tests wait, each for
 * a table of its own, so they wait at the same time.
 */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class ReadBudgetTest {
  private static final int CAPACITY = 400;

  /** The seconds that a reader may save up while nothing is read. */
  private static final double SAVED_SECONDS = 5;

  /** The units of a whole page, which nobody knows beforehand. */
  private static final double PAGE_UNITS = 128;

  private static EndpointSettings settings(int capacity, int items, int bytes) {
    return TestTable.settings(TestTable.table().withProvisioned(10, capacity))
        .withGenerated(new GeneratedItems(items, bytes));
  }

  @Test
  void usesNoMoreThanItsShareOfTheCapacity() throws Exception {
    double allowed = CAPACITY * 0.5;
    EndpointSettings limited =
        settings(CAPACITY, 16_000, 1000)
            .withThroughput(
                Throughput.unlimited().withRead(CAPACITY).withBurstSeconds(SAVED_SECONDS));
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(limited)) {
      ScanSpec spec =
          TestScan.spec(
              db,
              s -> {
                s.segments = 4;
                s.setBudget(Budget.ofRatio(0.5));
              });
      long began = System.nanoTime();
      List<ItemPage> pages = TestScan.pages(spec);
      double seconds = (System.nanoTime() - began) / 1e9;
      Books books = db.books();
      assertThat(TestScan.tally(pages).problem(4), is(Optional.empty()));
      assertThat(books.itemsRead(), is(16_000L));
      // It begins with nothing saved; the last page may be a debt, and others may be larger than
      // estimated.
      assertThat(books.readUnits(), lessThanOrEqualTo(allowed * seconds + 2 * PAGE_UNITS));
      assertThat(books.throttled("Scan"), is(0L));
    }
  }

  @Test
  void ofASmallTablePagesAreSmall() throws Exception {
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(settings(20, 2000, 200))) {
      ScanSpec spec =
          TestScan.spec(
              db,
              s -> {
                s.segments = 2;
                s.setBudget(Budget.ofRatio(0.5));
              });
      List<ItemPage> pages = TestScan.pages(spec);
      assertThat(TestScan.tally(pages).items(), is(2000L));
      assertThat(
          "a second's units",
          pages.stream().map(p -> p.mark().units()).toList(),
          everyItem(lessThanOrEqualTo(11.0)));
      assertThat("and not much less", pages.size(), lessThan(12));
    }
  }

  @Test
  void aCapacityThatIsHalvedIsObeyed() throws Exception {
    int capacity = 2000;
    int items = 110_000;
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(settings(capacity, items, 1000))) {
      ScanSpec spec = TestScan.spec(db, s -> s.setBudget(Budget.ofRatio(0.5)));
      spec.segments = 2;
      ScanSession session = ScanSession.enter(spec, TestScan.OPTIONS.as(AwsOptions.class));
      try (PageFeed feed = new PageFeed(session, List.of(0, 1))) {
        ScanCompleteness tally = new ScanCompleteness();
        tally.add(feed.next());
        assertThat(session.throttle().usage().allowed(), is(1000.0));
        db.setProvisioned(10, capacity / 2);
        db.failNext(1, Fault.THROTTLED);
        while (session.throttle().usage().allowed() > 500) {
          tally.add(feed.next());
        }
        assertThat(session.throttle().usage().allowed(), is(500.0));
        db.reset();
        for (ItemPage page = feed.next(); page != null; page = feed.next()) {
          tally.add(page);
        }
        Books books = db.books();
        assertThat(tally.problem(2), is(Optional.empty()));
        assertThat(tally.items(), is((long) items));
        // Two pages were in flight, one may be a debt.
        assertThat(
            books.readUnits(),
            lessThanOrEqualTo(500 * (books.seconds() + SAVED_SECONDS) + 3 * PAGE_UNITS));
      } finally {
        session.leave();
        session.endIfUnused();
      }
    }
  }

  @Test
  void aTableThatIsSmallerThanItSaysSlowsTheReadersDown() throws Exception {
    EndpointSettings smaller =
        settings(CAPACITY, 8000, 1000).withThroughput(Throughput.unlimited().withRead(60));
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(smaller)) {
      ScanSpec spec = TestScan.spec(db, s -> s.setBudget(Budget.ofRatio(0.5)));
      spec.segments = 8;
      List<ItemPage> pages = TestScan.pages(spec);
      assertThat(TestScan.tally(pages).problem(8), is(Optional.empty()));
      assertThat(TestScan.tally(pages).items(), is(8000L));
      assertThat(db.books().throttled("Scan"), greaterThan(0L));
    }
  }

  @Test
  void waitingForASlowBudgetIsNoFailing() throws Exception {
    // At one unit a second, with an item that takes six, each attempt comes 6 s after the one
    // before; the attempt and its pause take a fraction of the time for which it may keep failing.
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(settings(2, 1, 48_000))) {
      ScanSpec spec =
          TestScan.spec(
              db,
              s -> {
                s.segments = 1;
                s.setBudget(Budget.ofRatio(0.5));
                s.setRetryFor(Duration.ofSeconds(5));
              });
      db.setFaults(Faults.none().of("Scan"));
      db.failNext(2, Fault.INTERNAL_ERROR);
      List<ItemPage> pages = TestScan.pages(spec);
      assertThat(TestScan.tally(pages).problem(1), is(Optional.empty()));
      assertThat(db.books().faults(Fault.INTERNAL_ERROR), is(2L));
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.sluice.capacity.Budget;
import io.sluice.item.ItemPage;
import io.sluice.testing.endpoint.Books;
import io.sluice.testing.endpoint.EndpointSettings;
import io.sluice.testing.endpoint.Fault;
import io.sluice.testing.endpoint.Faults;
import io.sluice.testing.endpoint.GeneratedItems;
import io.sluice.testing.endpoint.SimulatedDynamoDb;
import io.sluice.testing.endpoint.Throughput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rate at which a table is read, as the table sees it. */
@Timeout(120)
class ReadBudgetTest {
  private static final int CAPACITY = 400;

  /** Before these the rate is not steady. */
  private static final int FIRST_SECONDS = 2;

  private static EndpointSettings settings(int capacity, int items, int bytes) {
    return TestTable.settings(TestTable.table().withProvisioned(10, capacity))
        .withGenerated(new GeneratedItems(items, bytes));
  }

  /** Units a second from the first that was used to the last, but without these two. */
  private static double steadyUnits(Books books) {
    List<Double> seconds = books.readUnitsPerSecond();
    int first = 0;
    while (seconds.get(first) == 0) {
      first++;
    }
    int last = seconds.size() - 1;
    while (seconds.get(last) == 0) {
      last--;
    }
    return seconds.subList(first + FIRST_SECONDS, last).stream()
        .mapToDouble(units -> units)
        .average()
        .orElseThrow();
  }

  @Test
  void usesItsShareOfTheCapacityAndNoMore() throws Exception {
    double allowed = CAPACITY * 0.5;
    EndpointSettings limited =
        settings(CAPACITY, 16_000, 1000)
            .withThroughput(Throughput.unlimited().withRead(CAPACITY).withBurstSeconds(3));
    try (SimulatedDynamoDb db = SimulatedDynamoDb.start(limited)) {
      ScanSpec spec =
          TestScan.spec(
              db,
              s -> {
                s.segments = 4;
                s.budget = Budget.ofRatio(0.5);
              });
      List<ItemPage> pages = TestScan.pages(spec);
      Books books = db.books();
      assertThat(TestScan.tally(pages).problem(4), is(Optional.empty()));
      assertThat(books.itemsRead(), is(16_000L));
      // Wide, for a machine with other work.
      assertThat(steadyUnits(books), allOf(greaterThan(0.2 * allowed), lessThan(1.5 * allowed)));
      assertThat(books.throttled("Scan"), is(0L));
    }
  }

  @Test
  void ofASmallTablePagesAreSmall() throws Exception {
    try (SimulatedDynamoDb db = SimulatedDynamoDb.start(settings(20, 2000, 200))) {
      ScanSpec spec =
          TestScan.spec(
              db,
              s -> {
                s.segments = 2;
                s.budget = Budget.ofRatio(0.5);
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
    try (SimulatedDynamoDb db = SimulatedDynamoDb.start(settings(CAPACITY, 20_000, 1000))) {
      ScanSpec spec = TestScan.spec(db, s -> s.budget = Budget.ofRatio(0.5));
      spec.segments = 8;
      ScanSession session = ScanSession.enter(spec, TestScan.OPTIONS.as(AwsOptions.class));
      try (PageFeed feed = new PageFeed(session, IntStream.range(0, 8).boxed().toList())) {
        List<ItemPage> pages = new ArrayList<>();
        pages.add(feed.next());
        assertThat(session.throttle().usage().allowed(), is(200.0));
        db.setProvisioned(10, CAPACITY / 2);
        db.failNext(1, Fault.THROTTLED);
        while (session.throttle().usage().allowed() > 100) {
          pages.add(feed.next());
        }
        assertThat(session.throttle().usage().allowed(), is(100.0));
        db.reset();
        for (ItemPage page = feed.next(); page != null; page = feed.next()) {
          pages.add(page);
        }
        assertThat(TestScan.tally(pages).problem(8), is(Optional.empty()));
        assertThat(TestScan.tally(pages).items(), is(20_000L));
        assertThat(steadyUnits(db.books()), allOf(greaterThan(20.0), lessThan(150.0)));
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
    try (SimulatedDynamoDb db = SimulatedDynamoDb.start(smaller)) {
      ScanSpec spec = TestScan.spec(db, s -> s.budget = Budget.ofRatio(0.5));
      spec.segments = 8;
      List<ItemPage> pages = TestScan.pages(spec);
      assertThat(TestScan.tally(pages).problem(8), is(Optional.empty()));
      assertThat(TestScan.tally(pages).items(), is(8000L));
      assertThat(db.books().throttled("Scan"), greaterThan(0L));
    }
  }

  @Test
  void waitingForASlowBudgetIsNoFailing() throws Exception {
    // A unit a second, and an item that takes three: so each attempt is 3 s after the one before.
    try (SimulatedDynamoDb db = SimulatedDynamoDb.start(settings(2, 1, 24_000))) {
      ScanSpec spec =
          TestScan.spec(
              db,
              s -> {
                s.segments = 1;
                s.budget = Budget.ofRatio(0.5);
                s.retryFor = Duration.ofSeconds(2);
              });
      db.setFaults(Faults.none().of("Scan"));
      db.failNext(2, Fault.INTERNAL_ERROR);
      List<ItemPage> pages = TestScan.pages(spec);
      assertThat(TestScan.tally(pages).problem(1), is(Optional.empty()));
      assertThat(db.books().faults(Fault.INTERNAL_ERROR), is(2L));
    }
  }
}

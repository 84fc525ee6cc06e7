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
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.session.Progress;
import io.sluice.dynamodb.session.TableSession;
import io.sluice.dynamodb.write.TestWriter;
import io.sluice.item.page.ItemPage;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.GeneratedItems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.BoundedSource.BoundedReader;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers of segments, and what slows them down or ends them. */
@Timeout(60)
class PageFeedTest {
  private static final int SEGMENTS = 8;
  private static final int ITEMS = 80_000;
  private static final List<Integer> ALL = IntStream.range(0, SEGMENTS).boxed().toList();

  private final EmbeddedDynamoDb db =
      EmbeddedDynamoDb.start(
          TestTable.settings(TestTable.table().withWarm(4_000, 200_000))
              .withGenerated(new GeneratedItems(ITEMS, 500)));
  private final ScanSpec spec = TestScan.spec(db, s -> s.segments = SEGMENTS);
  private final ScanSession session =
      ScanSession.enter(spec, TestScan.OPTIONS.as(AwsOptions.class));

  @AfterEach
  void close() {
    session.leave();
    session.endIfUnused();
    db.close();
  }

  private static List<ItemPage> rest(PageFeed feed) throws Exception {
    List<ItemPage> pages = new ArrayList<>();
    for (ItemPage page = feed.next(); page != null; page = feed.next()) {
      pages.add(page);
    }
    return pages;
  }

  @Test
  void aTakerThatIsSlowHoldsTheReadersBack() throws Exception {
    try (PageFeed feed = new PageFeed(session, ALL, 1, session::submit)) {
      List<ItemPage> pages = new ArrayList<>();
      pages.add(feed.next());
      for (int taken = 1; taken < 5; taken++) {
        assertThat(TestWriter.soon(() -> session.permits().inFlight() == 0), is(true));
        // None is requested while one is waiting, except by threads that were past that check
        // already.
        assertThat(
            db.books().requests("Scan"), lessThanOrEqualTo((long) taken * SEGMENTS + SEGMENTS));
        pages.add(feed.next());
      }
      pages.addAll(rest(feed));
      assertThat(TestScan.tally(pages).problem(SEGMENTS), is(Optional.empty()));
      assertThat(TestScan.tally(pages).items(), is((long) ITEMS));
      assertThat(feed.ended(), is(SEGMENTS));
    }
  }

  @Test
  void severalSegmentsAreReadAtOnce() throws Exception {
    db.setLatencyMillis(50);
    try (PageFeed feed = new PageFeed(session, ALL)) {
      assertThat(TestScan.tally(rest(feed)).items(), is((long) ITEMS));
    }
    assertThat(db.books().requestsAtOnce(), greaterThan(SEGMENTS / 2));
  }

  @Test
  void aFeedThatIsClosedEndsItsRequests() throws Exception {
    // So that no segment ends before.
    db.setLatencyMillis(100);
    PageFeed feed = new PageFeed(session, ALL);
    feed.next();
    db.failNext(SEGMENTS, Fault.HANG_BEFORE);
    assertThat(TestWriter.soon(() -> db.books().requestsNow() == SEGMENTS), is(true));
    feed.close();
    assertThat(TestWriter.soon(() -> db.books().requestsNow() == 0), is(true));
    assertThat(TestWriter.soon(() -> session.permits().inFlight() == 0), is(true));
    try (PageFeed next = new PageFeed(session, ALL)) {
      assertThat("permits and grants are back", TestScan.tally(rest(next)).items(), is(80_000L));
    }
  }

  @Test
  void aClosedFeedGivesNoMorePagesAndNoEnd() throws Exception {
    PageFeed feed = new PageFeed(session, ALL, 1, session::submit);
    feed.next();
    feed.close();
    assertThat(
        assertThrows(IOException.class, feed::next).getMessage(), containsString("was closed"));
  }

  @Test
  void anInterruptOfWhatScansIsAnErrorAndNoEnd() throws Exception {
    List<Thread> scanning = new CopyOnWriteArrayList<>();
    PageFeed feed =
        new PageFeed(
            session,
            ALL,
            1,
            task ->
                session.submit(
                    () -> {
                      scanning.add(Thread.currentThread());
                      return task.call();
                    }));
    assertThat(TestWriter.soon(() -> scanning.size() == SEGMENTS), is(true));
    scanning.get(3).interrupt();
    for (Throwable t = assertThrows(IOException.class, () -> rest(feed));
        t != null;
        t = t.getCause()) {
      assertThat(t.getMessage(), is("The scan of the table " + spec.table() + " was interrupted"));
    }
    assertThat("the others end too", TestWriter.soon(() -> isIdle(scanning)), is(true));
  }

  /** Whether all of them wait for other tasks. */
  private static boolean isIdle(List<Thread> threads) {
    return threads.stream()
        .flatMap(thread -> Stream.of(thread.getStackTrace()))
        .noneMatch(frame -> frame.getClassName().equals(PageFeed.class.getName()));
  }

  @Test
  void aFeedThatCannotBeginLeavesNothingBehind() throws Exception {
    try (PageFeed before = new PageFeed(session, ALL)) {
      // The first request of a session goes through the SDK, where it is not aborted at once.
      rest(before);
    }
    db.failNext(2, Fault.HANG_BEFORE);
    AtomicInteger begun = new AtomicInteger();
    assertThrows(
        RejectedExecutionException.class,
        () ->
            new PageFeed(
                session,
                ALL,
                1,
                task -> {
                  if (begun.getAndIncrement() < 2) {
                    return session.submit(task);
                  }
                  awaitRequests(2);
                  throw new RejectedExecutionException();
                }));
    awaitRequests(0);
    assertThat(TestWriter.soon(() -> session.permits().inFlight() == 0), is(true));
  }

  private void awaitRequests(int count) {
    try {
      assertThat(TestWriter.soon(() -> db.books().requestsNow() == count), is(true));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aReaderThatCannotBeginLeavesTheSession() {
    assertThrows(
        NullPointerException.class,
        () ->
            ScanSource.Reading.begin(
                spec, Arrays.asList(0, null), TestScan.OPTIONS.as(AwsOptions.class)));
    assertThat("this test's own", session.workers(), is(1));
  }

  @Test
  void aReaderThatIsDroppedGivesItsShareBack() throws Exception {
    ScanSession used = dropReader();
    assertThat(
        TestWriter.soon(
            () -> {
              System.gc();
              return used.workers() == 0;
            }),
        is(true));
    assertThat(used.endIfUnused(), is(true));
  }

  /** In a method of its own, so that nothing on the stack holds the reader. */
  private ScanSession dropReader() throws Exception {
    BoundedReader<ItemPage> reader = ScanSource.of(spec).createReader(TestScan.OPTIONS);
    assertThat(reader.start(), is(true));
    ScanSession used =
        TableSession.openOnes().stream()
            .filter(open -> open != session && open.table().equals(spec.table()))
            .map(ScanSession.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(used.workers(), is(1));
    return used;
  }

  @Test
  void aReadingHasItsOwnAttempts() throws Exception {
    Set<Long> attempts = new HashSet<>();
    List<String> before = null;
    for (int i = 0; i < 2; i++) {
      List<ItemPage> pages = TestScan.pages(spec);
      assertThat(TestScan.tally(pages).problem(SEGMENTS), is(Optional.empty()));
      pages.forEach(page -> attempts.add(page.mark().attempt()));
      List<String> ids = TestScan.ids(pages);
      assertThat(before == null || before.equals(ids), is(true));
      before = ids;
    }
    assertThat(attempts.size(), is(2 * SEGMENTS));
  }

  @Test
  void theProgressTellsWhatWasRead() throws Exception {
    try (PageFeed feed = new PageFeed(session, ALL)) {
      rest(feed);
    }
    Progress.Moment moment =
        TableSession.moments(Progress.Kind.READ).stream()
            .filter(m -> m.table().equals(spec.table()))
            .findFirst()
            .orElseThrow();
    assertThat(moment.done(), is((long) ITEMS));
    assertThat(moment.inFlight(), is(0));
    assertThat(moment.usage().consumedTable(), is(db.books().readUnits()));
    assertThat(moment.since(moment), not(""));
    assertThat(moment.usage().allowed(), allOf(greaterThan(49_999.0), lessThanOrEqualTo(50_000.0)));
  }
}

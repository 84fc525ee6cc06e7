/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.session;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.capacity.Budget;
import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.write.TestWriter;
import io.sluice.dynamodb.write.WriteSession;
import io.sluice.dynamodb.write.WriteSpec;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The resources that the workers of a JVM share. */
class TableSessionTest {
  private static final AwsOptions OPTIONS = PipelineOptionsFactory.as(AwsOptions.class);

  private final EmbeddedDynamoDb db =
      EmbeddedDynamoDb.start(
          TestTable.settings(
              TestTable.table().withProvisioned(400, 10).withIndex("by-zone", "zone:S")));

  @AfterEach
  void close() {
    db.close();
  }

  private WriteSpec spec(Budget budget) {
    WriteSpec spec = TestTable.spec(db);
    spec.setBudget(budget);
    return spec;
  }

  private static void end(WriteSession session, int workers) {
    for (int i = 0; i < workers; i++) {
      session.leave();
    }
    assertThat("ended", session.endIfUnused(), is(true));
  }

  private static double allowed(WriteSession session) {
    return session.throttle().usage().allowed();
  }

  @Test
  void theWorkersOfAStepShareAThrottleAndPermits() {
    WriteSpec spec = spec(Budget.ofRatio(0.5));
    WriteSession one = WriteSession.enter(spec, OPTIONS);
    WriteSession other = WriteSession.enter(spec, OPTIONS);
    assertThat(other, is(sameInstance(one)));
    assertThat(one.workers(), is(2));
    assertThat(allowed(one), is(200.0));
    assertThat(db.books().requests("DescribeTable"), is(1L));
    end(one, 2);
  }

  @Test
  void stepsHaveTheirOwn() {
    WriteSession one = WriteSession.enter(spec(Budget.ofRatio(0.5)), OPTIONS);
    WriteSession other = WriteSession.enter(spec(Budget.ofRatio(0.25)), OPTIONS);
    assertThat(other, is(not(sameInstance(one))));
    assertThat(allowed(other), is(100.0));
    end(one, 1);
    end(other, 1);
  }

  @Test
  void eachWorkerBringsItsShareOfTheBudget() {
    WriteSpec spec = spec(Budget.ofRatio(0.5).withWorkers(4));
    WriteSession session = WriteSession.enter(spec, OPTIONS);
    assertThat(allowed(session), is(50.0));
    WriteSession.enter(spec, OPTIONS);
    assertThat(allowed(session), is(100.0));
    for (int i = 0; i < 4; i++) {
      WriteSession.enter(spec, OPTIONS);
    }
    assertThat("never more than all", allowed(session), is(200.0));
    for (int i = 0; i < 5; i++) {
      session.leave();
    }
    assertThat(allowed(session), is(50.0));
    end(session, 1);
  }

  @Test
  void aSessionStaysWhileItHasWorkers() {
    WriteSpec spec = spec(Budget.ofRatio(0.5));
    WriteSession session = WriteSession.enter(spec, OPTIONS);
    assertThat(session.endIfUnused(), is(false));
    session.leave();
    assertThat("for the next bundle", WriteSession.enter(spec, OPTIONS), is(sameInstance(session)));
    end(session, 1);
    WriteSession next = WriteSession.enter(spec, OPTIONS);
    assertThat(next, is(not(sameInstance(session))));
    end(next, 1);
  }

  /**
   * By then its endpoint may be gone, and the log would show a warning about a job that is over.
   */
  @Test
  void aTableThatNobodyUsesIsNotDescribedAgain() {
    WriteSession session = WriteSession.enter(spec(Budget.ofRatio(0.5)), OPTIONS);
    session.watch().describeAgain();
    assertThat(db.books().requests("DescribeTable"), is(2L));
    session.leave();
    session.watch().describeAgain();
    assertThat(db.books().requests("DescribeTable"), is(2L));
    end(session, 0);
  }

  @Test
  void aBatchTakesAtMostASecondsUnitsButThoseOfSmallItems() {
    WriteSession session = WriteSession.enter(spec(Budget.ofRatio(0.5)), OPTIONS);
    assertThat(session.unitsOfBatch(), is(200.0));
    end(session, 1);
    WriteSession slow = WriteSession.enter(spec(Budget.ofRatio(0.5).withWorkers(40)), OPTIONS);
    assertThat(allowed(slow), is(5.0));
    assertThat(slow.unitsOfBatch(), is(25.0));
    end(slow, 1);
  }

  @Test
  void passingFailuresAreRetriedWhenATableIsDescribed() {
    db.setFaults(Faults.none().of("DescribeTable"));
    db.failNext(3, Fault.THROTTLED);
    for (Fault fault : List.of(Fault.UNAVAILABLE, Fault.RESET_BEFORE, Fault.EXPIRED_TOKEN)) {
      db.failNext(1, fault);
    }
    WriteSession session = WriteSession.enter(spec(Budget.ofRatio(0.5)), OPTIONS);
    assertThat(allowed(session), is(200.0));
    assertThat(db.books().requests("DescribeTable"), is(7L));
    end(session, 1);
  }

  @Test
  void otherFailuresReachAllWhoWaitAndTheNextTriesAgain() throws Exception {
    WriteSpec spec = spec(Budget.ofRatio(0.5));
    // So that one request is enough, which is answered once all three wait.
    spec.setRetryFor(Duration.ofMillis(1));
    db.setLatencyMillis(4000);
    db.setFaults(Faults.none().of("DescribeTable"));
    db.failNext(100, Fault.INTERNAL_ERROR);
    List<Future<?>> workers = new ArrayList<>();
    List<Thread> waiting = new CopyOnWriteArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    for (int i = 0; i < 3; i++) {
      workers.add(
          threads.submit(
              () -> {
                waiting.add(Thread.currentThread());
                return WriteSession.enter(spec, OPTIONS);
              }));
    }
    assertThat(
        TestWriter.soon(() -> waiting.stream().filter(TableSessionTest::awaitsStart).count() == 3),
        is(true));
    for (Future<?> worker : workers) {
      assertThat(
          assertThrows(ExecutionException.class, worker::get).getCause().getMessage(),
          is("The table " + spec.table() + " cannot be described: InternalServerError (HTTP 500)"));
    }
    threads.shutdown();
    assertThat("for all of them", db.books().requests("DescribeTable"), is(1L));
    db.reset();
    db.setLatencyMillis(0);
    end(WriteSession.enter(spec, OPTIONS), 1);
  }

  private static boolean awaitsStart(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("awaitStart"));
  }

  @Test
  @Timeout(60)
  void aTableThatIsDescribedSlowlyKeepsNoOtherWaiting() throws Exception {
    try (EmbeddedDynamoDb slow = EmbeddedDynamoDb.start(TestTable.settings())) {
      slow.setFaults(Faults.none().of("DescribeTable"));
      slow.failNext(1, Fault.HANG_BEFORE);
      WriteSpec ofSlow = TestTable.spec(slow);
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread waiting =
          new Thread(
              () -> {
                try {
                  WriteSession.enter(ofSlow, OPTIONS);
                } catch (IllegalStateException e) {
                  end.set(e);
                }
              });
      waiting.start();
      assertThat(TestWriter.soon(() -> slow.books().requestsNow() == 1), is(true));
      end(WriteSession.enter(spec(Budget.ofRatio(0.5)), OPTIONS), 1);
      assertThat("nor was it answered meanwhile", slow.books().requestsNow(), is(1));
      waiting.interrupt();
      waiting.join();
      assertThat(end.get().getMessage(), containsString("interrupted while the table"));
      WriteSession session = WriteSession.enter(ofSlow, OPTIONS);
      assertThat("asked again by the one who asks for all", session.workers(), is(1));
      end(session, 1);
    }
  }
}

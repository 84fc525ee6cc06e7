/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;

import io.sluice.capacity.Budget;
import io.sluice.testing.endpoint.SimulatedDynamoDb;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the workers of a JVM share. */
class TableSessionTest {
  private static final AwsOptions OPTIONS = PipelineOptionsFactory.as(AwsOptions.class);

  private final SimulatedDynamoDb db =
      SimulatedDynamoDb.start(
          TestTable.settings(
              TestTable.table().withProvisioned(400, 10).withIndex("i", "zone:S", 1)));

  @AfterEach
  void close() {
    db.close();
  }

  private WriteSpec spec(Budget budget) {
    WriteSpec spec = TestTable.spec(db);
    spec.budget = budget;
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
  void theWorkersOfAStepShareAThrottleAndPlaces() {
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
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.sluice.testing.FlakyProxy;
import io.sluice.testing.FlakyProxy.Held;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nights of three tables: killed, failed, and run by two at once. */
@Timeout(1_200)
class NightIT {
  private static final String TARGET = "DynamoDB_20120810\\.";
  private static final String WRITE = TARGET + "BatchWriteItem";
  private static final String UPDATE = "UpdateTable";
  private static final String PUBLISH = "PUT \\S*/_SUCCESS ";

  @TempDir Path folder;

  /**
   * A moment at which a night is killed: when it sends a request of a kind. So many come whatever
   * was done before.
   *
   * @param least how many are let pass before, at least
   * @param most and at most
   */
  private record Moment(
      Function<ThreeTables, FlakyProxy> proxy, String request, int least, int most) {
    Held hold(ThreeTables night, Random random) {
      return proxy
          .apply(night)
          .hold(Pattern.compile(request), least + random.nextInt(most - least + 1));
    }
  }

  private static Moment s3(String request, int most) {
    return new Moment(night -> night.s3, request, 0, most);
  }

  private static Moment dynamodb(String request, int most) {
    return new Moment(night -> night.dynamodb, TARGET + request, 0, most);
  }

  private static Moment glue(String request, int most) {
    return new Moment(night -> night.glue, "AWSGlue\\." + request, 0, most);
  }

  /** Before the capacity is raised, and before it is put back. */
  private static final Moment RAISE = dynamodb(UPDATE, 0);

  private static final Moment PUT_BACK = new Moment(night -> night.dynamodb, TARGET + UPDATE, 1, 1);

  private static final List<Moment> BEFORE_ANY_IS_PUBLISHED =
      List.of(
          s3("PUT \\S*/lease/", 1),
          dynamodb("DescribeTable", 2),
          RAISE,
          PUT_BACK,
          dynamodb("BatchWriteItem", 2),
          s3("PUT \\S*/checkpoints/", 0),
          s3("PUT \\S*/events/", 2),
          dynamodb("Scan", 2),
          s3("PUT \\S*/scan/", 2),
          s3("PUT \\S*/_staging/\\S*/part-", 0),
          s3("PUT \\S*/_held", 0),
          s3("PUT \\S*/events/", 3));

  private static final List<Moment> FROM_THE_FIRST_ON =
      List.of(
          s3(PUBLISH, 0),
          glue("CreateTable", 1),
          s3(PUBLISH, 0),
          glue("BatchCreatePartition", 0),
          s3("PUT \\S*/_catalog/", 0),
          new Moment(night -> night.hooks, "POST /done", 0, 0));

  /** Kills a night, and waits for the end of its steps. */
  private static void kill(Program program) throws InterruptedException {
    List<ProcessHandle> steps = program.descendants();
    program.kill();
    for (ProcessHandle step : steps) {
      step.onExit().join();
    }
  }

  private static void killAt(Moment moment, ThreeTables night, Random random, long seed)
      throws InterruptedException {
    Held request = moment.hold(night, random);
    Program program = night.start();
    program.await(request::isThere);
    String which = moment + ", seed " + seed + "\n" + program.errors();
    assertThat(which, request.isThere(), is(true));
    kill(program);
    request.drop();
    if (moment == RAISE || moment == PUT_BACK) {
      assertThat(which, night.isRaised(), is(moment == PUT_BACK));
    }
  }

  @Test
  void aNightThatIsKilledGoesOnUntilAllIsPublishedAsOfOneTime() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (ThreeTables night = new ThreeTables("killed-nights", folder, "")) {
      night.upload(1);
      night.start().mustExitWith(0);
      Set<String> yesterday = night.times();
      assertThat(yesterday.size(), is(1));
      night.upload(2);
      night.takeMessages();
      for (Moment moment : BEFORE_ANY_IS_PUBLISHED) {
        killAt(moment, night, random, seed);
        assertThat(moment + ", seed " + seed, night.times(), is(yesterday));
        assertThat(Set.copyOf(night.views().values()), is(yesterday));
      }
      for (Moment moment : FROM_THE_FIRST_ON) {
        killAt(moment, night, random, seed);
      }
      assertThat(night.takeMessages(), is(empty()));
      Program last = night.start().mustExitWith(0);
      assertThat(last.errors(), not(containsString("\tat ")));
      assertThat("seed " + seed, night.times(), is(not(yesterday)));
      assertThat("no step is left", last.errors(), not(containsString("step 1")));
      assertThat(night.takeMessages().size(), is(1));
      night.mustHave(2);
    }
  }

  @Test
  void whenOneTableFailsReadersStayWithTheSnapshotsBefore() throws Exception {
    try (ThreeTables night = new ThreeTables("failed-nights", folder, "")) {
      night.upload(1);
      night.start().mustExitWith(0);
      Set<String> yesterday = night.times();
      night.upload(2);
      night.upload("b", "id,n\nb1,no number\n");
      Program failed = night.start().mustExitWith(1);
      assertThat(
          failed.errors(),
          containsString("sluice: b, step 1, import failed with the exit code 3: "));
      assertThat(
          failed.errors(),
          containsString("no snapshot is published, and readers stay with those before"));
      assertThat(night.times(), is(yesterday));
      assertThat(Set.copyOf(night.views().values()), is(yesterday));

      night.changeFile();
      assertThat(
          night.start().mustExitWith(1).errors(),
          containsString("the file or the profile was another"));

      // A new run leaves what the one before holds to be removed by its exports.
      night.upload("b", ThreeTables.csv("b", 2));
      Program over = night.start("--startOver").mustExitWith(0);
      assertThat(over.errors(), containsString("is left as it is"));
      night.mustHave(2);
    }
  }

  @Test
  void aTableThatFailedIsDoneAgainAndTheOthersAreNot() throws Exception {
    try (ThreeTables night = new ThreeTables("resumed-nights", folder, "")) {
      night.upload(1);
      night.upload("b", "id,n\nb1,no number\n");
      night.start().mustExitWith(1);
      night.upload("b", ThreeTables.csv("b", 1));
      night.dynamodb.takeRequests();
      Program again = night.start().mustExitWith(0);
      assertThat(again.errors(), containsString("going on with the run "));
      assertThat(again.errors(), containsString("b: step 1, import"));
      assertThat(again.errors(), not(containsString("a: step 1, import")));
      night.mustHave(1);
    }
  }

  @Test
  void ofTwoAtOnceTheSecondIsRefused() throws Exception {
    try (ThreeTables night = new ThreeTables("two-nights", folder, "")) {
      night.upload(1);
      Held request = night.dynamodb.hold(Pattern.compile(WRITE), 0);
      Program first = night.start();
      first.await(request::isThere);
      Program second = night.start().mustExitWith(1);
      assertThat(second.errors(), containsString("sluice: this night is being run by process "));
      kill(first);
      request.drop();
      // Who was killed on this machine is not waited for.
      night.start().mustExitWith(0);
      night.mustHave(1);
    }
  }
}

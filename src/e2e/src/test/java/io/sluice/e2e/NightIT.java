/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.sluice.testing.FlakyProxy;
import io.sluice.testing.FlakyProxy.Held;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nights of three tables: killed, failed, and run by two at once. */
@Timeout(900)
class NightIT {
  private static final String WRITE = "DynamoDB_20120810\\.BatchWriteItem";
  private static final String SCAN = "DynamoDB_20120810\\.Scan";
  private static final String PUBLISH = "PUT \\S*/_SUCCESS ";

  @TempDir Path folder;

  /**
   * The moments at which a night is killed.
   *
   * @param most at most so many requests of the kind are let pass before
   */
  private record Moment(String request, int most) {
    Held hold(ThreeTables night, Random random) {
      FlakyProxy proxy = request.startsWith("PUT") ? night.s3 : night.dynamodb;
      return proxy.hold(Pattern.compile(request), random.nextInt(most + 1));
    }

    boolean mayBePublishing() {
      return request.equals(PUBLISH);
    }
  }

  private static final List<Moment> MOMENTS =
      List.of(
          new Moment("PUT \\S*/lease/", 1),
          new Moment(WRITE, 3),
          new Moment("PUT \\S*/events/", 5),
          new Moment(SCAN, 2),
          new Moment("PUT \\S*/_staging/\\S*/part-", 0),
          new Moment("PUT \\S*/_held", 0),
          new Moment("PUT \\S*/events/", 4),
          new Moment(PUBLISH, 0),
          new Moment("PUT \\S*/_catalog/", 0),
          new Moment(PUBLISH, 1));

  /** Kills a night, and waits for the end of its steps. */
  private static void kill(Program program) throws InterruptedException {
    List<ProcessHandle> steps = program.descendants();
    program.kill();
    for (ProcessHandle step : steps) {
      step.onExit().join();
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
      int kills = 0;
      boolean isPublishing = false;
      for (Moment moment : MOMENTS) {
        Held request = moment.hold(night, random);
        Program program = night.start();
        program.await(request::isThere);
        if (!program.isRunning()) {
          // There was no such request any more, so all is done.
          program.mustExitWith(0);
          request.drop();
          break;
        }
        kill(program);
        kills++;
        request.drop();
        isPublishing |= moment.mayBePublishing();
        if (!isPublishing) {
          assertThat(moment + ", seed " + seed, night.times(), is(yesterday));
        }
      }
      assertThat(kills, greaterThan(3));
      Program last = night.start().mustExitWith(0);
      assertThat(last.errors(), not(containsString("\tat ")));
      assertThat("seed " + seed, night.times(), is(not(yesterday)));
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

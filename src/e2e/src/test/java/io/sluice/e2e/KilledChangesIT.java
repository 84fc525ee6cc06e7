/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.change.capture.CapturedTable;
import io.sluice.testing.FlakyProxy;
import io.sluice.testing.FlakyProxy.Held;
import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Captures and merges that are killed at moments that are known, and run again: feed and snapshot
 * are as if nothing had happened.
 */
@Timeout(600)
class KilledChangesIT {
  private static final LocalAws AWS = LocalAws.shared();

  private final FlakyProxy dynamodb = new FlakyProxy(AWS.dynamodbEndpoint());
  private final FlakyProxy s3 = new FlakyProxy(AWS.s3Endpoint());

  @AfterEach
  void close() {
    dynamodb.close();
    s3.close();
  }

  private Program start(String verb, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--pipeline=" + verb,
                "--local",
                "--dynamodbEndpoint=" + dynamodb.endpoint(),
                "--s3Endpoint=" + s3.endpoint()));
    arguments.addAll(List.of(more));
    return Program.startJar("direct", arguments);
  }

  /** Kills a job that waits for the answer to such a request, of which the server never hears. */
  private void kill(FlakyProxy proxy, String request, String verb, String... more) {
    Held held = proxy.hold(Pattern.compile(request), 0);
    Program program = start(verb, more);
    program.await(held::isThere);
    assertThat(program.errors(), program.isRunning(), is(true));
    program.kill();
    held.drop();
  }

  @Test
  void aKilledCaptureLosesAndRepeatsNothing() throws IOException {
    CapturedTable table = new CapturedTable(AWS, "killed-captures");
    table.create();
    String[] capture = {"--table=killed-captures", "--output=s3://" + AWS.bucket() + "/feeds"};
    Random random = new Random(1);
    table.changeAtRandom(random, 30);
    kill(dynamodb, "DynamoDBStreams_20120810\\.GetRecords", "capture", capture);
    kill(s3, "PUT \\S*/change_hour", "capture", capture);
    kill(s3, "PUT \\S*/_commits/[0-9]", "capture", capture);
    table.changeAtRandom(random, 30);
    start("capture", capture).mustExitWith(0);
    assertThat(table.commits().latest().orElseThrow().number(), is(1L));
    table.changeAtRandom(random, 30);
    kill(s3, "PUT \\S*/_commits/[0-9]", "capture", capture);
    start("capture", capture).mustExitWith(0);
    assertThat(table.commits().latest().orElseThrow().number(), is(2L));
    assertThat(table.replayed(), is(table.items()));
    assertThat("each change once", table.captured().size(), is(table.changes()));
    assertThat(table.filesThere(), is(table.filesOfCommits()));
  }

  @Test
  void aKilledMergeLeavesNothingBehind(@TempDir Path folder) throws IOException {
    ChangedTable.make("killed-merges", folder);
    // Complete through a time behind the last change.
    String[] capture = {"--table=killed-merges", "--output=" + folder.resolve("feeds")};
    start("capture", capture).mustExitWith(0);
    start("capture", capture).mustExitWith(0);
    String[] merge = {
      "--table=killed-merges",
      "--base=" + folder.resolve("lake"),
      "--deltas=" + folder.resolve("feeds"),
      "--output=s3://" + AWS.bucket() + "/killed/merges/out"
    };
    kill(s3, "PUT \\S*/_staging/\\S*/part-", "merge", merge);
    kill(s3, "PUT \\S*/_SUCCESS ", "merge", merge);
    start("merge", merge).mustExitWith(0);
    Map<String, Map<String, AttributeValue>> items = new PublishedOutput("killed/merges/").items();
    assertThat(items, is(ClusterJobs.items("killed-merges", "id")));
  }
}

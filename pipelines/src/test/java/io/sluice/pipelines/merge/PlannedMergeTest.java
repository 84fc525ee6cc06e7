/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.plan.PlanOptions;
import io.sluice.pipelines.plan.PlanVerb;
import io.sluice.plan.Estimate;
import io.sluice.plan.JobPlanJson;
import io.sluice.snapshot.Snapshots;
import io.sluice.testing.LocalAws;
import io.sluice.testing.RecoverableTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A merge takes what its plan says. */
@Timeout(180)
class PlannedMergeTest {
  private static final LocalAws AWS = LocalAws.shared();
  private static final double TENTH = 0.1;
  private static final int ITEMS = 1000;

  @TempDir Path root;

  private RecoverableTable table;

  private void put(int id, int day) {
    table.put(
        Map.of(
            "pk", AttributeValue.fromS("trip-" + id),
            "day", AttributeValue.fromN(Integer.toString(day)),
            "note", AttributeValue.fromS("x".repeat(id % 50))));
  }

  /** A day in which a few items are changed, and others added and deleted. */
  private Path day(int day) {
    Instant from = table.now();
    for (int i = 0; i < 20; i++) {
      table.passes(Duration.ofSeconds(60));
      put(i, day);
      put(ITEMS * day + i, day);
      table.delete("{'pk':{'S':'trip-" + (ITEMS - 20 * day + i) + "'}}");
    }
    table.passes(Duration.ofSeconds(60));
    return table.export(from, table.now(), "DYNAMODB_JSON", "NEW_AND_OLD_IMAGES");
  }

  private void plan(List<String> own, String... others) {
    List<String> arguments = new ArrayList<>(List.of(others));
    arguments.addAll(
        List.of(
            "--local",
            "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
            "--s3Endpoint=" + AWS.s3Endpoint()));
    int code =
        new PlanVerb()
            .run(
                PipelineOptionsFactory.fromArgs(own.toArray(String[]::new)).as(PlanOptions.class),
                arguments,
                Printed.unread());
    assertThat(code, is(ExitCode.OK));
  }

  private static Estimate figure(JsonNode report, String name) {
    return JobPlanJson.toEstimate(report.at("/planned/figures/" + name));
  }

  @Test
  void aMergeIsWithinATenthOfItsPlan() throws IOException {
    table = new RecoverableTable(root);
    for (int i = 0; i < ITEMS; i++) {
      put(i, 0);
    }
    table.passes(Duration.ofSeconds(1));
    Path base = table.export("DYNAMODB_JSON");
    String lake = root.resolve("lake").toString();
    Merges.run("--base=" + base, "--deltas=" + day(1), "--output=" + lake);

    String plan = root.resolve("plan.json").toString();
    Path file = root.resolve("report.json");
    plan(
        List.of("--out=" + plan),
        "merge",
        "--table=trips",
        "--base=" + lake,
        "--deltas=" + day(2),
        "--output=" + lake);
    plan(List.of("--apply=" + plan), "--report=" + file);
    JsonNode report = new ObjectMapper().readTree(Files.readString(file));
    assertThat(figure(report, "changes"), is(Estimate.exactly(60)));
    for (String change : List.of("replaced", "deleted", "added")) {
      assertThat(change, report.at("/merge/" + change).asLong(), is(20L));
    }
    Estimate items = figure(report, "items");
    assertThat(report.at("/counts/written").asLong(), is((long) ITEMS));
    assertThat(items.holds(ITEMS, 0), is(true));
    assertThat("the bounds say something", items.high() / ITEMS - 1, is(lessThan(TENTH)));
    assertThat("the bounds say something", 1 - items.low() / ITEMS, is(lessThan(TENTH)));
    long bytes = Snapshots.under(lake).latest("trips").orElseThrow().manifest().bytes();
    assertThat(figure(report, "outputBytes").holds(bytes, 0), is(true));
    assertThat(figure(report, "readUnits"), is(Estimate.ZERO));
    assertThat(report.at("/consumed").isMissingNode(), is(true));
  }
}

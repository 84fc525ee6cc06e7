/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.plan.PlanOptions;
import io.sluice.pipelines.plan.PlanVerb;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** The jobs of the demo, and a load of taxi trips, take and cost what their plans say. */
@Timeout(300)
class DemoPlanTest {
  private static final double TENTH = 0.1;
  private static final String WRITES = "S3 requests to write or list";
  private static final String READS = "S3 requests to read";
  private static final LocalAws AWS = LocalAws.shared();

  @TempDir Path folder;

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private static void plan(List<String> own, List<String> others) {
    int code =
        new PlanVerb()
            .run(
                PipelineOptionsFactory.fromArgs(own.toArray(String[]::new)).as(PlanOptions.class),
                others,
                Printed.unread());
    assertThat(code, is(ExitCode.OK));
  }

  /** Plans a run, runs it, and returns its report. */
  private JsonNode planAndRun(URI dynamodb, String table, String... verb) throws IOException {
    List<String> arguments = new ArrayList<>(Arrays.asList(verb));
    arguments.addAll(
        List.of(
            "--local",
            "--dynamodbEndpoint=" + dynamodb,
            "--s3Endpoint=" + AWS.s3Endpoint(),
            "--table=" + table,
            "--targetParallelism=1"));
    plan(List.of("--out=" + file("plan.json")), arguments);
    plan(List.of("--apply=" + file("plan.json")), List.of("--report=" + file("report.json")));
    return new ObjectMapper().readTree(Files.readString(folder.resolve("report.json")));
  }

  private static void assertWithinATenth(JsonNode report, String planned, String consumed) {
    double actual = report.at(consumed).doubleValue();
    assertThat(report.toString(), actual, is(greaterThan(0.0)));
    assertThat(
        report.toString(), report.at(planned).doubleValue(), closeTo(actual, TENTH * actual));
  }

  private static JsonNode line(JsonNode report, String bill, String what) {
    return StreamSupport.stream(report.at(bill + "/lines").spliterator(), false)
        .filter(line -> line.path("what").asText().equals(what))
        .findFirst()
        .orElseThrow(() -> new AssertionError(what + " is not in " + report.at(bill)));
  }

  @Test
  void theDemo() throws IOException {
    LocalS3.useOurs();
    String table = "demo-" + UUID.randomUUID();
    String place = "s3://" + AWS.bucket() + "/" + table;
    AWS.s3()
        .putObject(
            put -> put.bucket(AWS.bucket()).key(table + "/trips.csv"),
            RequestBody.fromBytes(TripFile.bytes()));
    JsonNode imported =
        planAndRun(
            AWS.dynamodbEndpoint(),
            table,
            "import",
            "--input=" + place + "/*.csv",
            "--keyFrom=md5",
            "--columns=" + String.join(",", Demo.COLUMNS),
            "--createTable=ON_DEMAND",
            "--partitionKey=id:S",
            "--rejects=" + file("rejects"),
            "--maxRejects=100",
            // Only the time depends on it.
            "--writeRatio=1");
    assertWithinATenth(imported, "/planned/figures/writeUnits", "/consumed/writes/table");
    assertWithinATenth(imported, "/planned/figures/items", "/counts/written");
    assertWithinATenth(imported, "/planned/figures/records", "/counts/read");
    assertWithinATenth(imported, "/planned/cost/dollars", "/cost/dollars");
    for (String what : List.of(WRITES, READS)) {
      double sent = line(imported, "/cost", what).path("amount").doubleValue();
      assertThat(what, sent, is(greaterThan(0.0)));
      double planned = line(imported, "/planned/cost", what).path("amount").doubleValue();
      assertThat(what, planned, closeTo(sent, TENTH * sent));
    }

    JsonNode exported = planAndRun(AWS.dynamodbEndpoint(), table, "export", "--output=" + place);
    assertWithinATenth(exported, "/planned/figures/readUnits", "/consumed/reads/table");
    assertWithinATenth(exported, "/planned/figures/items", "/counts/written");
    // How much there will be to write and to store is unknown before the first export.
    assertWithinATenth(exported, "/planned/cost/lines/0/dollars", "/cost/lines/0/dollars");
    JsonNode again =
        planAndRun(AWS.dynamodbEndpoint(), table, "export", "--output=" + place, "--overwrite");
    double least = line(again, "/planned/cost", WRITES).at("/amount/low").doubleValue();
    assertThat(least, is(greaterThan(1.0)));
    assertThat(
        least, is(lessThanOrEqualTo(line(again, "/cost", WRITES).path("amount").doubleValue())));
  }

  /** In compressed parts, with a sort key and an index that not all items are in. */
  @Test
  void aTaxiFile() throws IOException {
    List<String> lines = new String(TripFile.bytes(), UTF_8).lines().toList();
    int half = lines.size() / 2;
    part("one.csv.gz", lines.subList(1, half));
    part("two.csv.gz", lines.subList(half, lines.size()));
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(
            EndpointSettings.of(
                TableSettings.of("taxi", "pickup_location_id:N", "pickup_datetime:S")
                    .withWarm(400_000, 400_000)
                    .withIndex("by-surcharge", "congestion_surcharge:S")))) {
      JsonNode report =
          planAndRun(
              db.endpoint(),
              "taxi",
              "import",
              "--input=" + file("*.csv.gz"),
              "--columns=pickup_location_id:N,total_amount:N",
              "--rejects=" + file("rejects"),
              "--maxRejects=100");
      assertWithinATenth(report, "/planned/figures/writeUnits", "/consumed/writes/table");
      assertWithinATenth(
          report, "/planned/indexWriteUnits/by-surcharge", "/consumed/writes/indexes/by-surcharge");
      assertWithinATenth(report, "/planned/figures/items", "/counts/written");
      assertWithinATenth(report, "/planned/cost/dollars", "/cost/dollars");
    }
  }

  private void part(String name, List<String> rows) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      out.write((TripFile.HEADER + "\n" + String.join("\n", rows) + "\n").getBytes(UTF_8));
    }
  }
}

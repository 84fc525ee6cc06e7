/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.capture;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.pipelines.query.Query;
import io.sluice.pipelines.query.QueryOptions;
import io.sluice.plan.JobPlan;
import io.sluice.snapshot.catalog.GlueStandIn;
import io.sluice.testing.FlakyProxy;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** What a capture prints, and refuses. */
class CapturePipelineTest {
  private static final LocalAws AWS = LocalAws.shared();

  @TempDir Path folder;
  private final DynamoDbClient dynamodb = AWS.dynamodb();
  private final String table = "capture-" + UUID.randomUUID();

  private CaptureOptions options(String... more) {
    return optionsTo(folder.resolve("feeds").toString(), AWS.s3Endpoint(), more);
  }

  private CaptureOptions optionsTo(String output, URI s3, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--local",
                "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
                "--s3Endpoint=" + s3,
                "--table=" + table,
                "--output=" + output));
    arguments.addAll(List.of(more));
    return OneWorker.options(CaptureOptions.class, arguments.toArray(String[]::new));
  }

  private static String newFeeds() {
    LocalS3.useOurs();
    return "s3://" + AWS.bucket() + "/feeds-" + UUID.randomUUID();
  }

  private void createTable(@Nullable StreamViewType view) {
    dynamodb.createTable(
        create ->
            create
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    d -> d.attributeName("id").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                .streamSpecification(
                    view == null
                        ? s -> s.streamEnabled(false)
                        : s -> s.streamEnabled(true).streamViewType(view)));
  }

  private void put(String id) {
    dynamodb.putItem(p -> p.tableName(table).item(Map.of("id", AttributeValue.fromS(id))));
  }

  private String failure(String... more) {
    return assertThrows(
            JobException.class, () -> CapturePipeline.run(options(more), Printed.unread()))
        .getMessage();
  }

  private JobPlan planned(String... more) {
    return new CaptureVerb()
        .plan(options(more), new PlanSettings(0, null), Printed.unread())
        .plan();
  }

  @Test
  void aPlanSaysWhatIsKnownAndWritesNothing() throws Exception {
    createTable(StreamViewType.NEW_IMAGE);
    put("a");
    assertThat(
        planned().notes().get(0),
        is("The feed begins with what the stream still has, of 24 hours at most."));
    assertThat(Files.exists(folder.resolve("feeds")), is(false));
    CapturePipeline.run(options(), Printed.unread());
    assertThat(
        planned().notes().get(0),
        startsWith("The latest commit, 1, has 1 changes and is complete"));
    assertThat(planned().figure(JobPlan.Figure.CHANGES).isKnown(), is(false));
    assertThrows(UsageException.class, () -> planned("--every=1m"));
  }

  @Test
  void aPlanEnablesNoStream() {
    createTable(null);
    assertThat(
        assertThrows(JobException.class, () -> planned("--enableStream")).getMessage(),
        containsString("the run enables one"));
    assertThat(
        dynamodb.describeTable(d -> d.tableName(table)).table().streamSpecification(),
        is(nullValue()));
  }

  @Test
  void aRunGoesOnWhereTheLastStopped() throws Exception {
    createTable(StreamViewType.NEW_IMAGE);
    for (int run = 1; run <= 2; run++) {
      put("a" + run);
      put("b" + run);
      Printed printed = new Printed();
      Path report = folder.resolve("report.json");
      assertThat(
          CapturePipeline.run(options("--report=" + report), printed.console()), is(ExitCode.OK));
      assertThat(
          printed.lines(),
          contains(
              is(table + " -> " + folder + "/feeds/changes_" + table + "/"),
              matchesPattern("  commit +" + run),
              matchesPattern("  changes +2  in (1 file|2 files), [0-9,]+ bytes"),
              startsWith("  complete from "),
              startsWith("       through ")));
      assertThat(printed.errors(), is(List.of()));
      assertThat(Files.readString(report), containsString("\"commit\" : " + run));
    }
  }

  @Test
  void theChangesCanBeQueriedAndAreInGlue() throws Exception {
    createTable(StreamViewType.NEW_IMAGE);
    put("a");
    String feeds = newFeeds();
    try (GlueStandIn glue = new GlueStandIn()) {
      CapturePipeline.run(
          optionsTo(
              feeds,
              AWS.s3Endpoint(),
              "--catalog=glue",
              "--catalogDatabase=lake",
              "--glueEndpoint=" + glue.endpoint()),
          Printed.unread());
      assertThat(
          glue.requests().stream().map(GlueStandIn.Request::operation).toList(),
          is(List.of("CreateTable", "BatchCreatePartition", "CreateTable")));
    }
    put("b");
    CapturePipeline.run(optionsTo(feeds, AWS.s3Endpoint()), Printed.unread());
    Printed printed = new Printed();
    QueryOptions query =
        OneWorker.options(
            QueryOptions.class,
            "--local",
            "--s3Endpoint=" + AWS.s3Endpoint(),
            "--output=" + feeds,
            "--sql=select event_name, new_image->>'$.id.S' as id from \"deltas_"
                + table
                + "\" order by id");
    assertThat(Query.run(query, printed.console()), is(ExitCode.OK));
    assertThat(
        printed.lines().stream().map(line -> line.replaceAll(" +", " ").strip()).toList(),
        hasItems("INSERT a", "INSERT b", "(2 rows)"));
  }

  /** The proxy deletes an object before it is made under the condition that there is none. */
  @Test
  void aStoreThatIgnoresTheConditionIsRefused() {
    createTable(StreamViewType.NEW_IMAGE);
    String feeds = newFeeds();
    try (FlakyProxy proxy = new FlakyProxy(AWS.s3Endpoint())) {
      proxy.before(
          Pattern.compile("^PUT /([^/]+)/(\\S+) (?s:.*)\r\n(?i:if-none-match): \\*"),
          request -> AWS.s3().deleteObject(d -> d.bucket(request.group(1)).key(request.group(2))));
      CaptureOptions options = optionsTo(feeds, proxy.endpoint());
      assertThat(
          assertThrows(JobException.class, () -> CapturePipeline.run(options, Printed.unread()))
              .getMessage(),
          is(
              "--output: the store of "
                  + feeds
                  + "/changes_"
                  + table
                  + "/_commits/ replaces an object although it was asked not to (If-None-Match), so"
                  + " two runs could destroy each other's commits"));
    }
    assertThat(
        "neither a commit nor the probe",
        AWS.s3()
            .listObjectsV2(
                l -> l.bucket(AWS.bucket()).prefix(feeds.replaceFirst("s3://[^/]+/", "")))
            .contents(),
        is(List.of()));
  }

  @Test
  void aTableWithoutAStreamGetsOneOnlyIfAskedFor() {
    createTable(null);
    assertThat(
        failure(),
        is(
            "the table "
                + table
                + " has no stream; --enableStream enables one of new and old images"));
    Printed printed = new Printed();
    CapturePipeline.run(options("--enableStream"), printed.console());
    assertThat(printed.errors(), hasItem(containsString("a stream of " + table + " is enabled")));
    assertThat(printed.lines(), hasItem(matchesPattern("  changes +0  in 0 files, 0 bytes")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"KEYS_ONLY", "OLD_IMAGE"})
  void aStreamWithoutNewImagesIsRefused(StreamViewType view) {
    createTable(view);
    assertThat(
        failure(),
        startsWith(
            "the stream of %s records %s, and not what an item is after".formatted(table, view)));
  }

  @Test
  void lostChangesFailUnlessTheFeedMayBeginAnew() {
    createTable(StreamViewType.NEW_IMAGE);
    put("before");
    CapturePipeline.run(options(), Printed.unread());
    dynamodb.updateTable(u -> u.tableName(table).streamSpecification(s -> s.streamEnabled(false)));
    put("lost");
    dynamodb.updateTable(
        u ->
            u.tableName(table)
                .streamSpecification(
                    s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
    put("after");
    assertThat(
        failure(),
        startsWith("changes of " + table + " are lost: the table has another stream than before"));
    Printed printed = new Printed();
    CapturePipeline.run(options("--onGap=RESNAPSHOT"), printed.console());
    assertThat(printed.lines(), hasItem(matchesPattern("  changes +1  in 1 file, .*")));
    assertThat(
        printed.errors(), hasItem(containsString("take a snapshot of the table from now on")));
    CapturePipeline.run(options(), Printed.unread());
  }

  @Test
  void mistakesAreToldTogether() {
    assertThat(failure(), is("the table " + table + " does not exist"));
    CaptureOptions options =
        OneWorker.options(CaptureOptions.class, "--every=often", "--glueEndpoint=x");
    assertThat(
        assertThrows(UsageException.class, () -> CapturePlan.of(options)).problems(),
        contains(
            "--table is missing: give the name of the table",
            "--output is missing: give a folder for the changes, such as s3://bucket/feeds",
            "--every: 'often' must be a time such as 90s, 20m or 1h30m",
            "--catalogDatabase and --glueEndpoint go with --catalog=glue"));
  }
}

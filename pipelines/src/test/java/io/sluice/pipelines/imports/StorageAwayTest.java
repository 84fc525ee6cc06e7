/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.export.ExportOptions;
import io.sluice.pipelines.export.ExportPipeline;
import io.sluice.testing.FlakyProxy;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.GeneratedItems;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Whole jobs during which S3 is unreachable, for some requests of each kind. */
@Timeout(300)
class StorageAwayTest {
  private static final LocalAws AWS = LocalAws.shared();
  private static final int REFUSALS = 5;

  private final String name = "away-" + UUID.randomUUID();
  private final FlakyProxy proxy = new FlakyProxy(AWS.s3Endpoint());

  @BeforeAll
  static void asInOurJars() {
    LocalS3.useOurs();
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  private String place(String key) {
    return "s3://" + AWS.bucket() + "/" + name + "/" + key;
  }

  private void goesAwayAt(String method, String key) {
    proxy.refuseAt(method + " /" + AWS.bucket() + "/" + name + "/" + key, REFUSALS);
  }

  private List<String> keys(String prefix) {
    return AWS
        .s3()
        .listObjectsV2Paginator(list -> list.bucket(AWS.bucket()).prefix(name + "/" + prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .map(key -> key.substring(name.length() + 1))
        .toList();
  }

  private <T extends SluiceOptions> T through(T options, EmbeddedDynamoDb db) {
    options.setLocal(true);
    options.setDynamodbEndpoint(db.endpoint().toString());
    options.setS3Endpoint(proxy.endpoint().toString());
    return options;
  }

  @Test
  void anExportGoesOn() {
    GeneratedItems items = new GeneratedItems(2_000, 1_000, 4);
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(
            EndpointSettings.of(TableSettings.of("trips", "id:S")).withGenerated(items))) {
      ExportOptions options =
          through(
              PipelineOptionsFactory.fromArgs(
                      "--table=trips",
                      "--readRatio=1",
                      "--output=" + place("out"),
                      "--report=" + place("report.json"))
                  .as(ExportOptions.class),
              db);
      // The data, their publication, the report.
      goesAwayAt("PUT", "out/snapshots_trips/_staging");
      goesAwayAt("PUT", "out/snapshots_trips/snapshot_timestamp");
      goesAwayAt("PUT", "report.json");
      assertThat(ExportPipeline.run(options, Printed.unread()), is(ExitCode.OK));
      assertThat("scanned once", db.books().itemsRead(), is(2_000L));
    }
    assertThat(proxy.refusalsUnseen(), is(empty()));
    assertThat(proxy.refusalsLeft(), is(0));
    List<String> published = keys("out/snapshots_trips/snapshot_timestamp=");
    assertThat(published, hasItem(matchesPattern(".*/_SUCCESS")));
    assertThat(published, hasItem(matchesPattern(".*\\.parquet")));
    assertThat(keys("report.json"), contains("report.json"));
  }

  @Test
  void anImportGoesOn() throws IOException {
    AWS.s3()
        .putObject(
            put -> put.bucket(AWS.bucket()).key(name + "/in/a.csv"),
            RequestBody.fromString("id,n\n1,2\n,3\n2,3\n"));
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(EndpointSettings.of(TableSettings.of("trips", "id:S")))) {
      ImportOptions options =
          through(
              PipelineOptionsFactory.fromArgs(
                      "--table=trips",
                      "--input=" + place("in/*.csv"),
                      "--maxRejects=1",
                      "--rejects=" + place("rejects"),
                      "--report=" + place("report.json"))
                  .as(ImportOptions.class),
              db);
      goesAwayAt("GET", "in/a.csv");
      goesAwayAt("PUT", "rejects");
      goesAwayAt("PUT", "report.json");
      assertThat(ImportPipeline.run(options, Printed.unread()), is(ExitCode.OK));
      assertThat(db.books().itemsStored(), is(2L));
    }
    assertThat(proxy.refusalsUnseen(), is(empty()));
    assertThat(proxy.refusalsLeft(), is(0));
    assertThat(keys("rejects"), contains(matchesPattern("rejects/.*/rejects-.*\\.jsonl")));
    assertThat(keys("report.json"), contains("report.json"));
  }
}

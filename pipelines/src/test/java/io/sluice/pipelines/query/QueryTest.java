/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.testing.FlakyProxy;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a query lists of an output with a snapshot of one table and changes of another. */
class QueryTest {
  private static final LocalAws AWS = LocalAws.shared();

  private final String bucket = "query-" + UUID.randomUUID();
  private final String output = "lake";
  private FlakyProxy proxy;

  @BeforeEach
  void fill() {
    LocalS3.useOurs();
    proxy = new FlakyProxy(AWS.s3Endpoint());
    AWS.s3().createBucket(b -> b.bucket(bucket));
    for (String name : List.of("_manifest.json", "_SUCCESS")) {
      put("/snapshots_trips/snapshot_timestamp=2026-01-31T23-26-00Z/" + name);
    }
    put("/changes_fares/_commits/000000000001.json");
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  private void put(String name) {
    AWS.s3().putObject(p -> p.bucket(bucket).key(output + name), RequestBody.empty());
  }

  private int query(String sql) {
    QueryOptions options =
        OneWorker.options(
            QueryOptions.class,
            "--local",
            "--s3Endpoint=" + proxy.endpoint(),
            "--output=s3://" + bucket + "/" + output,
            "--sql=" + sql);
    return Query.run(options, new Printed().console());
  }

  private String failure(String sql) {
    return assertThrows(JobException.class, () -> query(sql)).getMessage();
  }

  @Test
  void changesAreListedIfTheyMayBeNamed() {
    assertThat(query("select 1"), is(ExitCode.OK));
    List<String> requests = proxy.takeRequests();
    assertThat(requests, hasItem(containsString("snapshots_")));
    assertThat(requests, everyItem(not(containsString("changes_"))));

    String place = "s3://" + bucket + "/" + output;
    assertThat(
        failure("select * from Deltas_fares"),
        startsWith("the tables under " + place + " cannot be queried: "));
    assertThat(proxy.takeRequests(), hasItem(containsString("changes_")));
  }

  @Test
  void theMessageOfDuckDbStaysIfNoChangesCanBeListed() {
    proxy.before(
        Pattern.compile("^GET .*changes_"),
        request -> {
          for (S3Object object : AWS.s3().listObjectsV2(l -> l.bucket(bucket)).contents()) {
            AWS.s3().deleteObject(d -> d.bucket(bucket).key(object.key()));
          }
          AWS.s3().deleteBucket(b -> b.bucket(bucket));
        });
    assertThat(
        failure("select * from fares"),
        matchesRegex(
            "DuckDB does not take the query: .*fares does not exist.*; the tables are trips;"
                + " captured changes cannot be listed: .*"
                + bucket
                + ".*"));
  }

  @Test
  void aWrongNameIsAnsweredByAllTables() {
    assertThat(failure("select * from fares"), endsWith("; the tables are trips, deltas_fares"));
    assertThat(
        failure("select * from deltas_none"), endsWith("; the tables are trips, deltas_fares"));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import io.sluice.e2e.Runs.Run;
import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table and a data lake that take different keys, as those of two accounts do. */
class TwoAccountsIT {
  private static final String TABLE_ROLE = "arn:aws:iam::111111111111:role/table";
  private static final String LAKE_ROLE = "arn:aws:iam::222222222222:role/lake";
  private static LocalAws aws;

  @TempDir Path folder;
  private final List<List<String>> jobs = new ArrayList<>();

  @BeforeAll
  static void start() {
    aws =
        LocalAws.start(
            List.of(
                "--inMemory",
                "--dynamodbPort=0",
                "--checkSignatures",
                "--dynamodbKey=tablekey:tablesecret",
                "--s3Key=lakekey:lakesecret",
                "--stsPort=0",
                "--dynamodbRole=" + TABLE_ROLE,
                "--s3Role=" + LAKE_ROLE,
                "--externalId=nightly"));
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink", "spark"})
  void eachIsReachedByARoleOfItsOwn(String profile) throws IOException {
    String table = "accounts_" + profile;
    Path rows = Files.writeString(folder.resolve("rows.csv"), "id,a\nk1,1\nk2,2\n");
    String output = "s3://" + aws.bucket() + "/" + table;
    String[] roles = {
      key("caller"),
      "--tableRole=" + TABLE_ROLE,
      "--lakeRole=" + LAKE_ROLE,
      "--externalId=nightly",
      "--stsEndpoint=" + aws.stsEndpoint()
    };
    add(
        "import",
        table,
        roles,
        "--input=" + rows,
        "--createTable=ON_DEMAND",
        "--partitionKey=id:S");
    add("export", table, roles, "--output=" + output);
    add("verify", table, roles, "--input=" + output + "/**", "--full");
    String[] one = {key("table")};
    add("verify", table, one, "--input=" + rows);
    add("export", table, one, "--output=" + output);
    add("import", table, new String[] {key("lake")}, "--input=" + rows);
    String[] untold = {
      key("caller"), "--tableRole=" + TABLE_ROLE, "--stsEndpoint=" + aws.stsEndpoint()
    };
    add("import", table, untold, "--input=" + rows);
    List<Run> runs = Runs.inOneJvm(profile, jobs);

    assertThat(runs.get(0).mustHaveExited(0).output(), matchesPattern("(?s).*written +2  in .*"));
    assertThat(runs.get(1).mustHaveExited(0).output(), matchesPattern("(?s).*written +2 .*"));
    assertThat(runs.get(2).mustHaveExited(0).output(), matchesPattern("(?s).*matched +2 .*"));
    runs.get(3).mustHaveExited(0);
    failsInOneLine(runs.get(4), aws.bucket(), "S3");
    failsInOneLine(runs.get(5), table, "does not accept the credentials");
    failsInOneLine(runs.get(6), table, "sts:AssumeRole on resource: " + TABLE_ROLE);
  }

  private static void failsInOneLine(Run run, String where, String why) {
    List<String> lines =
        run.mustHaveExited(1).errors().lines().filter(line -> line.startsWith("sluice: ")).toList();
    assertThat(lines, hasSize(1));
    assertThat(lines.get(0), allOf(containsString(where), containsString(why)));
  }

  private static String key(String owner) {
    return "--awsCredentialsProvider={\"@type\":\"StaticCredentialsProvider\",\"accessKeyId\":\""
        + owner
        + "key\",\"secretAccessKey\":\""
        + owner
        + "secret\"}";
  }

  private void add(String verb, String table, String[] access, String... more) {
    jobs.add(
        Stream.of(
                Stream.of(
                    "--pipeline=" + verb,
                    "--awsRegion=us-east-1",
                    "--dynamodbEndpoint=" + aws.dynamodbEndpoint(),
                    "--s3Endpoint=" + aws.s3Endpoint(),
                    "--table=" + table),
                Stream.of(access),
                Stream.of(more))
            .flatMap(arguments -> arguments)
            .toList());
  }
}

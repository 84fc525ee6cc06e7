/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import io.sluice.e2e.Runs.Run;
import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The same jobs, submitted to a cluster and run on the DirectRunner, whose results must be the
 * same: tables, snapshots, reports and exit codes. The table has an index of four attributes, which
 * older versions of the AWS SDK do not know.
 */
final class ClusterJobs {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocalAws AWS = LocalAws.shared();

  /** Some are broken, and some there twice. */
  private static final Trips TRIPS = Trips.make(2, 400);

  private static final List<String> GOOD = goodLines();

  private final String name;
  private final String folder;

  ClusterJobs(String name) {
    this.name = name;
    this.folder = "s3://" + AWS.bucket() + "/" + name;
  }

  private static List<String> goodLines() {
    List<String> lines = new ArrayList<>(List.of("k,n,note"));
    for (int i = 0; i < 500; i++) {
      lines.add("k" + i + "," + i + ".50,caf\u00e9 " + i % 7);
    }
    return lines;
  }

  /** Uploads the input, and makes the tables. */
  void prepare() {
    for (int i = 0; i < TRIPS.files().size(); i++) {
      put("trips/" + i + ".csv", TRIPS.files().get(i).getBytes(StandardCharsets.UTF_8));
    }
    byte[] good = String.join("\n", GOOD).getBytes(StandardCharsets.UTF_8);
    put("good.csv.zst", Zstd.compress(good));
    for (String where : List.of("direct", "cluster")) {
      createTable(table(where));
    }
  }

  private void put(String key, byte[] bytes) {
    AWS.s3()
        .putObject(
            put -> put.bucket(AWS.bucket()).key(name + "/" + key), RequestBody.fromBytes(bytes));
  }

  private String table(String where) {
    return "trips_" + name + "_" + where;
  }

  private static void createTable(String table) {
    AWS.dynamodb()
        .createTable(
            create ->
                create
                    .tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                        d -> d.attributeName("id").attributeType(ScalarAttributeType.S),
                        d -> d.attributeName("trip_id").attributeType(ScalarAttributeType.S),
                        d -> d.attributeName("pickup").attributeType(ScalarAttributeType.S),
                        d -> d.attributeName("distance").attributeType(ScalarAttributeType.N),
                        d -> d.attributeName("fare").attributeType(ScalarAttributeType.N))
                    .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                    .globalSecondaryIndexes(
                        index ->
                            index
                                .indexName("by-four")
                                .keySchema(
                                    k -> k.attributeName("trip_id").keyType(KeyType.HASH),
                                    k -> k.attributeName("pickup").keyType(KeyType.HASH),
                                    k -> k.attributeName("distance").keyType(KeyType.RANGE),
                                    k -> k.attributeName("fare").keyType(KeyType.RANGE))
                                .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))));
  }

  /** The jobs, by name, in their order. */
  private Map<String, List<String>> jobs(String where) {
    Map<String, List<String>> jobs = new LinkedHashMap<>();
    String good = "--input=" + folder + "/good.csv.zst";
    jobs.put(
        "rejects",
        trips(where, "import", "--rejects=" + folder + "/rejects/" + where, "--maxRejects=1000"));
    jobs.put("refused", trips(where, "import"));
    jobs.put("dry", trips(where, "import", "--dryRun", "--maxRejects=1000", dryRejects(where)));
    jobs.put(
        "good",
        job("import", good, "--table=good_" + table(where), "--columns=n:N", create("k:S")));
    jobs.put("verify", job("verify", good, "--table=good_" + table(where), "--columns=n:N"));
    jobs.put(
        "export", job("export", "--table=" + table(where), "--output=" + folder + "/out/" + where));
    jobs.forEach((job, arguments) -> arguments.add("--report=" + report(where, job)));
    return jobs;
  }

  private String dryRejects(String where) {
    return "--rejects=" + folder + "/dry-rejects/" + where;
  }

  private static String create(String key) {
    return "--createTable=ON_DEMAND\t--partitionKey=" + key;
  }

  private List<String> trips(String where, String verb, String... more) {
    List<String> arguments =
        job(
            verb,
            "--input=" + folder + "/trips/*",
            "--format=CSV",
            "--table=" + table(where),
            "--columns=distance:N,fare:N,flag:BOOL",
            "--keyFrom=md5");
    arguments.addAll(List.of(more));
    return arguments;
  }

  static List<String> job(String verb, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--pipeline=" + verb,
                "--local",
                "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
                "--s3Endpoint=" + AWS.s3Endpoint()));
    for (String argument : more) {
      arguments.addAll(List.of(argument.split("\t")));
    }
    return arguments;
  }

  private String report(String where, String job) {
    return folder + "/reports/" + where + "/" + job + ".json";
  }

  /** Runs all jobs on the DirectRunner and by this function, and compares what they leave. */
  void compare(Function<List<String>, Run> submit) throws IOException {
    Map<String, List<String>> direct = jobs("direct");
    List<Run> expected = Runs.inOneJvm("direct", List.copyOf(direct.values()));
    int i = 0;
    for (Map.Entry<String, List<String>> job : jobs("cluster").entrySet()) {
      Run run = submit.apply(job.getValue());
      run.mustHaveExited(job.getKey().equals("refused") ? 3 : 0);
      assertThat(job.getKey() + run.errors(), run.code(), is(expected.get(i++).code()));
      assertThat(job.getKey(), result("cluster", job.getKey()), is(result("direct", job.getKey())));
    }
    assertThat(items(table("cluster"), "id"), is(TRIPS.items()));
    assertThat(items("good_" + table("cluster"), "k"), is(items("good_" + table("direct"), "k")));
    assertThat(items("good_" + table("cluster"), "k").size(), is(500));
    assertThat(snapshot("cluster"), is(snapshot("direct")));
    assertThat(snapshot("direct"), matchesPattern(TRIPS.items().size() + " +.*"));
  }

  /** What a report says of the records: names, places and times differ on purpose. */
  private Map<String, JsonNode> result(String where, String job) throws IOException {
    String key = report(where, job).substring(("s3://" + AWS.bucket() + "/").length());
    JsonNode report =
        JSON.readTree(
            AWS.s3().getObjectAsBytes(get -> get.bucket(AWS.bucket()).key(key)).asByteArray());
    Map<String, JsonNode> result = new HashMap<>();
    for (String section : List.of("counts", "addsUp", "rejections", "firstRejections", "survey")) {
      result.put(section, report.get(section));
    }
    return result;
  }

  static Map<String, Map<String, AttributeValue>> items(String table, String key) {
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    AWS.dynamodb()
        .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
        .items()
        .forEach(item -> assertThat(items.put(item.get(key).s(), item) == null, is(true)));
    return items;
  }

  /** How many items the snapshot has, and a sum over all of their contents. */
  private String snapshot(String where) throws IOException {
    return query(
        where,
        "select count(*), sum(hash(id, trip_id, pickup, distance, fare, flag, note)) from "
            + table(where));
  }

  private String query(String where, String sql) throws IOException {
    return Snapshots.query(
        folder + "/out/" + where, sql, "--local", "--s3Endpoint=" + AWS.s3Endpoint());
  }

  /**
   * Writes items with VARIANT columns, compressed by zstd, from the snapshot that the DirectRunner
   * exported.
   *
   * @return arguments of an import of them
   */
  List<String> importOfVariants(String where, Path file) {
    List<String> copy =
        List.of(
            "--pipeline=query",
            "--output=" + folder + "/out/direct",
            "--local",
            "--s3Endpoint=" + AWS.s3Endpoint(),
            "copy (select id, {'trip': trip_id, 'far': distance > 20, 'notes': [note, pickup]}::variant"
                + " as v from "
                + table("direct")
                + ") to '"
                + file
                + "' (format parquet, compression zstd)");
    Program.startJar("direct", copy).mustExitWith(0);
    return job("import", "--input=" + file, "--table=" + variants(where), create("id:S"));
  }

  private String variants(String where) {
    return "variants_" + name + "_" + where;
  }

  /** Compares the tables of these imports. */
  void compareVariants() {
    Map<String, Map<String, AttributeValue>> items = items(variants("cluster"), "id");
    assertThat(items, is(items(variants("direct"), "id")));
    assertThat(items.keySet(), is(TRIPS.items().keySet()));
    items.forEach(
        (id, item) ->
            assertThat(item.get("v").m().get("trip"), is(TRIPS.items().get(id).get("trip_id"))));
  }
}

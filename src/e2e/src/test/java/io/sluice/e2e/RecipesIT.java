/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testing.LocalAws;
import io.sluice.testing.Postgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The recipes of the documentation, as they are written there. */
class RecipesIT {
  private static final LocalAws AWS = LocalAws.shared();
  private static final Path ROOT = Path.of(System.getProperty("sluice.root"));
  private static final Pattern BLOCK = Pattern.compile("```(sh|yaml)\n(.*?)```", Pattern.DOTALL);
  private static final int TRIPS = 500;
  private static final int ORDERS = 40;
  private static final int PRODUCTS = 200;

  /** A merge in a night is as of ten seconds before. */
  private static final int SECONDS_BEFORE = 12;

  @TempDir static Path folder;

  /**
   * A recipe.
   *
   * @param commands its blocks of commands, in their order
   * @param files its files, by their names
   */
  private record Recipe(List<String> commands, Map<String, String> files) {}

  private static Recipe recipe(String heading) throws IOException {
    String all = Files.readString(ROOT.resolve("src/docs/recipes.md"));
    int begin = all.indexOf("## " + heading);
    assertThat(heading, begin, greaterThan(0));
    int end = all.indexOf("\n## ", begin);
    Matcher blocks = BLOCK.matcher(all.substring(begin, end < 0 ? all.length() : end));
    Recipe recipe = new Recipe(new ArrayList<>(), new TreeMap<>());
    while (blocks.find()) {
      String text = blocks.group(2);
      if (blocks.group(1).equals("sh")) {
        recipe.commands.add(text);
      } else {
        recipe.files.put(text.substring("# ".length(), text.indexOf('\n')), text);
      }
    }
    assertThat(heading, recipe.commands, is(not(empty())));
    return recipe;
  }

  @BeforeAll
  static void start() throws IOException {
    for (String bucket : List.of("drop", "lake")) {
      AWS.s3().createBucket(b -> b.bucket(bucket));
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path script =
        Files.writeString(
            folder.resolve("sluice"),
            """
            #!/usr/bin/env bash
            verb=$1
            shift
            exec '%s' -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar '%s' --pipeline=$verb "$@" \
              --local --dynamodbEndpoint=%s --s3Endpoint=%s
            """
                .formatted(java, Program.jar("direct"), AWS.dynamodbEndpoint(), AWS.s3Endpoint()));
    assertThat(script.toFile().setExecutable(true), is(true));
  }

  private static String run(String commands) {
    return Program.start(List.of("bash", "-ec", "cd '" + folder + "'\n" + commands))
        .mustExitWith(0)
        .output();
  }

  private static void put(String bucket, String key, String text) {
    AWS.s3().putObject(p -> p.bucket(bucket).key(key), RequestBody.fromString(text));
  }

  private static List<String> keys(String bucket, String prefix) {
    return AWS.s3().listObjectsV2Paginator(l -> l.bucket(bucket).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  private static String text(String key) {
    return AWS.s3()
        .getObjectAsBytes(g -> g.bucket("lake").key(key))
        .asString(StandardCharsets.UTF_8);
  }

  private static void createTable(String table, String key, ScalarAttributeType type) {
    AWS.dynamodb()
        .createTable(
            create ->
                create
                    .tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(a -> a.attributeName(key).attributeType(type))
                    .keySchema(k -> k.attributeName(key).keyType("HASH")));
  }

  private static int count(String table) {
    return AWS.dynamodb().scanPaginator(s -> s.tableName(table)).items().stream().toList().size();
  }

  private static void loadTrips() throws IOException {
    createTable("trips", "id", ScalarAttributeType.S);
    for (int file = 0; file < 2; file++) {
      int first = file * TRIPS / 2;
      put(
          "drop",
          "trips/" + file + ".csv",
          IntStream.range(first, first + TRIPS / 2)
              .mapToObj(i -> i + ",place " + i % 7)
              .collect(joining("\n", "n,place\n", "\n")));
    }
    run(recipe("Load files every night").commands.get(0));
  }

  @Test
  void filesAreLoadedAndThenQueried() throws IOException {
    loadTrips();
    assertThat(count("trips"), is(TRIPS));
    assertThat(keys("drop", "trips/"), is(empty()));
    assertThat(text("reports/trips.json"), containsString("\"written\" : " + TRIPS));
    assertThat(text("reports/trips.html"), containsString("<html"));

    String printed = run(recipe("Export a table").commands.get(0));
    assertThat(printed, containsString(Integer.toString(TRIPS)));
    assertThat(keys("lake", "exports/snapshots_trips/"), is(not(empty())));
  }

  @Test
  void aTableIsFilledByADeadline() throws IOException {
    put(
        "drop",
        "customers/1.json",
        IntStream.range(0, TRIPS)
            .mapToObj(i -> "{\"id\":\"c%d\",\"text\":\"%s\"}".formatted(i, "x".repeat(i * 5)))
            .collect(joining("\n")));
    String printed = run(recipe("Fill a new table").commands.get(0));
    assertThat(printed, containsString("needed a second"));
    assertThat(count("customers"), is(TRIPS));
    JsonNode report = new ObjectMapper().readTree(text("reports/customers.json"));
    double planned = report.at("/planned/figures/writeUnits").doubleValue();
    assertThat(planned, greaterThan((double) TRIPS));
    assertThat(report.at("/consumed/writes/table").doubleValue(), is(planned));
    assertThat(
        "of the units",
        report.at("/cost/lines/0/dollars").doubleValue(),
        is(report.at("/planned/cost/lines/0/dollars").doubleValue()));
    double dollars = report.at("/cost/dollars").doubleValue();
    assertThat(
        "with the requests to S3",
        report.at("/planned/cost/dollars").doubleValue(),
        closeTo(dollars, 0.1 * dollars));
  }

  @Test
  void aLakeFollowsATable() throws IOException {
    createTable("orders", "id", ScalarAttributeType.N);
    for (int id = 0; id < ORDERS; id++) {
      order(id, "open");
    }
    Recipe recipe = recipe("Keep a lake");
    run(recipe.commands.get(0));
    aMinutePasses();
    run(recipe.commands.get(1));
    order(1, "paid");
    AWS.dynamodb().deleteItem(d -> d.tableName("orders").key(Map.of("id", fromN("2"))));
    await(Instant.now().plusSeconds(SECONDS_BEFORE));
    Files.writeString(folder.resolve("lake.yaml"), recipe.files.get("lake.yaml"));
    run(recipe.commands.get(2));
    String merged =
        run(
            "./sluice query --output=s3://lake/exports"
                + " 'select state, count(*) as n from orders group by all order by state'");
    assertThat(merged.lines().map(String::strip).toList().toString(), containsString("paid"));
    assertThat(merged, containsString(Integer.toString(ORDERS - 2)));
    assertThat(
        keys("lake", "exports/snapshots_orders/").stream()
            .filter(key -> key.endsWith("/_SUCCESS"))
            .toList(),
        hasSize(2));
  }

  /** The feed says that it is complete since then. */
  private static void aMinutePasses() {
    for (String key : keys("lake", "feeds/changes_orders/_commits/")) {
      put(
          "lake",
          key,
          text(key)
              .replaceFirst(
                  "(\"completeFrom\" : )\"[^\"]+\"",
                  "$1\"" + Instant.now().minusSeconds(90) + "\""));
    }
  }

  private static void order(int id, String state) {
    AWS.dynamodb()
        .putItem(
            p ->
                p.tableName("orders")
                    .item(Map.of("id", fromN(Integer.toString(id)), "state", fromS(state))));
  }

  private static void await(Instant time) {
    while (Instant.now().isBefore(time)) {
      LockSupport.parkNanos(100_000_000);
    }
  }

  @Test
  void eventsAreFilteredByAWarehouse() throws IOException, SQLException {
    Postgres warehouse = Postgres.database();
    warehouse.execute(
        "CREATE TABLE products (product text PRIMARY KEY, title text)",
        "INSERT INTO products SELECT 'p' || n, 'title ' || n FROM generate_series(1, %d) n"
            .formatted(PRODUCTS));
    List<String> events =
        IntStream.range(0, 2 * PRODUCTS)
            .mapToObj(i -> "{ \"n\": %d, \"click\": {\"product\":\"p%d\"}}".formatted(i, i))
            .toList();
    put("drop", "clicks/1.json", String.join("\n", events) + "\n");
    Recipe recipe = recipe("Keep what a warehouse knows");
    String file =
        recipe
            .files
            .get("products.yaml")
            .replace("jdbc:postgresql://warehouse/shop", warehouse.url() + "?password=none")
            .replace("loader", warehouse.user());
    Files.writeString(folder.resolve("products.yaml"), file);
    run(recipe.commands.get(0));
    assertThat(count("products"), is(PRODUCTS));
    List<String> kept = new ArrayList<>();
    for (String key : keys("lake", "clicks-of-products/part-")) {
      kept.addAll(text(key).lines().toList());
    }
    assertThat(
        kept.stream().sorted().toList(),
        is(events.subList(1, PRODUCTS + 1).stream().sorted().toList()));
  }
}

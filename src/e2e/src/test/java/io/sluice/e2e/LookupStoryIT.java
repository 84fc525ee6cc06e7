/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.e2e.Runs.Run;
import io.sluice.testing.LocalAws;
import io.sluice.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A table that follows a database, and events that are filtered by it: the identifiers of a
 * warehouse are kept as a table, and a stream of events holds only those that are among them.
 */
class LookupStoryIT {
  private static final LocalAws AWS = LocalAws.shared();
  private static final int PRODUCTS = 300;
  private static final int EVENTS = 5000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink", "spark"})
  void eventsAreFilteredByWhatADatabaseHas(String profile) throws IOException, SQLException {
    String table = "story_" + profile;
    Postgres warehouse = Postgres.database();
    warehouse.execute(
        "CREATE TABLE products (product text PRIMARY KEY, title text)",
        "INSERT INTO products SELECT 'p' || n, 'title ' || n FROM generate_series(0, 2 * %d, 2) n"
            .formatted(PRODUCTS - 1));
    List<String> lines = events();
    Path events = Files.write(folder.resolve("events.json"), lines);

    List<Run> first =
        run(
            profile,
            job("import", table, warehouse, "--createTable=ON_DEMAND", "--partitionKey=product:S"),
            lookup(table, events, "first"));
    assertThat(
        first.get(0).mustHaveExited(0).output(),
        matchesPattern("(?s).*written +" + PRODUCTS + "  in .*"));
    first.get(1).mustHaveExited(0);
    assertThat(kept("first"), is(having(lines, -1)));

    warehouse.execute("DELETE FROM products WHERE product = 'p10'");
    AWS.dynamodb()
        .putItem(
            put ->
                put.tableName(table)
                    .item(Map.of("product", fromS("p4"), "title", fromS("by hand"))));
    List<Run> second =
        run(
            profile,
            job("verify", table, warehouse, "--repair"),
            job("import", table, warehouse, "--write=CHANGED", "--prune"),
            lookup(table, events, "second"));
    assertThat(
        "what was changed by hand is repaired",
        second.get(0).mustHaveExited(0).output(),
        matchesPattern("(?s).*changed +1\n.*written +1  .*matched +" + (PRODUCTS - 1) + "  .*"));
    assertThat(
        "what the database has no more is gone",
        second.get(1).mustHaveExited(0).output(),
        matchesPattern("(?s).*surplus +1 .*pruned +1 .*written +0\n.*"));
    second.get(2).mustHaveExited(0);
    assertThat(kept("second"), is(having(lines, 10)));
    assertThat(
        "the removed one had events",
        having(lines, -1).size(),
        greaterThan(having(lines, 10).size()));
  }

  /** Few products have most of the events, and every other one is unknown. */
  private static List<String> events() {
    Random random = new Random(EVENTS);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      int product = (int) (2 * PRODUCTS * Math.pow(random.nextDouble(), 3));
      lines.add("{\"n\": %d, \"click\":{\"product\":\"p%d\"}}".formatted(i, product));
    }
    return lines;
  }

  /** The plain filter: an event of an even product is in the database, but of the removed one. */
  private static List<String> having(List<String> lines, int removed) {
    List<String> having = new ArrayList<>();
    for (String line : lines) {
      int product = Integer.parseInt(line.replaceAll(".*\"p(\\d+)\".*", "$1"));
      if (product % 2 == 0 && product != removed) {
        having.add(line);
      }
    }
    return having;
  }

  private List<String> kept(String output) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve(output))) {
      List<Path> parts =
          files.filter(file -> file.getFileName().toString().startsWith("part-")).sorted().toList();
      for (Path part : parts) {
        lines.addAll(Files.readAllLines(part));
      }
    }
    return lines;
  }

  @SafeVarargs
  private static List<Run> run(String profile, List<String>... jobs) {
    return Runs.inOneJvm(profile, List.of(jobs));
  }

  private static List<String> job(String verb, String table, Postgres from, String... more) {
    List<String> arguments = local(verb);
    arguments.addAll(
        List.of(
            "--table=" + table,
            "--source=JDBC",
            "--jdbcUrl=" + from.url() + "?password=none",
            "--jdbcUser=" + from.user(),
            "--jdbcTable=products"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private List<String> lookup(String table, Path events, String output) {
    List<String> arguments = local("lookup");
    arguments.addAll(
        List.of(
            "--lookupTable=" + table,
            "--lookupKey=click.product",
            "--where=PRESENT",
            "--input=" + events,
            "--output=" + folder.resolve(output)));
    return arguments;
  }

  private static List<String> local(String verb) {
    return new ArrayList<>(
        List.of(
            "--pipeline=" + verb,
            "--local",
            "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
            "--s3Endpoint=" + AWS.s3Endpoint()));
  }
}

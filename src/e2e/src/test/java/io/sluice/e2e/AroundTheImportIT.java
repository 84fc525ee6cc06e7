/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What surrounds an import: dry run, replay of rejections, verification, deleting the input. */
class AroundTheImportIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocalAws AWS = LocalAws.shared();
  private static final String SECRET = "Zx81SecretContent";

  @TempDir Path folder;
  private Path input;

  @BeforeEach
  void write() throws IOException {
    input = folder.resolve("films.csv");
    Files.writeString(
        input,
        """
        year,title,rating
        2013,Rush,8.3
        2013,Prisoners,8.2
        1984,Brazil,unknown %s
        1999,The Matrix
        """
            .formatted(SECRET));
  }

  @Test
  void aDryRunTellsAndWritesNothing() throws IOException {
    Path report = folder.resolve("report.json");
    Program program =
        films(
                "import",
                "dry_films",
                "--dryRun",
                "--report=" + report,
                "--maxRejects=5",
                "--rejects=" + folder.resolve("rejects"))
            .mustExitWith(0);
    assertThat(
        program.output(), allOf(containsString("writable"), containsString("of up to 128 bytes")));
    JsonNode survey = JSON.readTree(report.toFile()).get("survey");
    assertThat(survey.get("items").asLong(), is(2L));
    assertThat(survey.at("/writeUnits/table").asLong(), is(2L));
    assertThat(survey.at("/hottestPartitionKeys/items/2013").asLong(), is(2L));
    assertThat(AWS.dynamodb().listTables().tableNames().contains("dry_films"), is(false));
  }

  @Test
  void whatWasRejectedIsMendedAndReplayed() throws IOException {
    String table = "replayed_films";
    Path rejects = folder.resolve("rejects");
    Program first =
        films("import", table, "--createTable=ON_DEMAND", "--maxRejects=5", "--rejects=" + rejects)
            .mustExitWith(0);
    assertThat(first.output() + first.errors(), not(containsString(SECRET)));
    assertThat(titles(table), is(List.of("Prisoners", "Rush")));

    Path run = only(Files.list(rejects));
    List<String> lines = new ArrayList<>();
    for (Path file : Files.list(run).toList()) {
      for (String line : Files.readAllLines(file)) {
        lines.add(line.replace("unknown " + SECRET, "7.9").replace("The Matrix", "The Matrix,8.7"));
      }
      Files.delete(file);
    }
    // Each file has a line of the columns before its records.
    assertThat(lines.stream().filter(line -> line.contains("\"record\"")).count(), is(2L));
    Files.write(run.resolve("mended.jsonl"), lines);
    run(
            "import",
            "--input=" + run + "/",
            "--format=REJECTS",
            "--table=" + table,
            "--columns=rating:N")
        .mustExitWith(0);
    assertThat(titles(table), is(List.of("Brazil", "Prisoners", "Rush", "The Matrix")));
  }

  @Test
  void theVerificationFindsWhatIsMissingDifferentAndUnexpected() throws IOException {
    String table = "verified_films";
    Files.writeString(input, "year,title,rating\n2013,Rush,8.30\n1984,Brazil,7.9\n");
    films("import", table, "--createTable=ON_DEMAND").mustExitWith(0);
    films("verify", table, "--full").mustExitWith(0);

    Files.writeString(input, "year,title,rating\n2013,Rush,9\n1999,The Matrix,8.7\n");
    Program different = films("verify", table).mustExitWith(4);
    assertThat(
        different.output(),
        allOf(
            containsString("MISSING 1, DIFFERENT 1"),
            containsString("the table's item differs in 'rating'"),
            containsString("the table has no item of this key")));
    Program full = films("verify", table, "--full").mustExitWith(4);
    assertThat(full.output(), containsString("MISSING 1, DIFFERENT 1, UNEXPECTED 1"));
  }

  @Test
  void theInputIsDeletedOnlyWhenAllOfItIsWritten() throws IOException {
    String table = "deleted_films";
    Path later = folder.resolve("films2.txt");
    Files.writeString(later, "not part of the input");
    films("import", table, "--createTable=ON_DEMAND", "--onSuccess=DELETE").mustExitWith(3);
    assertThat(Files.exists(input), is(true));

    films(
            "import",
            table,
            "--createTable=ON_DEMAND",
            "--onSuccess=DELETE",
            "--maxRejects=2",
            "--rejects=" + folder.resolve("rejects"))
        .mustExitWith(0);
    assertThat(Files.exists(input), is(false));
    assertThat(Files.exists(later), is(true));
  }

  /**
   * One JSON array of nested objects, and a table that holds just that, by an oracle of the test.
   */
  @Test
  void anArrayOfNestedFilmsArrivesExactly() throws IOException {
    String table = "nested_films";
    Map<String, Map<String, AttributeValue>> expected = new HashMap<>();
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < 800; i++) {
      String title = "Film \u00e9 \"" + i + "\"";
      String rating = i % 10 + "." + i % 7 + "3000000000000000000" + (1 + i % 9);
      expected.put(
          title,
          Map.of(
              "year", AttributeValue.fromN("" + (1950 + i % 70)),
              "title", AttributeValue.fromS(title),
              "info",
                  AttributeValue.fromM(
                      Map.of(
                          "rating", AttributeValue.fromN(rating),
                          "genres",
                              AttributeValue.fromL(
                                  List.of(
                                      AttributeValue.fromS("Drama"), AttributeValue.fromN("" + i))),
                          "sequel", AttributeValue.fromBool(i % 2 == 0),
                          "awards", AttributeValue.fromL(List.of()),
                          "plot", AttributeValue.fromNul(true)))));
      json.append(i == 0 ? "\n" : ",\n")
          .append("  {\"year\": ")
          .append(1950 + i % 70)
          .append(", \"title\": \"")
          .append(title.replace("\"", "\\\""))
          .append("\",\n   \"info\": {\"rating\": ")
          .append(rating)
          .append(", \"genres\": [\"Drama\", ")
          .append(i)
          .append("], \"sequel\": ")
          .append(i % 2 == 0)
          .append(", \"awards\": [], \"plot\": null}}");
    }
    Path file = folder.resolve("films.json");
    Files.writeString(file, json.append("\n]\n").toString());
    run(
            "import",
            "--input=" + file,
            "--table=" + table,
            "--createTable=ON_DEMAND",
            "--partitionKey=year:N",
            "--sortKey=title:S")
        .mustExitWith(0);

    Map<String, Map<String, AttributeValue>> found = new HashMap<>();
    AWS.dynamodb()
        .scanPaginator(scan -> scan.tableName(table))
        .items()
        .forEach(item -> found.put(item.get("title").s(), item));
    assertThat(found, is(expected));
    run("verify", "--input=" + file, "--table=" + table, "--full").mustExitWith(0);
  }

  private Program films(String verb, String table, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--input=" + folder + "/*.csv", "--table=" + table, "--columns=rating:N"));
    if (verb.equals("import")) {
      arguments.addAll(List.of("--partitionKey=year:N", "--sortKey=title:S"));
    }
    arguments.addAll(List.of(more));
    return run(verb, arguments.toArray(String[]::new));
  }

  private static Program run(String verb, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--pipeline=" + verb,
                "--local",
                "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
                "--s3Endpoint=" + AWS.s3Endpoint()));
    all.addAll(List.of(arguments));
    return Program.startJar("direct", all);
  }

  private static List<String> titles(String table) {
    return AWS.dynamodb().scanPaginator(scan -> scan.tableName(table)).items().stream()
        .map((Map<String, AttributeValue> item) -> item.get("title").s())
        .sorted()
        .toList();
  }

  private static Path only(Stream<Path> paths) {
    List<Path> list = paths.toList();
    assertThat(list.size(), is(1));
    assertThat(list.get(0).getFileName().toString(), startsWith("20"));
    return list.get(0);
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Events that a lookup rejects, and lookups that are refused. */
@Timeout(180)
class RefusedLookupTest {
  private static final String BAD =
      """
      {"id":"p2","n":1}
      {"n":2}
      {"id":null,"n":3}
      {"id":{"a":1},"n":4}
      {"id":true,"n":5}
      {"id":"","n":6}
      {"id":"p2","id":"p4","n":7}
      ["id"]
      {"id":"p2"
      {"id":2,"n":10}
      """;

  @TempDir Path folder;
  private final ProductLookup products = new ProductLookup();

  private Path out() {
    return folder.resolve("out");
  }

  @Test
  void eventsWithoutTheKeyAreRejectedAndTooManyOfThemLeaveNothing() throws Exception {
    products.create();
    Path file = Files.writeString(folder.resolve("bad.json"), BAD);
    Printed printed = new Printed();
    String[] arguments = {
      "--input=" + file, "--format=JSON", "--lookupKey=id", "--where=PRESENT", "--output=" + out()
    };
    assertThat(products.run(printed, arguments), is(ExitCode.REJECTIONS));
    assertThat(
        printed.errors(),
        contains("sluice: 8 rejected, --maxRejects=0 allows fewer: nothing was written"));
    assertThat(printed.lines(), hasItem(matchesPattern(" *withheld +1  .*")));
    assertThat(printed.lines(), hasItem(matchesPattern(" *dropped +1")));
    assertThat(Files.exists(out().resolve("_SUCCESS")), is(false));
    assertThat(Files.exists(out()) ? ProductLookup.names(out()) : List.of(), is(empty()));

    Path rejects = folder.resolve("rejects");
    List<String> more = new ArrayList<>(List.of(arguments));
    more.addAll(List.of("--maxRejects=8", "--rejects=" + rejects));
    assertThat(products.run(more.toArray(String[]::new)), is(ExitCode.OK));
    assertThat(ProductLookup.contents(out()), is("{\"id\":\"p2\",\"n\":1}\n"));
    try (Stream<Path> files = Files.walk(rejects)) {
      List<String> lines = new ArrayList<>();
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        lines.addAll(Files.readAllLines(each));
      }
      long records = lines.stream().filter(line -> line.contains("\"reason\"")).count();
      assertThat(records, is(8L));
    }
  }

  @Test
  void aFolderWithAResultOrFilesOfOthersIsNotTouched() throws Exception {
    products.create();
    Path file = Files.writeString(folder.resolve("e.json"), "{\"id\":\"p2\"}\n");
    String[] arguments = {
      "--input=" + file, "--lookupKey=id", "--where=PRESENT", "--output=" + out()
    };
    Files.createDirectories(out().resolve("_staging/earlier"));
    Files.writeString(out().resolve("_staging/earlier/part-00000.json"), "left over");
    Files.writeString(out().resolve("_staging/_publishing"), "");
    Files.writeString(out().resolve("part-00007.json"), "left over");
    assertThat("what a killed run left is no obstacle", products.run(arguments), is(ExitCode.OK));
    assertThat(ProductLookup.contents(out()), is("{\"id\":\"p2\"}\n"));
    assertThat(Files.exists(out().resolve("_staging")), is(false));
    assertThat(
        assertThrows(JobException.class, () -> products.run(arguments)).getMessage(),
        containsString("it has the result of an earlier lookup: give another folder"));
    Files.delete(out().resolve("_SUCCESS"));
    Files.writeString(out().resolve("mine.txt"), "keep");
    assertThat(
        assertThrows(JobException.class, () -> products.run(arguments)).getMessage(),
        containsString("it has files that no lookup wrote, such as mine.txt"));
  }

  @Test
  void theInputIsNeverInTheOutput() throws Exception {
    products.create();
    Path events = Files.createDirectories(out()).resolve("part-1.json");
    Files.writeString(events, "{\"id\":\"p2\"}\n");
    String[] arguments = {
      "--input=" + out() + "/part-*.json", "--lookupKey=id", "--where=PRESENT", "--output=" + out()
    };
    assertThat(
        assertThrows(JobException.class, () -> products.run(arguments)).getMessage(),
        containsString("it has files that no lookup wrote, such as part-1.json"));
    Files.createDirectories(out().resolve("_staging"));
    Files.writeString(out().resolve("_staging/_publishing"), "");
    assertThat(
        assertThrows(JobException.class, () -> products.run(arguments)).getMessage(),
        is(
            "--output=%s/ has a file of the input, %s: give another folder"
                .formatted(out(), events)));
    assertThat(Files.exists(events), is(true));
  }

  @Test
  void rejectionsAndTheReportAreNotAmongTheEvents() throws Exception {
    products.create();
    Path file = Files.writeString(folder.resolve("e.json"), "{\"id\":\"p2\"}\n{}\n");
    String[] arguments = {
      "--input=" + file, "--lookupKey=id", "--where=PRESENT", "--output=" + out(), "--maxRejects=1"
    };
    for (String refused : List.of("", "/rejects", "/_staging", "/_SUCCESS/x")) {
      assertThat(
          refused(arguments, "--rejects=" + out() + refused),
          is(
              "--rejects=%s is among the events: give a place outside --output, or below it a name such as _rejects"
                  .formatted(out() + refused)));
    }
    String rejects = "--rejects=" + out().resolve("_rejects");
    for (String refused : List.of("/report.json", "/_SUCCESS", "/_manifest.json")) {
      assertThat(
          refused(
              arguments, rejects, "--report=" + folder.resolve("r.html") + "," + out() + refused),
          startsWith("--report=" + out() + refused + " is among the events"));
    }
    assertThat(
        products.run(with(arguments, rejects, "--report=" + out().resolve("_report.json"))),
        is(ExitCode.OK));
    assertThat(ProductLookup.contents(out()), is("{\"id\":\"p2\"}\n"));
    assertThat(Files.exists(out().resolve("_SUCCESS")), is(true));
  }

  private String refused(String[] arguments, String... more) {
    return assertThrows(JobException.class, () -> products.run(with(arguments, more))).getMessage();
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void aTableWithASortKeyNeedsBothPaths() throws Exception {
    products.create(
        create ->
            create
                .attributeDefinitions(
                    d -> d.attributeName("c").attributeType(ScalarAttributeType.S),
                    d -> d.attributeName("o").attributeType(ScalarAttributeType.N))
                .keySchema(
                    k -> k.attributeName("c").keyType(KeyType.HASH),
                    k -> k.attributeName("o").keyType(KeyType.RANGE)),
        Map.of("c", AttributeValue.fromS("x"), "o", AttributeValue.fromN("10")));
    Path file =
        Files.writeString(
            folder.resolve("e.json"),
            """
            {"user":"x","orders":[{"no":1},{"no":1.0e1}]}
            {"user":"x","orders":[{"no":10},{"no":11}]}
            {"user":"x","orders":[0,{"no":"10"}]}
            """);
    assertThat(
        assertThrows(
                JobException.class,
                () ->
                    products.run(
                        "--input=" + file,
                        "--lookupKey=user",
                        "--where=PRESENT",
                        "--output=" + out()))
            .getMessage(),
        is(
            "--lookupKey=user must have a path for each attribute of the table's key: c=path,o=path"));
    assertThat(
        products.run(
            "--input=" + file,
            "--lookupKey=c=user,o=orders.1.no",
            "--where=PRESENT",
            "--output=" + out()),
        is(ExitCode.OK));
    assertThat(
        ProductLookup.contents(out()),
        is(
            """
            {"user":"x","orders":[{"no":1},{"no":1.0e1}]}
            {"user":"x","orders":[0,{"no":"10"}]}
            """));
  }

  @Test
  void mistakesAreToldTogether() {
    List<String> problems =
        assertThrows(
                UsageException.class,
                () ->
                    LookupPlan.of(
                        OneWorker.options(
                            LookupOptions.class,
                            "--where=ABSENT",
                            "--enrich=a,b=a,a",
                            "--format=PARQUET",
                            "--maxRejects=1",
                            "--cacheFor=0s")))
            .problems();
    assertThat(
        problems,
        contains(
            startsWith("--input is missing"),
            startsWith("--lookupTable is missing"),
            startsWith("--format=PARQUET: a lookup reads events"),
            startsWith("--lookupKey is missing"),
            startsWith("--enrich=a,b=a,a must be attributes with different names"),
            startsWith("--enrich does not go with --where=ABSENT"),
            startsWith("--output is missing"),
            startsWith("--maxRejects=1 needs --rejects"),
            startsWith("--cacheFor: ")));
    assertThat(problems, not(hasItem(containsString("Exception"))));
  }
}

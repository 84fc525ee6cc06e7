/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.pipelines.cli.Printed;
import io.sluice.testing.RecoverableTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Native exports that do not go together, or are not as they were: nothing is published. */
class RefusedMergeTest {
  @TempDir Path root;
  private RecoverableHistory history;
  private Instant begin;
  private Path base;
  private Instant first;
  private Path one;
  private Instant second;
  private Path two;

  @BeforeEach
  void export() {
    history = new RecoverableHistory(root, new Random(1));
    begin = history.live();
    base = history.table().export("DYNAMODB_JSON");
    first = history.live();
    one = history.table().export(begin, first, "DYNAMODB_JSON", "NEW_IMAGE");
    second = history.live();
    two = history.table().export(first, second, "ION", "NEW_AND_OLD_IMAGES");
  }

  @AfterEach
  void nothingIsPublished() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files.noneMatch(file -> file.endsWith("_SUCCESS")), is(true));
    }
  }

  private String failureOf(String table, Object from, String deltas, String... more) {
    String[] arguments =
        Stream.concat(
                Stream.of("--base=" + from, "--deltas=" + deltas, "--output=" + root + "/lake"),
                Stream.of(more))
            .toArray(String[]::new);
    return Merges.failure(table, arguments);
  }

  private String failure(Object from, Object... deltas) {
    return failureOf(
        "trips", from, Stream.of(deltas).map(Object::toString).collect(Collectors.joining(",")));
  }

  @Test
  void aHole() {
    Instant third = history.live();
    Path three = history.table().export(second, third, "ION", "NEW_IMAGE");
    assertThat(
        failure(base, three, one),
        is(
            "--deltas: no incremental export has the changes from %s to %s: the next one is %s/"
                .formatted(first, second, three)));
    assertThat(
        failure(base, two, three),
        is(
            "--deltas: no incremental export has the changes from %s to %s: the next one is %s/"
                .formatted(begin, first, two)));
  }

  @Test
  void anotherPointInTimeThanTheEndOfAnExport() {
    Instant between = first.plusSeconds(7);
    assertThat(
        failureOf("trips", base, one + "," + two, "--asOf=" + between),
        is(
            "--asOf=%s is not the end of an incremental export: it may be %s, %s"
                .formatted(between, first, second)));
    Instant before = begin.minusSeconds(1);
    assertThat(
        failureOf("trips", base, one.toString(), "--asOf=" + before),
        is(
            "%s/ may have changes until %s, after the point in time %s"
                .formatted(base, begin, before)));
    assertThat(
        failureOf("trips", history.table().exports(), one.toString(), "--asOf=" + before),
        is(
            "--base=%s has no snapshot of trips that ends by %s"
                .formatted(history.table().exports(), before)));
    Path later = history.table().export("ION");
    assertThat(
        failureOf("trips", later, one.toString(), "--asOf=" + second.plusSeconds(1)),
        is(
            "--asOf=%s is not the end of an incremental export: it may be none, since all of them end before the base"
                .formatted(second.plusSeconds(1))));
  }

  @Test
  void oneKindForTheOther() throws IOException {
    assertThat(
        failure(base, base),
        is("--deltas: " + base + "/ is a full export: its records are items, and no changes"));
    assertThat(
        failure(one, one),
        is("--base=" + one + " is an incremental export, of changes: it belongs to --deltas"));
    assertThat(failure(base, root), is("--deltas: " + root + "/changes_trips/ has no commit"));
    FeedFolder feed = new FeedFolder(root + "/feeds", "trips");
    FeedCommits.of(feed)
        .add(
            new FeedCommit(
                1,
                "run",
                "trips",
                "arn:1",
                "NEW_IMAGE",
                begin,
                begin,
                second,
                0,
                null,
                List.of(),
                List.of()));
    assertThat(
        failure(base, one, root + "/feeds"),
        is(
            "--deltas: %s is a feed of captured changes, which is merged by itself: merge the others before it or after it"
                .formatted(feed.path())));
    assertThat(
        failureOf("trips", base, root + "/feeds", "--asOf=" + first),
        startsWith("--asOf: the point in time is " + first + ", must be in whole seconds"));
  }

  @Test
  void anotherTable() {
    String other = "arn:aws:dynamodb:eu-west-1:000000000001:table/trips";
    assertThat(
        failureOf("tours", base, one.toString()),
        is(one + "/ is an export of the table trips, not of tours"));
    assertThat(
        failureOf(other, base, one.toString()),
        is(
            "%s/ is an export of the table %s, not of %s"
                .formatted(one, RecoverableTable.ARN, other)));
    assertThat(
        failureOf("tours", history.table().exports(), history.table().exports().toString()),
        is("--deltas: " + history.table().exports() + " has no incremental export of tours"));
  }

  /** Replaces a text in a manifest, with its checksum gone. */
  private static void edit(Path export, String from, String to) throws IOException {
    Path summary = export.resolve("manifest-summary.json");
    String text = Files.readString(summary);
    assertThat(text, containsString(from));
    Files.writeString(summary, text.replace(from, to));
    Files.delete(export.resolve("manifest-summary.md5"));
  }

  @Test
  void exportsOfTwoTablesOfOneName() throws IOException {
    edit(two, "000000000000:table/trips\"", "000000000001:table/trips\"");
    String both =
        "--deltas: the exports are of the tables %s and %s: give the ARN of one as --table"
            .formatted(RecoverableTable.ARN, RecoverableTable.ARN.replace("0:table", "1:table"));
    assertThat(failure(base, one, two), is(both));
    assertThat(failure(base, two), is(both));
  }

  @Test
  void anExportOfOurs() throws IOException {
    String text = Files.readString(base.resolve("manifest-summary.json"));
    String id = text.replaceFirst("(?s).*(\"tableId\":\"[^\"]*\").*", "$1");
    edit(base, id, "\"tableId\":null");
    assertThat(
        failure(base, one),
        startsWith(base + "/ is what a scan by this program has exported: give the folder of its"));
  }

  private List<Path> data(Path export) throws IOException {
    Path own = export.resolve("data");
    String listed = Files.readString(export.resolve("manifest-files.json"));
    try (Stream<Path> files = Files.list(Files.exists(own) ? own : export.resolveSibling("data"))) {
      return files
          .filter(file -> listed.contains(file.getFileName().toString()))
          .sorted(Comparator.comparing(file -> -file.toFile().length()))
          .toList();
    }
  }

  private static void change(Path gzip, String from, String to) throws IOException {
    byte[] bytes = Files.readAllBytes(gzip);
    String text =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(),
            StandardCharsets.UTF_8);
    assertThat(text, containsString(from));
    ByteArrayOutputStream other = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(other)) {
      out.write(text.replace(from, to).getBytes(StandardCharsets.UTF_8));
    }
    Files.write(gzip, other.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "one", "two"})
  void aFileThatIsAnotherOrMissing(String which) throws IOException {
    Path export = which.equals("base") ? base : which.equals("one") ? one : two;
    Path file = data(export).get(0);
    change(file, "pk", "pk ");
    assertThat(
        failure(base, one, two),
        matchesPattern(
            ".*" + file + " cannot be read: it is not the file of the export: its MD5 is .*"));
    Files.delete(file);
    assertThat(
        failure(base, one, two),
        containsString(file + " is missing: manifest-files.json lists it"));
  }

  @Test
  void aRecordThatIsNoChangeOfTheTable() {
    String otherType = "key attribute 'pk': of type S, but the table's key is of type N";
    assertThat(
        failureOf("trips", base, one.toString(), "--partitionKey=pk:N", "--asOf=" + begin),
        matchesPattern(
            ".*/data/.* has a record that is no item of the table, at [0-9]+: " + otherType));
    // Of both it is the one that is read first.
    assertThat(
        failureOf("trips", base, one.toString(), "--partitionKey=pk:N"),
        matchesPattern(
            ".*/data/.* (holds a record at [0-9]+ that is no change of the table|"
                + "has a record that is no item of the table, at [0-9]+): "
                + otherType));
  }

  @Test
  void aKeyOfWhichTheOrderIsNotKnown(@TempDir Path elsewhere) {
    RecoverableTable table = RecoverableTable.withSortKey(elsewhere);
    table.put("{'z':{'N':'1'},'a':{'S':'x'}}");
    table.passes(RecoverableTable.SHORTEST);
    Path full = table.export("ION");
    Instant from = table.now();
    table.put("{'z':{'N':'1'},'a':{'S':'y'}}");
    table.passes(RecoverableTable.SHORTEST);
    Path changes = table.export(from, table.now(), "ION", "NEW_IMAGE");
    assertThat(
        failure(full, changes),
        matchesPattern(
            full
                + "/ does not say the key of its table, and the table trips does not exist: give"
                + " --partitionKey and --sortKey, which are (z:N and a:S|a:S and z:N), in which order"
                + " the changes do not say"));
    Printed printed =
        Merges.run(
            "--base=" + full,
            "--deltas=" + changes,
            "--output=" + elsewhere.resolve("lake"),
            "--partitionKey=z:N",
            "--sortKey=a:S");
    assertThat(printed.lines(), hasItem(startsWith("  written                2")));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import io.sluice.pipelines.capture.CaptureVerb;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.Verb;
import io.sluice.pipelines.diff.DiffVerb;
import io.sluice.pipelines.export.ExportVerb;
import io.sluice.pipelines.imports.ImportVerb;
import io.sluice.pipelines.lookup.LookupVerb;
import io.sluice.pipelines.verify.VerifyVerb;
import io.sluice.testing.LocalAws;
import io.sluice.testing.NewTable;
import io.sluice.testing.ShownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The pages that verbs write beside their JSON: all that is in the one is on the other. Merges have
 * theirs in their own test.
 */
@Timeout(300)
class ReportPagesTest {
  private static final int ROWS = 200;
  private static final LocalAws AWS = LocalAws.shared();

  @TempDir Path folder;
  private final DynamoDbClient dynamodb = AWS.dynamodb();
  private final String table = "pages-" + UUID.randomUUID();

  @BeforeEach
  void createTable() throws IOException {
    NewTable.of(table, "id:S").withStream().createIn(dynamodb);
    Files.writeString(
        folder.resolve("trips.csv"),
        IntStream.range(0, ROWS)
            .mapToObj(i -> "<b>%d</b>,%s".formatted(i, i % 50 == 7 ? "n/a" : i + ".50"))
            .collect(Collectors.joining("\n", "id,fare\n", "\n<b>0</b>,0.50\n")));
  }

  /**
   * Runs a verb, and checks that its page shows what its JSON has.
   *
   * @return the page
   */
  private <O extends SluiceOptions> ShownPage page(Verb<O> verb, int code, String... arguments)
      throws IOException {
    Path json = folder.resolve("report-" + UUID.randomUUID() + ".json");
    Path html = Path.of(json.toString().replace(".json", ".HTML"));
    List<String> all =
        new ArrayList<>(
            List.of(
                "--local",
                "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
                "--s3Endpoint=" + AWS.s3Endpoint(),
                "--report=" + json + "," + html));
    all.addAll(List.of(arguments));
    O options = OneWorker.options(verb.options(), all.toArray(String[]::new));
    assertThat(verb.run(options, new Printed().console()), is(code));
    ShownPage page = ShownPage.of(Files.readString(html));
    assertThat(page.missing(Files.readString(json)), is(empty()));
    assertThat(page.ofClass("bad"), is(empty()));
    assertThat(page.ofClass("good").size(), is(1));
    return page;
  }

  private String onTable() {
    return "--table=" + table;
  }

  private ShownPage imported(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                onTable(),
                "--input=" + folder.resolve("trips.csv"),
                "--columns=id:S,fare:N",
                "--maxRejects=9",
                "--rejects=" + folder.resolve("rejects")));
    arguments.addAll(List.of(more));
    return page(new ImportVerb(), ExitCode.OK, arguments.toArray(String[]::new));
  }

  private static List<String> headings(ShownPage page) {
    return page.all("h2").stream().map(Element::getTextContent).toList();
  }

  @Test
  void ofAnImport() throws IOException {
    ShownPage dry = imported("--dryRun");
    assertThat(headings(dry), hasItems("Counts", "Rejections", "Survey", "Job"));
    assertThat(dry.text(), containsString("<b>0</b>"));
    ShownPage page = imported();
    assertThat(headings(page), hasItems("Counts", "Rejections", "Consumed capacity", "Job"));
    assertThat(
        page.ofClass("equation").get(0).getTextContent(),
        is("201 read = 1 duplicate + 196 written + 4 rejected"));
    assertThat(page.ofClass("used").size(), is(2));
  }

  @Test
  void ofAComparison() throws IOException {
    Path trips = folder.resolve("trips.csv");
    Files.writeString(trips, Files.readString(trips).replace("n/a", "1"));
    imported();
    dynamodb.putItem(p -> p.tableName(table).item(Map.of("id", AttributeValue.fromS("<i>"))));
    ShownPage pruned = imported("--write=CHANGED", "--prune", "--dryRun");
    assertThat(
        headings(pruned),
        hasItems("Counts", "Consumed capacity", "Survey", "Comparison", "Surplus", "Job"));
    assertThat(pruned.text(), containsString("{\"id\":{\"S\":\"<i>\"}}"));
    ShownPage verified =
        page(
            new VerifyVerb(),
            ExitCode.DIFFERENT,
            onTable(),
            "--input=" + trips,
            "--columns=id:S,fare:N",
            "--full");
    assertThat(
        headings(verified),
        hasItems("Counts", "Differences", "Consumed capacity", "Receipt", "Job"));
  }

  @Test
  void ofSnapshotsAndFeeds() throws IOException {
    imported();
    String lake = "--output=" + folder.resolve("lake");
    ShownPage exported = page(new ExportVerb(), ExitCode.OK, onTable(), lake);
    assertThat(
        headings(exported), hasItems("Counts", "Consumed capacity", "Schema", "Snapshot", "Job"));
    String feeds = folder.resolve("feeds").toString();
    assertThat(
        headings(page(new CaptureVerb(), ExitCode.OK, onTable(), "--output=" + feeds)),
        hasItems("Counts", "Capture", "Job"));
    String snapshots = folder.resolve("lake").toString();
    dynamodb.putItem(p -> p.tableName(table).item(Map.of("id", AttributeValue.fromS("<i>"))));
    assertThat(
        headings(
            page(
                new DiffVerb(),
                ExitCode.OK,
                onTable(),
                "--from=" + snapshots,
                "--to=table",
                "--output=" + folder.resolve("deltas"))),
        hasItems("Counts", "Diff", "Delta", "Job"));
  }

  @Test
  void ofALookup() throws IOException {
    imported();
    Files.writeString(folder.resolve("events.json"), "{\"id\":\"<b>1</b>\"}\n{\"id\":\"x\"}\n");
    ShownPage page =
        page(
            new LookupVerb(),
            ExitCode.OK,
            "--lookupTable=" + table,
            "--lookupKey=id",
            "--where=PRESENT",
            "--input=" + folder.resolve("events.json"),
            "--output=" + folder.resolve("kept"));
    assertThat(page.ofClass("equation").get(0).getTextContent(), is("2 read = 1 kept + 1 dropped"));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import io.sluice.e2e.Runs.Run;
import io.sluice.testing.LocalAws;
import io.sluice.testing.NativeTables;
import io.sluice.testing.RecoverableTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;

/**
 * The commonest case of each verb, without a rejection and with one, on every runner and with no
 * more options than it takes: what the profile of a runner sets by itself is part of the test. An
 * engine is started once for all of them.
 */
class EveryRunnerIT {
  private static final LocalAws AWS = LocalAws.shared();
  private static final String CHANGED = "changed";

  @TempDir static Path changes;
  private static Path exports;
  @TempDir Path folder;
  private final List<List<String>> jobs = new ArrayList<>();

  @BeforeAll
  static void makeChanges() {
    ChangedTable.make(CHANGED, changes);
    exports = makeExports();
  }

  /**
   * Has a table exported in full, and the changes since: one item is another, one new, one gone.
   */
  private static Path makeExports() {
    RecoverableTable table = new RecoverableTable(changes);
    for (String item : List.of("k1", "k2", "k3")) {
      table.put("{'pk':{'S':'" + item + "'},'a':{'N':'1'}}");
    }
    table.passes(RecoverableTable.SHORTEST);
    Instant time = table.now();
    table.export("DYNAMODB_JSON");
    table.put("{'pk':{'S':'k2'},'a':{'N':'2'}}");
    table.put("{'pk':{'S':'k4'}}");
    table.delete("{'pk':{'S':'k1'}}");
    table.passes(RecoverableTable.SHORTEST);
    table.export(time, table.now(), "DYNAMODB_JSON", "NEW_IMAGE");
    return table.exports();
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink", "spark"})
  void theCommonestCaseOfEachVerb(String profile) throws IOException {
    String table = "every_" + profile;
    Path good = Files.writeString(folder.resolve("good.csv"), "id,a\nk1,1\nk2,2\n");
    Path bad = Files.writeString(folder.resolve("bad.csv"), "id,a\nk1,1\n,2\nk3,3\n");
    add("import", good, table, "--createTable=ON_DEMAND", "--partitionKey=id:S");
    add("import", bad, table);
    add("import", good, table, "--dryRun");
    add("import", bad, table, "--dryRun");
    add("verify", good, table);
    add("verify", bad, table);
    add("export", null, table, "--output=" + folder.resolve("out"));
    add("verify", good, table, factory(Meddling.Listening.class));
    String from = NativeTables.create();
    int items = NativeTables.fill(from).size();
    String export = NativeTables.folder(NativeTables.export(from, table, ExportFormat.ION));
    add(
        "import",
        export,
        "native_" + profile,
        "--format=NATIVE_EXPORT",
        "--createTable=ON_DEMAND",
        "--partitionKey=pk:S");
    String feeds = changes.resolve("feeds").toString();
    add("capture", null, CHANGED, "--output=" + feeds);
    add(
        "merge",
        null,
        CHANGED,
        "--base=" + changes.resolve("lake"),
        "--deltas=" + feeds,
        "--output=" + folder.resolve("merged"));
    add(
        "diff",
        null,
        CHANGED,
        "--from=" + changes.resolve("lake"),
        "--to=table",
        "--output=" + folder.resolve("deltas"));
    Path feed =
        Files.writeString(
            folder.resolve("changes.json"),
            change("INSERT", "k1", 11)
                + change("REMOVE", "k2", 22)
                + change("MODIFY", "k3", 33)
                + change("INSERT", "k2", 21));
    add("import", feed, table, "--changes=APPLY");
    add("import", feed, table, "--changes=APPLY", "--maxDeletes=1");
    Path events =
        Files.writeString(
            folder.resolve("events.json"),
            "{\"e\":{\"id\":\"k1\"}}\n{\"e\":{\"id\":\"k2\"}}\n{\"e\":{}}\n{\"e\":{\"id\":\"k1\"},\"n\":2}\n");
    addLookup(
        events, table, "--lookupBy=SCAN", "--where=PRESENT", "--output=" + folder.resolve("all"));
    addLookup(
        events,
        table,
        "--lookupBy=KEYS",
        "--where=PRESENT",
        "--output=" + folder.resolve("kept"),
        "--maxRejects=1",
        "--rejects=" + folder.resolve("rejects"));
    add("import", good, table, "--write=CHANGED", "--prune", "--maxPrune=1");
    add("import", good, table, "--write=CHANGED");
    Path other = Files.writeString(folder.resolve("other.csv"), "id,a\nk1,7\nk3,3\n");
    add("verify", other, table, "--repair", "--prune", "--maxPrune=1");
    add(
        "merge",
        null,
        "trips",
        "--base=" + exports,
        "--deltas=" + exports,
        "--output=" + folder.resolve("merged"));
    String staging = "--staging=s3://" + AWS.bucket() + "/staging_" + profile;
    add(
        "import",
        good,
        "made_" + profile,
        "--writeEngine=importTable",
        "--createTable=ON_DEMAND",
        "--partitionKey=id:S",
        staging);
    add("import", other, "made_" + profile, "--writeEngine=bulk", staging);
    add("verify", good, table, factory(Meddling.OutOfMemory.class));
    List<Run> runs = Runs.inOneJvm(profile, jobs);

    assertThat(runs.get(0).mustHaveExited(0).output(), matchesPattern("(?s).*written +2  in .*"));
    Run rejected = runs.get(1).mustHaveExited(3);
    assertThat(
        rejected.output(),
        matchesPattern("(?s).*read +3\n.*rejected +1  [A-Z_]+ 1\n.*withheld +2 .*written +0\n.*"));
    assertThat(
        rejected.errors(),
        containsString("sluice: 1 rejected, --maxRejects=0 allows fewer: nothing was written"));
    assertThat(
        runs.get(2).mustHaveExited(0).output(),
        matchesPattern("(?s).*rejected +0\n.*writable +2 .*"));
    assertThat(
        runs.get(3).mustHaveExited(3).output(),
        matchesPattern("(?s).*rejected +1 .*writable +2 .*"));
    assertThat(runs.get(4).mustHaveExited(0).output(), matchesPattern("(?s).*matched +2 .*"));
    Run different = runs.get(5).mustHaveExited(4);
    assertThat(different.output(), matchesPattern("(?s).*matched +1 .*"));
    assertThat(
        different.errors(), containsString("sluice: the table differs from the input in 1 items"));
    assertThat(
        runs.get(6).mustHaveExited(0).output(), matchesPattern("(?s).*read +2\n.*written +2 .*"));
    listensOnThisMachineOnly(runs.get(7).mustHaveExited(0));
    assertThat(
        runs.get(8).mustHaveExited(0).output(),
        matchesPattern("(?s).*written +" + items + "  in .*"));
    assertThat(
        runs.get(9).mustHaveExited(0).output(), matchesPattern("(?s).*changes +0  in 0 files.*"));
    assertThat(
        runs.get(10).mustHaveExited(0).output(),
        matchesPattern("(?s).*base +3 .*replaced +1\n.*deleted +0\n.*added +1\n.*written +4 .*"));
    assertThat(
        runs.get(11).mustHaveExited(0).output(),
        matchesPattern(
            "(?s).*added +1\n.*changed +1  a 1\n.*removed +0\n.*unchanged +2 .*"
                + "written +2  in [12] files?, .*"));
    Run unallowed = runs.get(12).mustHaveExited(3);
    assertThat(
        unallowed.errors(),
        containsString("sluice: the changes delete 1 item, --maxDeletes=0 allows fewer"));
    assertThat(
        unallowed.output(),
        matchesPattern("(?s).*superseded +1 .*withheld +3 .*written +0\n.*deleted +0\n.*"));
    assertThat(
        runs.get(13).mustHaveExited(0).output(),
        matchesPattern("(?s).*read +4\n.*superseded +1 .*written +2 .*deleted +1\n.*"));
    Run none = runs.get(14).mustHaveExited(3);
    assertThat(
        none.output(),
        matchesPattern("(?s).*rejected +1 .*withheld +2 .*dropped +1\n.*kept +0\\n.*"));
    assertThat(Files.exists(folder.resolve("all/_SUCCESS")), is(false));
    assertThat(
        runs.get(15).mustHaveExited(0).output(),
        matchesPattern("(?s).*dropped +1\n.*kept +2 .*keys read +2  1 of them found, .*"));
    assertThat(Files.exists(folder.resolve("kept/_SUCCESS")), is(true));
    assertThat(
        Files.readString(folder.resolve("kept/part-00000.json")),
        is("{\"e\":{\"id\":\"k1\"}}\n{\"e\":{\"id\":\"k1\"},\"n\":2}\n"));
    assertThat(
        runs.get(16).mustHaveExited(0).output(),
        matchesPattern(
            "(?s).*compared +2  by a scan.*new +1\n.*changed +1\n.*pruned +1 .*written +2 .*"));
    assertThat(
        runs.get(17).mustHaveExited(0).output(),
        matchesPattern("(?s).*compared +2  by keys.*unchanged +2 .*written +0\n.*"));
    assertThat(
        runs.get(18).mustHaveExited(0).output(),
        matchesPattern(
            "(?s).*new +1\n.*changed +1\n.*pruned +1 .*written +2 .*matched +2 .*"
                + "receipt +2  ([0-9a-f]{32}) of the input\n +2  \\1 of the table\n.*"));
    assertThat(
        runs.get(19).mustHaveExited(0).output(),
        matchesPattern("(?s).*base +3 .*replaced +1\n.*deleted +1\n.*added +1\n.*written +3 .*"));
    assertThat(
        runs.get(20).mustHaveExited(0).output(),
        matchesPattern("(?s).*written +2 .*files +[12]  read by ImportTable, .*"));
    assertThat(
        runs.get(21).mustHaveExited(0).output(),
        matchesPattern("(?s).*written +2 .*files +[12]  read by StartBulkPutItems, .*"));
    Run failed = runs.get(22).mustHaveExited(1);
    assertThat(
        failed.errors().lines().toList(),
        hasItem(
            allOf(
                containsString("sluice: the job failed: the memory of "),
                containsString("give more (SLUICE_JAVA_OPTS=-Xmx"))));
  }

  /** A record of a stream. */
  private static String change(String event, String id, int sequence) {
    String keys = "{\"id\":{\"S\":\"" + id + "\"}}";
    return "{\"eventName\":\"%s\",\"dynamodb\":{\"ApproximateCreationDateTime\":1693997155,\"Keys\":%s%s,\"SequenceNumber\":\"%d\"}}\n"
        .formatted(event, keys, event.equals("REMOVE") ? "" : ",\"NewImage\":" + keys, sequence);
  }

  /** As Linux writes 127.0.0.1, and the same and ::1 among the addresses of IPv6. */
  private static void listensOnThisMachineOnly(Run run) {
    List<String> addresses =
        run.output()
            .lines()
            .filter(line -> line.startsWith(Meddling.Listening.PREFIX))
            .map(line -> line.substring(Meddling.Listening.PREFIX.length()))
            .distinct()
            .collect(Collectors.toList());
    assertThat("a worker looked", addresses.remove("these"), is(true));
    addresses.removeIf(
        address ->
            address.startsWith("0100007f:")
                || address.startsWith("0000000000000000ffff00000100007f:")
                || address.startsWith("00000000000000000000000001000000:"));
    assertThat(addresses, is(empty()));
  }

  private static String factory(Class<?> type) {
    return "--clientBuilderFactory=" + type.getName();
  }

  private void add(String verb, Object input, String table, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--table=" + table));
    if (input != null) {
      arguments.add("--input=" + input);
    }
    arguments.addAll(List.of(more));
    addJob(verb, arguments);
  }

  private void addLookup(Path events, String table, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--input=" + events, "--lookupTable=" + table, "--lookupKey=e.id"));
    arguments.addAll(List.of(more));
    addJob("lookup", arguments);
  }

  private void addJob(String verb, List<String> more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--pipeline=" + verb,
                "--local",
                "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
                "--s3Endpoint=" + AWS.s3Endpoint()));
    arguments.addAll(more);
    jobs.add(arguments);
  }
}

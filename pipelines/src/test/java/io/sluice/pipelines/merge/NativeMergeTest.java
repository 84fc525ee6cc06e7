/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import io.sluice.format.registry.FileFormat;
import io.sluice.pipelines.cli.Printed;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshots;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Full and incremental exports of DynamoDB, as the embedded one makes them, merged. */
class NativeMergeTest {
  @TempDir Path root;

  private RecoverableHistory history(int seed) {
    return new RecoverableHistory(root, new Random(seed));
  }

  private Path lake() {
    return root.resolve("lake");
  }

  private Printed merge(Object base, Object deltas, String... more) {
    List<String> all =
        new ArrayList<>(List.of("--base=" + base, "--deltas=" + deltas, "--output=" + lake()));
    all.addAll(List.of(more));
    return Merges.run(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "DYNAMODB_JSON, NEW_AND_OLD_IMAGES",
    "DYNAMODB_JSON, NEW_IMAGE",
    "ION, NEW_AND_OLD_IMAGES",
    "ION, NEW_IMAGE"
  })
  void itIsTheTableAtTheEndOfEachExport(String format, String view) throws IOException {
    RecoverableHistory history = history(1);
    Instant first = history.live();
    Path base = history.table().export(format);
    List<Instant> ends = new ArrayList<>();
    List<Path> exports = new ArrayList<>();
    Instant from = first;
    for (int night = 0; night < 3; night++) {
      Instant to = history.live();
      // One of another form does, too.
      exports.add(history.table().export(from, to, night == 1 ? "ION" : format, view));
      ends.add(to);
      from = to;
    }

    Printed all = merge(base, exports.get(2) + "," + exports.get(0) + "," + exports.get(1));
    Manifest manifest = history.assertLatestIs(lake(), ends.get(2));
    assertThat(all.errors(), is(empty()));
    assertThat(all.lines(), hasItem(matchesPattern("  base +[0-9]+  " + base + "/")));
    assertThat(
        manifest.options(),
        is(
            Map.of(
                "base",
                base + "/",
                "asOf",
                ends.get(2).toString(),
                "deltas",
                "INCREMENTAL_EXPORTS",
                "consistency",
                "POINT_IN_TIME")));
    assertThat(manifest.format(), is(FileFormat.PARQUET));

    // By the folder of all exports, in which full ones are, too; night by night from the last one.
    Path nightly = root.resolve("nightly");
    Object previous = history.table().exports();
    for (Instant end : ends) {
      Printed printed =
          Merges.run(
              "--base=" + previous,
              "--deltas=" + history.table().exports(),
              "--output=" + nightly,
              "--mergeFileSize=4KB",
              "--asOf=" + end.truncatedTo(ChronoUnit.SECONDS));
      assertThat(printed.errors(), is(empty()));
      manifest = history.assertLatestIs(nightly, end);
      assertThat(manifest.options().get("consistency"), is("POINT_IN_TIME"));
      previous = nightly;
    }
  }

  /** An item that is put and deleted within one export has no record there, but in others. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void exportsThatOverlapAreTakenTogether(int seed) throws IOException {
    RecoverableHistory history = history(seed);
    List<Instant> times = new ArrayList<>(List.of(history.live()));
    Path base = history.table().export("ION");
    for (int i = 0; i < 5; i++) {
      times.add(history.live());
    }
    for (int[] part : new int[][] {{0, 2}, {1, 4}, {3, 5}}) {
      history.table().export(times.get(part[0]), times.get(part[1]), "DYNAMODB_JSON", "NEW_IMAGE");
    }
    Instant last = times.get(5);
    Printed printed = merge(base, history.table().exports(), "--asOf=" + last);
    assertThat(printed.errors(), is(empty()));
    Manifest manifest = history.assertLatestIs(lake(), last);
    assertThat(manifest.options().get("consistency"), is("POINT_IN_TIME"));
  }

  @Test
  void aBaseThatIsNotOfTheBeginningOfAnExportIsWarnedOf() throws IOException {
    RecoverableHistory history = history(1);
    Instant from = history.live();
    history.put("passing", Map.of());
    Instant time = history.live();
    Path base = history.table().export("DYNAMODB_JSON");
    history.delete("passing");
    Instant to = history.live();
    history.table().export(from, to, "ION", "NEW_IMAGE");

    Printed printed = merge(base, history.table().exports());
    assertThat(
        printed.errors(),
        contains(
            ("sluice: the base is not as of the beginning of an export: an item that it has seen, and"
                    + " that was put after %s and deleted before %s, has no record there and stays in the result")
                .formatted(from, to)));
    assertThat(RecoverableHistory.latestHas(lake(), "passing"), is(true));
    assertThat(latest().options().get("consistency"), is("POINT_IN_TIME_WITH_PASSING_ITEMS"));
    // So it stays in what is made of the result.
    Instant later = history.live();
    history.table().export(to, later, "ION", "NEW_IMAGE");
    assertThat(merge(lake(), history.table().exports()).errors(), is(empty()));
    assertThat(latest().options().get("consistency"), is("POINT_IN_TIME_WITH_PASSING_ITEMS"));

    // One that begins with the base is preferred to it.
    history.table().export(time, to, "ION", "NEW_IMAGE");
    assertThat(merge(base, history.table().exports(), "--overwrite").errors(), is(empty()));
    history.assertLatestIs(lake(), later);
  }

  private Manifest latest() throws IOException {
    return Snapshots.under(lake().toString()).latest("trips").orElseThrow().manifest();
  }

  @Test
  void theBaseItselfIsTheResultBeforeAllExports() throws IOException {
    RecoverableHistory history = history(3);
    Instant time = history.live();
    Path base = history.table().export("DYNAMODB_JSON");
    Instant to = history.live();
    Path export = history.table().export(time, to, "ION", "NEW_IMAGE");
    Printed printed = merge(base, export, "--asOf=" + time, "--partitionKey=pk:S");
    history.assertLatestIs(lake(), time);
    assertThat(printed.lines(), hasItem(is("  added                  0")));
  }

  @Test
  void exportsAreFoundInS3() throws IOException {
    RecoverableHistory history = history(4);
    Instant time = history.live();
    history.table().export("DYNAMODB_JSON");
    Instant to = history.live();
    history.table().export(time, to, "ION", "NEW_IMAGE");
    LocalAws aws = LocalAws.shared();
    LocalS3.useOurs();
    String prefix = "nightly-" + UUID.randomUUID();
    try (Stream<Path> files = Files.walk(history.table().exports())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String key = prefix + "/" + history.table().exports().relativize(file);
        aws.s3().putObject(put -> put.bucket(aws.bucket()).key(key), file);
      }
    }
    String exports = "s3://" + aws.bucket() + "/" + prefix;
    merge(exports, exports + "/AWSDynamoDB/");
    history.assertLatestIs(lake(), to);
  }
}

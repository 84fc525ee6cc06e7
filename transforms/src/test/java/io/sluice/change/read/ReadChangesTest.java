/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.change.record.Change;
import io.sluice.failure.Rejection;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.Tally;
import io.sluice.testing.DirectRun;
import io.sluice.testing.Outcomes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of each form by way of a pipeline. */
class ReadChangesTest {
  @TempDir Path folder;

  private final TestPipeline pipeline = Outcomes.pipeline();
  private final List<History.Step> steps = History.of(new Random(11), 30);

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void writeAll(String form) throws IOException {
    switch (form) {
      case "stream" -> cut("", steps.stream().map(History.Step::ofStream).toList());
      case "kinesis" -> cut("\n", steps.stream().map(step -> step.ofKinesis(true)).toList());
      case "simple" -> cut(",", steps.stream().map(History.Step::ofSimple).toList());
      case "dms" -> {
        StringBuilder rows = new StringBuilder("Op,pk,v\n");
        for (History.Step step : steps) {
          String op = step.item() == null ? "D" : step.isNew() ? "I" : "U";
          String value = step.item() == null ? "" : step.item().get("v").s();
          rows.append("%s,%s,\"%s\"\n".formatted(op, step.key(), value.replace("\"", "\"\"")));
          if (step.place() == 20) {
            write("20260131-000000001.csv", rows.toString());
            rows = new StringBuilder("Op,pk,v\n");
          }
        }
        write("20260131-000000002.csv", rows.toString());
      }
      default -> throw new IllegalArgumentException(form);
    }
  }

  /** In files that are cut within records. */
  private void cut(String between, List<String> records) throws IOException {
    String text = String.join(between, records);
    int third = text.length() / 3;
    write("t-1-2026-01-31-23-00-00-0f2f1d3c-5b9a-4c53-8e8b-000000000003", text.substring(0, third));
    write(
        "t-1-2026-01-31-23-00-01-0f2f1d3c-5b9a-4c53-8e8b-000000000002",
        text.substring(third, 2 * third));
    write(
        "t-1-2026-01-31-23-00-02-0f2f1d3c-5b9a-4c53-8e8b-000000000001", text.substring(2 * third));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "kinesis", "simple", "dms"})
  void theChangesAreThoseOfTheHistory(String form) throws IOException {
    writeAll(form);
    ChangeInput input = ReadNow.find(null, folder.toString());
    PCollectionTuple read = pipeline.apply(ReadChanges.of(input, ReadNow.KEY));
    PAssert.that(read.get(ReadChanges.CHANGES))
        .satisfies(
            changes -> {
              ReadNow all = new ReadNow();
              changes.forEach(all::change);
              assertThat(all.table(), is(History.table(History.of(new Random(11), 30))));
              return null;
            });
    PAssert.that(read.get(Outcome.REJECTIONS)).empty();
    Outcomes.assertSum(
        read.get(Outcome.TALLIES),
        new Tally(Map.of(Count.READ, (long) steps.size()), Map.of(), List.of()));
    pipeline.run();
  }

  @Test
  void rejectionsAndSkippedOnesAddUp() throws IOException {
    String good = steps.get(0).ofStream();
    write(
        "a", good + "{\"x\":1}" + good.replace("table/trips/", "table/cars/") + good.substring(9));
    ChangeInput input = ReadNow.find(null, folder.toString()).ofTable("trips");
    PCollectionTuple read = pipeline.apply(ReadChanges.of(input, ReadNow.KEY));
    PAssert.that(read.get(ReadChanges.CHANGES))
        .satisfies(
            changes -> {
              List<Change> all = new ArrayList<>();
              changes.forEach(all::add);
              assertThat(all.size(), is(1));
              return null;
            });
    long length = good.getBytes(UTF_8).length;
    PAssert.that(read.get(Outcome.REJECTIONS))
        .satisfies(
            rejections -> {
              List<Long> offsets = new ArrayList<>();
              for (Rejection rejection : rejections) {
                offsets.add(rejection.origin().offset());
              }
              offsets.sort(null);
              assertThat(offsets, is(List.of(length, 2 * length + 6)));
              return null;
            });
    PAssert.that(read.get(Outcome.TALLIES))
        .satisfies(
            tallies -> {
              long readAll = 0;
              long skipped = 0;
              for (Tally tally : tallies) {
                readAll += tally.count(Count.READ);
                skipped += tally.count(Count.SKIPPED);
              }
              assertThat(readAll, is(4L));
              assertThat(skipped, is(1L));
              return null;
            });
    pipeline.run();
  }

  @Test
  void aFileThatCannotBeReadFailsTheJobByItsName() throws IOException {
    write("LOAD00000001.csv", "pk\nx\n");
    write("20260131-000000001.csv", "Op,pk\nI,x\n");
    ChangeInput input = ReadNow.find(ChangeFormat.DMS, folder.toString());
    pipeline.apply(ReadChanges.of(input, ReadNow.KEY));
    Pipeline.PipelineExecutionException e =
        assertThrows(Pipeline.PipelineExecutionException.class, () -> DirectRun.of(pipeline));
    assertThat(
        e.getMessage(), containsString(folder + "/LOAD00000001.csv has no first column named Op"));
  }
}

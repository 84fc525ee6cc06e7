/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.rejects;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.format.FileSlice;
import io.sluice.format.RecordReader;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.testing.Outcomes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of rejections that have the columns of CSV once, before the records that use them. */
class RejectsColumnsTest {
  private static final CsvFormat CSV =
      new CsvFormat(null, ',', CsvFormat.QuotedNewlines.ALLOWED, CsvValues.STRINGS);

  @TempDir Path folder;

  private final TestPipeline pipeline = Outcomes.pipeline();

  private static Rejection of(int number, String... columns) {
    return Rejection.ofRecord(
        new Origin("s3://b/a.csv", number),
        (number + ",x").getBytes(StandardCharsets.UTF_8),
        new PayloadFormat("CSV", List.of(columns)),
        new InvalidItemException(Reason.NOT_OF_TYPE, "m"));
  }

  private static List<String> replay(CsvFormat csv, Path file, long start, long end)
      throws IOException {
    ResourceId resource = FileSystems.matchNewResource(file.toString(), false);
    RejectsFormat format = new RejectsFormat(Map.of("CSV", csv));
    List<String> replayed = new ArrayList<>();
    try (RecordReader records = format.open(new FileSlice(resource, start, end, end - start))) {
      while (records.next()) {
        String parsed;
        try {
          parsed =
              new TreeSet<>(
                      records.parse().entrySet().stream()
                          .map(e -> e.getKey() + "=" + e.getValue().s())
                          .toList())
                  .toString();
        } catch (InvalidItemException e) {
          parsed = e.reason() + ": " + e.getMessage();
        }
        replayed.add(records.origin().offset() + " " + parsed);
      }
    }
    return replayed;
  }

  private static List<String> replay(CsvFormat csv, Path file) throws IOException {
    return replay(csv, file, 0, Long.MAX_VALUE);
  }

  @Test
  void whatIsWrittenIsReadAgainWithItsColumns() throws IOException {
    pipeline
        .apply(Create.of(of(1, "a", "b"), of(2, "b", "a"), of(3, "a", "b"), of(4, "b", "a")))
        .apply(WriteRejections.to(folder + "/run"));
    pipeline.run().waitUntilFinish();
    List<String> replayed = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("run"), "*.jsonl")) {
      for (Path file : files) {
        replayed.addAll(replay(CSV, file));
      }
    }
    replayed.sort(null);
    assertThat(
        replayed, equalTo(List.of("1 [a=1, b=x]", "2 [a=x, b=2]", "3 [a=3, b=x]", "4 [a=x, b=4]")));
  }

  private Path written(String... lines) throws IOException {
    return Files.writeString(folder.resolve("rejects.jsonl"), String.join("\n", lines) + "\n");
  }

  private static String columns(String id, String names) {
    return "{\"columnsId\":\"%s\",\"format\":\"CSV\",\"columns\":[%s]}".formatted(id, names);
  }

  private static String record(int number, String columns) {
    return "{\"stage\":\"READ\",\"reason\":\"NOT_OF_TYPE\",\"message\":\"m\",\"file\":\"s3://b/a.csv\","
        + "\"offset\":%d,\"format\":\"CSV\",%s,\"record\":\"%d,x\"}"
            .formatted(number, columns, number);
  }

  private static String named(int number, String id) {
    return record(number, "\"columnsId\":\"" + id + "\"");
  }

  /** Lines of an earlier version, which contain the columns themselves, may be mixed in. */
  @Test
  void everySliceFindsTheColumnsBeforeIt() throws IOException {
    Path file =
        written(
            record(1, "\"columns\":[\"c\",\"d\"]"),
            columns("1f", "\"a\",\"b\""),
            named(2, "1f"),
            columns("2f", "\"b\",\"a\""),
            named(3, "2f"),
            named(4, "1f"),
            named(5, "2f"));
    List<String> whole = replay(CSV, file);
    assertThat(
        whole,
        equalTo(
            List.of(
                "1 [c=1, d=x]", "2 [a=2, b=x]", "3 [a=x, b=3]", "4 [a=4, b=x]", "5 [a=x, b=5]")));
    long length = Files.size(file);
    for (long cut = 4; cut < length; cut += 7) {
      List<String> parts = new ArrayList<>(replay(CSV, file, 0, cut));
      parts.addAll(replay(CSV, file, cut, length));
      assertThat("cut at " + cut, parts, equalTo(whole));
    }
  }

  /** Somebody has removed the line of columns: the record is not guessed at. */
  @Test
  void columnsThatAreNowhereBeforeARecordRejectIt() throws IOException {
    Path file = written(named(1, "1f"), "{\"columnsId\":", named(2, "1f"), columns("1f", "\"a\""));
    String missing =
        "HEADER: no line before this one has the columns that its columnsId names; give"
            + " --csvHeader";
    List<String> replayed = replay(CSV, file);
    assertThat(replayed.size(), is(3));
    assertThat(replayed.get(0), is("1 " + missing));
    assertThat(replayed.get(1).endsWith("MALFORMED: the line is no rejection"), is(true));
    assertThat(replayed.get(2), is("2 " + missing));
    assertThat(replay(CSV.withHeader(List.of("a", "b")), file).get(0), is("1 [a=1, b=x]"));
    long third = Files.readString(file).indexOf(named(2, "1f"));
    assertThat(replay(CSV, file, third, Files.size(file)), equalTo(List.of("2 " + missing)));
  }
}

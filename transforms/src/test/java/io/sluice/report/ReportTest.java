/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.item.Reason;
import io.sluice.testing.Outcomes;
import io.sluice.testing.ShownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.metrics.StringSetResult;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final List<Tally> TALLIES =
      List.of(
          new Tally(Map.of(Count.READ, 2L), Map.of(), List.of()),
          new Tally(Map.of(Count.READ, 1L), Map.of(Reason.HEADER, 1L), List.of()),
          new Tally(Map.of(Count.WRITTEN, 2L), Map.of(), List.of()));
  private static final String SUM =
      new JobReport(
              Map.of("pipeline", "test"),
              new Tally(
                  Map.of(Count.READ, 3L, Count.WRITTEN, 2L), Map.of(Reason.HEADER, 1L), List.of()))
          .toJson();

  @TempDir Path folder;

  private final TestPipeline pipeline = Outcomes.pipeline();

  /** Runs a report and returns the values of the metric. */
  private Set<String> report(List<Tally> tallies, Path... files) {
    PCollection<Tally> all =
        pipeline.apply(Create.of(tallies).withCoder(SerializableCoder.of(Tally.class)));
    all.apply(
        Report.of(Map.of("pipeline", "test")).to(Stream.of(files).map(Path::toString).toList()));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named(Report.NAMESPACE, Report.METRIC))
            .build();
    Set<String> texts = new java.util.HashSet<>();
    for (var metric : result.metrics().queryMetrics(filter).getStringSets()) {
      StringSetResult committed = metric.getCommitted();
      texts.addAll(committed.getStringSet());
    }
    return texts;
  }

  @Test
  void theSumIsWritten() throws IOException {
    Path file = folder.resolve("sub/report.json");
    assertThat(report(TALLIES, file), equalTo(Set.of(SUM)));
    assertThat(withoutEnd(Files.readString(file)), is(SUM));
  }

  /** Takes out the time at which a file was written, which must be there. */
  private static String withoutEnd(String json) throws IOException {
    ObjectNode report = (ObjectNode) new ObjectMapper().readTree(json);
    Instant.parse(((ObjectNode) report.get("job")).remove("ended").asText());
    return JobReport.fromJson(report.toString()).toJson();
  }

  @Test
  void aPageIsWrittenBesideIt() throws IOException {
    Path json = folder.resolve("report.json");
    Path page = folder.resolve("report.HTML");
    assertThat(report(TALLIES, json, page), equalTo(Set.of(SUM)));
    String text = Files.readString(json);
    assertThat(withoutEnd(text), is(SUM));
    ShownPage shown = ShownPage.of(Files.readString(page));
    assertThat(shown.missing(text), is(empty()));
    assertThat(
        shown.ofClass("equation").get(0).getTextContent(), is("3 read = 2 written + 1 rejected"));
  }

  @Test
  void aFileThatIsThereIsReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("report.json"), "x".repeat(10_000));
    report(TALLIES, file);
    assertThat(withoutEnd(Files.readString(file)), is(SUM));
  }

  @Test
  void withoutAFile() {
    assertThat(report(TALLIES), equalTo(Set.of(SUM)));
  }

  @Test
  void ofNothing() {
    assertThat(
        report(List.of()),
        equalTo(Set.of(new JobReport(Map.of("pipeline", "test"), Tally.EMPTY).toJson())));
  }
}

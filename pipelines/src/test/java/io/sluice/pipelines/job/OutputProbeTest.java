/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayWithSize;
import static org.hamcrest.Matchers.emptyArray;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests of whether a job can write the files at its end. */
class OutputProbeTest {
  @TempDir Path folder;

  @BeforeAll
  static void knowFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private static String refusal(Runnable check) {
    return assertThrows(JobException.class, check::run).getMessage();
  }

  @Test
  void nothingStaysOfAProbe() {
    OutputProbe.checkReport(List.of(), Printed.unread());
    OutputProbe.checkReport(
        List.of(folder.resolve("deep/down/report.json").toString(), folder + "/x.html"),
        Printed.unread());
    OutputProbe.checkRejects(folder.resolve("rejects/of/today").toString(), Printed.unread());
    OutputProbe.checkRejects(folder + "/", Printed.unread());
    assertThat(folder.toFile().list(), is(emptyArray()));
  }

  @Test
  void aReportThatIsThereStays() throws IOException {
    Path report = Files.writeString(folder.resolve("report.json"), "old");
    OutputProbe.checkReport(List.of(report.toString()), Printed.unread());
    assertThat(Files.readString(report), is("old"));
    assertThat(folder.toFile().list(), is(arrayWithSize(1)));
  }

  @Test
  void whatCannotBeWrittenIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    String report = file.resolve("report.json").toString();
    assertThat(
        refusal(() -> OutputProbe.checkReport(List.of(folder + "/x", report), Printed.unread())),
        is("--report=" + report + " cannot be written: " + file + " is no folder"));
    assertThat(
        refusal(() -> OutputProbe.checkRejects(file.toString(), Printed.unread())),
        is("--rejects=" + file + " cannot be written: " + file + " is no folder"));
    assertThat(
        refusal(() -> OutputProbe.checkReport(List.of(folder.toString()), Printed.unread())),
        is("--report=" + folder + " cannot be written: it is a folder"));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayWithSize;
import static org.hamcrest.Matchers.emptyArray;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The probes of where a job writes at its end. */
class PlacesTest {
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
    Places.checkReport(null);
    Places.checkReport(folder.resolve("deep/down/report.json").toString());
    Places.checkRejects(folder.resolve("rejects/of/today").toString());
    Places.checkRejects(folder + "/");
    assertThat(folder.toFile().list(), is(emptyArray()));
  }

  @Test
  void aReportThatIsThereStays() throws IOException {
    Path report = Files.writeString(folder.resolve("report.json"), "old");
    Places.checkReport(report.toString());
    assertThat(Files.readString(report), is("old"));
    assertThat(folder.toFile().list(), is(arrayWithSize(1)));
  }

  @Test
  void whatCannotBeWrittenIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    String report = file.resolve("report.json").toString();
    assertThat(
        refusal(() -> Places.checkReport(report)),
        is("--report=" + report + " cannot be written: " + file + " is no folder"));
    assertThat(
        refusal(() -> Places.checkRejects(file.toString())),
        is("--rejects=" + file + " cannot be written: " + file + " is no folder"));
    assertThat(
        refusal(() -> Places.checkReport(folder.toString())),
        is("--report=" + folder + " cannot be written: it is a folder"));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
  private final Printed printed = new Printed();

  private static SluiceOptions options(String... arguments) {
    return PipelineOptionsFactory.fromArgs(arguments).as(SluiceOptions.class);
  }

  @Test
  void aVerbIsBetweenTwoLines() {
    int code =
        ProgressLines.around("verify", options("--progress=json"), printed.console(), () -> 4);
    assertThat(code, is(4));
    assertThat(
        printed.errors(),
        contains(
            "{\"state\":\"begun\",\"pipeline\":\"verify\"}",
            "{\"state\":\"ended\",\"pipeline\":\"verify\",\"exitCode\":4}"));
    assertThat(printed.lines(), is(empty()));
  }

  @Test
  void theLastLineHasTheExitCodeOfAFailure() {
    assertThrows(
        UsageException.class,
        () ->
            ProgressLines.around(
                "import",
                options("--progress=json"),
                printed.console(),
                () -> {
                  throw new UsageException("no");
                }));
    assertThrows(
        JobException.class,
        () ->
            ProgressLines.around(
                "import",
                options("--progress=json"),
                printed.console(),
                () -> {
                  throw new JobException("no");
                }));
    assertThat(
        printed.errors().stream().filter(line -> line.contains("ended")).toList(),
        contains(
            "{\"state\":\"ended\",\"pipeline\":\"import\",\"exitCode\":2}",
            "{\"state\":\"ended\",\"pipeline\":\"import\",\"exitCode\":1}"));
  }

  @Test
  void nobodyElseSeesThem() {
    assertThat(ProgressLines.around("verify", options(), printed.console(), () -> 0), is(0));
    assertThat(printed.errors(), is(empty()));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class EmbeddedEngineTest {

  private static DirectOptions options(String... args) {
    return PipelineOptionsFactory.fromArgs(args).as(DirectOptions.class);
  }

  @Test
  void thePipelineDecidesOnThreadsUnlessTheUserHas() {
    DirectOptions open = options("--runner=DirectRunner", "--targetParallelism=0");
    EmbeddedEngine.preferThreads(1, open);
    EmbeddedEngine.prepare(open);
    assertThat(open.getTargetParallelism(), is(1));
    DirectOptions given = options("--runner=DirectRunner", "--targetParallelism=5");
    EmbeddedEngine.preferThreads(1, given);
    EmbeddedEngine.prepare(given);
    assertThat(given.getTargetParallelism(), is(5));
  }

  @Test
  void aPipelineWithoutPreferenceHasThreadsToo() {
    DirectOptions open = options("--runner=DirectRunner", "--targetParallelism=0");
    EmbeddedEngine.prepare(open);
    assertThat(open.getTargetParallelism(), greaterThanOrEqualTo(1));
  }

  @Test
  void aReaderHasAllProcessorsWhereTheRunnerHasOneThread() {
    assertThat(
        EmbeddedEngine.threadsOfReader(options("--runner=DirectRunner", "--targetParallelism=1")),
        is(EmbeddedEngine.processors()));
    assertThat(
        EmbeddedEngine.threadsOfReader(options("--runner=DirectRunner", "--targetParallelism=2")),
        is(1));
  }
}

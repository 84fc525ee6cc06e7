/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyArray;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.WorkerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinationTest {
  @TempDir Path folder;

  private final WorkerOptions options = PipelineOptionsFactory.as(WorkerOptions.class);
  private final Printed printed = new Printed();

  /** A runner that is none of those that work in one JVM. */
  private static final class ClusterRunner extends PipelineRunner<PipelineResult> {
    @Override
    public PipelineResult run(Pipeline pipeline) {
      throw new UnsupportedOperationException("no runner");
    }
  }

  @BeforeEach
  void useACluster() {
    FileSystems.setDefaultPipelineOptions(options);
    options.setRunner(ClusterRunner.class);
  }

  private Coordination of(String output) {
    return Coordination.of(options, output, printed.console());
  }

  @Test
  void oneJvmNeedsNone() {
    options.setRunner(DirectRunner.class);
    options.setCoordination(folder.toString());
    try (Coordination coordination = of("s3://bucket/exports")) {
      assertThat(coordination.name(), is(""));
    }
    assertThat(printed.errors(), is(empty()));
    assertThat(folder.toFile().list(), is(emptyArray()));
  }

  @Test
  void aFolderOnADiskIsNoDefault() {
    try (Coordination coordination = of(folder.toString())) {
      assertThat(coordination.name(), is(""));
    }
    assertThat(printed.errors(), contains(startsWith("sluice: without --coordination, ")));
    assertThat(of(null).name(), is(""));
  }

  @Test
  void aPersonMayWantNone() {
    options.setCoordination("none");
    try (Coordination coordination = of("s3://bucket/exports")) {
      assertThat(coordination.name(), is(""));
    }
    assertThat("knows it", printed.errors(), is(empty()));
  }

  @Test
  void eachJobHasAFolderUntilItsEnd() throws IOException {
    options.setCoordination(folder.toString());
    try (Coordination one = of(null);
        Coordination other = of(null)) {
      assertThat(one.name(), startsWith(folder + "/"));
      assertThat(one.name().equals(other.name()), is(false));
      Files.createDirectories(Path.of(one.name(), "step"));
      Files.writeString(Path.of(one.name(), "step", "state"), "");
    }
    assertThat(printed.errors(), is(empty()));
    assertThat(folder.toFile().list(), is(emptyArray()));
  }

  @Test
  void aDetachedJobDeletesItsFolderToo() throws IOException {
    options.setCoordination(folder.resolve("of/jobs").toString());
    Coordination coordination = of(null);
    Files.createDirectories(Path.of(coordination.name(), "step"));
    Files.writeString(Path.of(coordination.name(), "step", "state"), "");
    Pipeline pipeline = Pipeline.create();
    PAssert.that(coordination.endWith(pipeline.apply(Create.of("done"))))
        .containsInAnyOrder("done");
    pipeline.run().waitUntilFinish();
    assertThat(Files.exists(Path.of(coordination.name())), is(false));
  }

  @Test
  void aFolderThatCannotBeUsedEndsTheJobBeforeItBegins() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    options.setCoordination(file.toString());
    JobException e = assertThrows(JobException.class, () -> of(null));
    assertThat(e.getMessage(), containsString("--coordination=" + file + " cannot be used: "));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A job on the DirectRunner, in which a worker throws an Error. */
class JobErrorsTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private enum Kind {
    MISSING_CLASS,
    MEMORY;

    void fail() {
      throw this == MEMORY
          ? new OutOfMemoryError("Java heap space")
          : new NoClassDefFoundError("org/example/Gone");
    }
  }

  /** Fails in the runner's own calls, which Beam does not wrap. */
  private static final class FailingSource extends BoundedSource<String> {
    private static final long serialVersionUID = 1L;
    private final Kind kind;

    FailingSource(Kind kind) {
      this.kind = kind;
    }

    @Override
    public List<FailingSource> split(long bytes, PipelineOptions options) {
      return List.of(this);
    }

    @Override
    public long getEstimatedSizeBytes(PipelineOptions options) {
      return 1;
    }

    @Override
    public Coder<String> getOutputCoder() {
      return StringUtf8Coder.of();
    }

    @Override
    public BoundedReader<String> createReader(PipelineOptions options) {
      return new BoundedReader<>() {
        @Override
        public boolean start() {
          kind.fail();
          return true;
        }

        @Override
        public boolean advance() {
          return false;
        }

        @Override
        public String getCurrent() {
          throw new NoSuchElementException();
        }

        @Override
        public BoundedSource<String> getCurrentSource() {
          return FailingSource.this;
        }

        @Override
        public void close() {}
      };
    }
  }

  private static final class FailFn extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;
    private final Kind kind;

    FailFn(Kind kind) {
      this.kind = kind;
    }

    @ProcessElement
    public void processElement() {
      kind.fail();
    }
  }

  private static String message(SerializableFunction<Pipeline, PCollection<String>> step) {
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    options.setBlockOnRun(true);
    Pipeline pipeline = Pipeline.create(options);
    step.apply(pipeline);
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    String message =
        assertTimeoutPreemptively(
            SOON,
            () -> assertThrows(JobException.class, () -> JobRunner.run(pipeline)).getMessage());
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && thread.getName().startsWith("direct-runner")) {
        assertThat("the runner's threads end", ends(thread), is(true));
      }
    }
    return message;
  }

  private static boolean ends(Thread thread) {
    try {
      thread.join(SOON.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  private static Stream<Arguments> steps() {
    return Stream.of(Kind.values())
        .flatMap(
            kind ->
                Stream.<SerializableFunction<Pipeline, PCollection<String>>>of(
                        pipeline -> pipeline.apply(Read.from(new FailingSource(kind))),
                        pipeline ->
                            pipeline.apply(Create.of("a")).apply(ParDo.of(new FailFn(kind))),
                        pipeline ->
                            pipeline
                                .apply(Create.of("a", "b"))
                                .apply(
                                    Combine.globally(
                                            (Iterable<String> all) -> {
                                              kind.fail();
                                              return "";
                                            })
                                        .withoutDefaults()))
                    .map(step -> Arguments.of(kind, step)));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void anErrorEndsTheJobInOneLine(
      Kind kind, SerializableFunction<Pipeline, PCollection<String>> step) {
    String message = message(step);
    assertThat(message, startsWith("the job failed: "));
    assertThat(
        message,
        kind == Kind.MEMORY
            ? matchesPattern(
                ".*the memory of [0-9,]+ MB is used up: give more"
                    + " \\(SLUICE_JAVA_OPTS=-Xmx[0-9]+[mg];.*")
            : containsString("a class is missing"));
    assertThat(message, matchesPattern("[^\n]*"));
  }

  @Test
  void soDoesOneOfTheTextOfAnotherJvm() {
    RuntimeException failure =
        new RuntimeException(
            "Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent"
                + " failure: Lost task 0.3 (TID 7): java.lang.OutOfMemoryError: Java heap space\n"
                + "\tat java.base/java.util.Arrays.copyOf(Arrays.java:3537)");
    assertThat(UserMessages.oneLine(failure), containsString("give more (SLUICE_JAVA_OPTS=-Xmx"));
  }
}

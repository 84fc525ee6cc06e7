/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Submits a job whose end this program does not wait for: see {@link ClusterEngine#isDetached}.
 * What there is to be done when the job ends must be done within it, and so must what makes it
 * fail.
 *
 * @param title the line that says what the job does
 * @param report the files of its report; empty for none
 * @param rejects the folder of its rejections; null for none
 */
public record Detached(String title, List<String> report, @Nullable String rejects) {

  /**
   * Submits the job, prints its id and where its results will be, and returns the exit code.
   *
   * @throws JobException when the cluster does not take it
   */
  public int submit(Pipeline pipeline, Console console) {
    PipelineOptions options = pipeline.getOptions();
    PipelineResult result;
    try {
      ClusterEngine.prepare(options);
      result = pipeline.run();
    } catch (RuntimeException | Error e) {
      throw new JobException("the job was not submitted: " + UserMessages.oneLine(e), e);
    }
    console.out().println(title);
    line("submitted", jobId(result).orElse(options.getJobName()), console);
    report.forEach(file -> line("report", file, console));
    line("rejects", rejects, console);
    console.tell(
        "this program does not wait for the end of the job"
            + (report.isEmpty()
                ? "; without --report only its state and its log tell how it ended"
                : ", which writes the report"));
    return ExitCode.OK;
  }

  private static void line(String name, @Nullable String value, Console console) {
    if (value != null) {
      console.out().println(String.format("  %-12s%s", name, value));
    }
  }

  /** Returns Flink's id of the job; Beam has it in a field that it hides. */
  private static Optional<String> jobId(PipelineResult result) {
    try {
      Field field = result.getClass().getDeclaredField("jobClient");
      field.setAccessible(true);
      Object client = field.get(result);
      return Optional.of(
          Class.forName(
                  "org.apache.flink.core.execution.JobClient",
                  false,
                  result.getClass().getClassLoader())
              .getMethod("getJobID")
              .invoke(client)
              .toString());
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }
}

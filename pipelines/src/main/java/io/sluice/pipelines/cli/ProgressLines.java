/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import io.sluice.report.SectionJson;
import java.util.function.IntSupplier;
import org.apache.beam.sdk.options.PipelineOptions;

/** The lines of {@code --progress=json} that every verb prints: when it begins and when it ends. */
public final class ProgressLines {
  private ProgressLines() {}

  /** Whether programs read the progress. */
  public static boolean areWanted(SluiceOptions options) {
    return SluiceOptions.ProgressNames.JSON.equals(options.getProgress());
  }

  /** The first line. */
  record Begun(String state, String pipeline) {}

  /** The last line. */
  record Ended(String state, String pipeline, int exitCode) {}

  /** Runs a verb between two lines, if the options ask for them; returns the exit code. */
  public static int around(String verb, PipelineOptions options, Console console, IntSupplier run) {
    if (!areWanted(options.as(SluiceOptions.class))) {
      return run.getAsInt();
    }
    console.err().println(SectionJson.write(new Begun("begun", verb)));
    int code = ExitCode.FAILED;
    try {
      code = run.getAsInt();
    } catch (UsageException e) {
      code = ExitCode.USAGE;
      throw e;
    } finally {
      console.err().println(SectionJson.write(new Ended("ended", verb, code)));
    }
    return code;
  }
}

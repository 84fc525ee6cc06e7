/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Jobs that were run one after the other by {@link ManyRuns}, and what each of them printed. */
final class Runs {
  private Runs() {}

  /** What a job printed, and its exit code. */
  record Run(int code, String output, String errors) {
    Run mustHaveExited(int expected) {
      assertThat(output + "\n" + errors, code, is(expected));
      assertThat(errors, not(containsString("\tat ")));
      return this;
    }
  }

  /** Runs the jar of a profile once for all of these jobs, each given by its arguments. */
  static List<Run> inOneJvm(String profile, List<List<String>> jobs) {
    Program program;
    try {
      Path file = Files.createTempFile("sluice", ".runs");
      file.toFile().deleteOnExit();
      Files.write(file, jobs.stream().map(job -> String.join("\t", job)).toList());
      program = Program.startWithJar(profile, ManyRuns.class, file.toString()).mustExitWith(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> outputs = parts(program.output());
    List<String> errors = parts(program.errors());
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      String code = outputs.get(2 * i + 1).lines().findFirst().orElseThrow();
      runs.add(new Run(Integer.parseInt(code), outputs.get(2 * i), errors.get(i)));
    }
    return runs;
  }

  private static List<String> parts(String text) {
    List<String> parts =
        new ArrayList<>(Arrays.asList(text.split("(?m)^" + ManyRuns.MARK + "\n?", -1)));
    parts.remove(0);
    return parts;
  }
}

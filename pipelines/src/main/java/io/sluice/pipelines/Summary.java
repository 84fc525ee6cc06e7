/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.failure.Rejection;
import io.sluice.report.Count;
import io.sluice.report.JobReport;
import io.sluice.report.Tally;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Tells a person what a job did. */
final class Summary {
  private static final int SHOWN_REJECTIONS = 5;

  private Summary() {}

  /** Prints the report of an import to standard output; gives the exit code that goes with it. */
  static int print(
      JobReport report, long maxRejects, @Nullable String rejectsFolder, Instant start) {
    Tally tally = report.tally();
    PrintStream out = System.out;
    double seconds = Math.max(0.001, Duration.between(start, Instant.now()).toMillis() / 1000.0);
    out.printf("%s -> %s%n", report.job().get("input"), report.job().get("table"));
    line(out, "read", tally.count(Count.READ), "");
    line(out, "skipped", tally.count(Count.SKIPPED), "");
    line(out, "duplicates", tally.count(Count.DUPLICATES), "dropped");
    line(out, "rejected", tally.rejected(), reasons(tally));
    tally.examples().stream().limit(SHOWN_REJECTIONS).forEach(r -> example(out, r));
    if (rejectsFolder != null && tally.rejected() > 0) {
      out.printf("                            all of them: %s/%n", rejectsFolder);
    }
    if (tally.count(Count.WITHHELD) > 0) {
      line(
          out, "withheld", tally.count(Count.WITHHELD), "not written, since too many are rejected");
    }
    long written = tally.count(Count.WRITTEN);
    String rate =
        String.format(Locale.ROOT, "in %.1f s, %,.0f items/s", seconds, written / seconds);
    line(out, "written", written, written > 0 ? rate : "");
    if (tally.rejected() <= maxRejects) {
      return ExitCode.OK;
    }
    System.err.printf(
        Locale.ROOT,
        "sluice: %,d rejected, --maxRejects=%d allows fewer: %s%n",
        tally.rejected(),
        maxRejects,
        written == 0 ? "nothing was written" : "the others were written");
    return ExitCode.REJECTIONS;
  }

  private static void line(PrintStream out, String what, long n, String more) {
    out.println(String.format(Locale.ROOT, "  %-12s%,12d  %s", what, n, more).stripTrailing());
  }

  private static String reasons(Tally tally) {
    return tally.rejections().entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "%s %,d", e.getKey(), e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static void example(PrintStream out, Rejection rejection) {
    out.printf("                            %s: %s%n", rejection.origin(), rejection.message());
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.item.Reason;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.report.Count;
import io.sluice.report.Limits;
import io.sluice.report.Tally;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the counts of a job mean for how it ends.
 *
 * @param code the exit code of a program that waits for the job
 * @param reason one line for a code other than {@link ExitCode#OK}; null for that
 */
public record Verdict(int code, @Nullable String reason) {
  private static final Verdict GOOD = new Verdict(ExitCode.OK, null);

  /**
   * Judges an import, or its dry run.
   *
   * @param limits how many rejections and deletes are allowed
   */
  public static Verdict ofImport(Tally whole, Limits limits) {
    return ofImport(whole, limits, false);
  }

  /**
   * Judges an import, or its dry run.
   *
   * @param limits how many rejections and deletes are allowed
   * @param goesOn whether another start goes on with what is left
   */
  public static Verdict ofImport(Tally whole, Limits limits, boolean goesOn) {
    long written = whole.count(Count.WRITTEN);
    if (whole.count(Count.LEFT) > 0) {
      long deleted = whole.count(Count.DELETED);
      return verdict(
          ExitCode.FAILED,
          "stopped by --terminateAfter: %,d items are written%s and %,d are left;"
              + " the same command %s",
          written,
          deleted == 0 ? "" : String.format(Locale.ROOT, ", %,d are deleted", deleted),
          whole.count(Count.LEFT),
          goesOn ? "goes on with them" : "writes all of them");
    }
    if (limits.isRejectedTooMuch(whole)) {
      return verdict(
          ExitCode.REJECTIONS,
          "%,d rejected, --maxRejects=%d allows fewer: %s",
          whole.rejected(),
          limits.rejects(),
          written + whole.count(Count.EARLIER) + whole.count(Count.DELETED) == 0
              ? "nothing was written"
              : "the others were written");
    }
    if (limits.isDeletedTooMuch(whole)) {
      long deletes = whole.count(Count.DELETES);
      return verdict(
          ExitCode.REJECTIONS,
          "the changes delete %,d %s, --maxDeletes=%d allows fewer: nothing was written;"
              + " --maxDeletes=%d applies them",
          deletes,
          deletes == 1 ? "item" : "items",
          limits.deletes(),
          deletes);
    }
    return GOOD;
  }

  /**
   * Judges an import that deletes what only the table has, or its dry run.
   *
   * @param limits how many rejections and deletes are allowed
   * @param maxPrune how many items only the table may have, as it was given
   */
  public static Verdict ofPrune(Tally whole, Limits limits, String maxPrune) {
    Verdict verdict = ofImport(whole, limits);
    long spared = whole.count(Count.SPARED);
    if (verdict.code != ExitCode.OK || spared == 0) {
      return verdict;
    }
    // What DynamoDB refused is in the input, and known only when deletes have been judged.
    long missing = whole.rejected() - of(Reason.REFUSED, whole);
    return missing > 0
        ? verdict(
            ExitCode.REJECTIONS,
            "%,d items that only the table has were not deleted: with %,d rejected records the input"
                + " is not complete",
            spared,
            missing)
        : verdict(
            ExitCode.REJECTIONS,
            "%,d items that only the table has are more than --maxPrune=%s allows: none was deleted",
            spared,
            maxPrune);
  }

  /**
   * Judges a lookup, or its dry run.
   *
   * @param maxRejects how many rejections are allowed
   */
  public static Verdict ofLookup(Tally whole, long maxRejects) {
    return whole.rejected() > maxRejects
        ? verdict(
            ExitCode.REJECTIONS,
            "%,d rejected, --maxRejects=%d allows fewer: nothing was written",
            whole.rejected(),
            maxRejects)
        : GOOD;
  }

  /**
   * Judges a repair, before it is verified.
   *
   * @param maxPrune how many items only the table may have, as it was given
   */
  public static Verdict ofRepair(Tally whole, String maxPrune) {
    if (whole.rejected() > 0) {
      long written = whole.count(Count.WRITTEN);
      long spared = whole.count(Count.SPARED);
      return written + whole.count(Count.PRUNED) == 0
          ? verdict(ExitCode.REJECTIONS, "%,d rejected: nothing is repaired", whole.rejected())
          : verdict(
              ExitCode.REJECTIONS,
              "%,d rejected: the other differences are repaired%s, and nothing is verified",
              whole.rejected(),
              spared == 0
                  ? ""
                  : String.format(
                      Locale.ROOT,
                      ", but for %,d items that only the table has, more than --maxPrune=%s allows",
                      spared,
                      maxPrune));
    }
    return ofPrune(whole, Limits.ofRejects(0), maxPrune);
  }

  /** Judges a verification. */
  public static Verdict ofVerification(Tally whole) {
    long differences = unexpected(whole) + of(Reason.MISSING, whole) + of(Reason.DIFFERENT, whole);
    if (differences > 0) {
      return verdict(
          ExitCode.DIFFERENT, "the table differs from the input in %,d items", differences);
    }
    return whole.rejected() > 0
        ? verdict(
            ExitCode.REJECTIONS, "%,d records are no items and were not compared", whole.rejected())
        : GOOD;
  }

  /** Returns how many items only the table has. */
  static long unexpected(Tally whole) {
    return of(Reason.UNEXPECTED, whole);
  }

  private static long of(Reason reason, Tally whole) {
    return whole.rejections().getOrDefault(reason, 0L);
  }

  private static Verdict verdict(int code, String format, Object... arguments) {
    return new Verdict(code, String.format(Locale.ROOT, format, arguments));
  }
}

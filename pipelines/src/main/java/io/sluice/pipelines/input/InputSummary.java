/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.bulk.LoadSection;
import io.sluice.failure.Rejection;
import io.sluice.lookup.LookupCounts;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.table.UnitsSummary;
import io.sluice.report.Count;
import io.sluice.report.JobReport;
import io.sluice.report.Limits;
import io.sluice.report.SectionJson;
import io.sluice.report.Tally;
import io.sluice.survey.SurveySection;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Prints a summary, for a person, of a job that read files. */
public final class InputSummary {
  /** The section with the {@link LookupCounts} of a lookup. */
  public static final String LOOKUP = "lookup";

  /** The property of a lookup that says how the table was read. */
  public static final String LOOKUP_BY = "lookupBy";

  private static final int SHOWN_REJECTIONS = 5;

  /** How many entries of a survey's lists are shown; the report has all of them. */
  private static final int SHOWN_OF_SURVEY = 3;

  private static final String INDENT = " ".repeat(28);

  private final JobReport report;
  private final Tally tally;
  private final @Nullable String rejectsFolder;
  private final double seconds;
  private final Console console;
  private final PrintStream out;

  /**
   * Creates a summary that is not printed yet.
   *
   * @param rejectsFolder the folder of the rejections; null for none
   * @param took how long the job took
   */
  InputSummary(JobReport report, @Nullable String rejectsFolder, Duration took, Console console) {
    this.report = report;
    this.tally = report.tally();
    this.rejectsFolder = rejectsFolder;
    this.seconds = Math.max(0.001, took.toMillis() / 1000.0);
    this.console = console;
    this.out = console.out();
  }

  /** Prints the report of an import; returns the exit code. */
  public int printImport(Limits limits) {
    return printImport(limits, whole -> Verdict.ofImport(whole, limits));
  }

  /**
   * Prints the report of an import; returns the exit code.
   *
   * @param judge judges the counts
   */
  public int printImport(Limits limits, Function<Tally, Verdict> judge) {
    printReading("->", tally.count(Count.READ));
    if (tally.count(Count.WITHHELD) > 0) {
      line(
          "withheld",
          tally.count(Count.WITHHELD),
          limits.isRejectedTooMuch(tally)
              ? "not written, since too many are rejected"
              : "not written, since too many are deletes");
    }
    ComparisonSection.of(report).ifPresent(this::printComparison);
    long left = tally.count(Count.LEFT);
    SurveySection.of(report).ifPresentOrElse(this::printSurvey, this::printWritten);
    if (left > 0) {
      line("left", left, "not written, since the time was up");
    }
    new UnitsSummary(report).lines().forEach(units -> out.println("  " + units));
    return tell(judge.apply(tally));
  }

  private void printComparison(ComparisonSection comparison) {
    line("compared", comparison.compared(), comparison.why());
    line("unchanged", comparison.unchanged(), "not written, since the table has them as they are");
    line("new", comparison.added(), "");
    line("changed", comparison.changed(), "");
    if (comparison.surplus() != null) {
      line("surplus", comparison.surplus(), "only in the table");
      printPruned();
    }
    line("read units", Math.round(comparison.readUnits()), "to compare");
    line("saved", comparison.savedWriteUnits(), saved(comparison.savedDollars()));
  }

  private void printPruned() {
    SurplusSection.of(report)
        .ifPresentOrElse(
            section -> {
              line("prunable", tally.count(Count.PRUNABLE), "a dry run deletes nothing");
              section.firstKeys().forEach(key -> out.println(INDENT + key));
            },
            () -> {
              line("pruned", tally.count(Count.PRUNED), "of them deleted");
              line(
                  "retained",
                  tally.count(Count.RETAINED),
                  "of them changed by others meanwhile, or of too many attributes to compare");
            });
  }

  private static String saved(@Nullable Double dollars) {
    return dollars == null
        ? "write units of the table"
        : String.format(
            Locale.ROOT, "write units of the table, about $%.2f less what reading cost", dollars);
  }

  private void printWritten() {
    long written = tally.count(Count.WRITTEN);
    long deleted = tally.count(Count.DELETED);
    line("written", written, written > 0 ? rate(written + deleted) : "");
    if (tally.count(Count.EARLIER) > 0) {
      line("earlier", tally.count(Count.EARLIER), "written by an earlier start, and not again");
    }
    LoadSection.of(report)
        .ifPresent(
            load ->
                line(
                    "files",
                    load.files(),
                    String.format(
                        Locale.ROOT,
                        "read by %s, which charges for %,d bytes",
                        load.operation(),
                        load.bytes())));
    if (isOfChanges()) {
      line("deleted", deleted, written == 0 && deleted > 0 ? rate(deleted) : "");
    }
  }

  /** Whether the input was changes of items. */
  private boolean isOfChanges() {
    return report.job().containsKey("changes");
  }

  /** Prints the report of a verification; returns the exit code. */
  public int printVerification() {
    printReading("=?", tally.count(Count.READ) - Verdict.unexpected(tally));
    line("matched", tally.count(Count.MATCHED), rate(tally.count(Count.MATCHED)));
    ReceiptSection.of(report)
        .ifPresent(
            receipt -> {
              line("receipt", receipt.sourceItems(), receipt.sourceHash() + " of the input");
              line("", receipt.tableItems(), receipt.tableHash() + " of the table");
            });
    return tell(Verdict.ofVerification(tally));
  }

  /** Prints the report of a lookup; returns the exit code. */
  public int printLookup(long maxRejects) {
    printTitle("in");
    line("read", tally.count(Count.READ), rate(tally.count(Count.READ)));
    line("skipped", tally.count(Count.SKIPPED), "");
    printRejected();
    if (tally.count(Count.WITHHELD) > 0) {
      line(
          "withheld",
          tally.count(Count.WITHHELD),
          tally.rejected() > maxRejects
              ? "not written, since too many are rejected"
              : "not written, since another run has taken files");
    }
    line("dropped", tally.count(Count.DROPPED), "");
    printKept(tally.count(Count.KEPT), report.job().get("output"));
    LookupCounts counts = SectionJson.find(report, LOOKUP, LookupCounts.class).orElseThrow();
    if (report.job().containsKey("enrich")) {
      line("enriched", counts.enriched(), "");
    }
    out.printf("  %-12s%s%n", "looked up", report.job().get(LOOKUP_BY));
    line(
        "keys read",
        counts.keysRead(),
        String.format(
            Locale.ROOT,
            "%,d of them found, for %,.1f read units",
            counts.keysFound(),
            counts.readUnits()));
    return tell(Verdict.ofLookup(tally, maxRejects));
  }

  private void printKept(long kept, @Nullable Object output) {
    if (output == null) {
      line("kept", kept, "a dry run writes nothing");
    } else {
      line("kept", kept, kept == 0 ? "" : "in " + output);
    }
  }

  private void printTitle(String arrow) {
    out.printf("%s %s %s%n", report.job().get("input"), arrow, report.job().get("table"));
  }

  private void printReading(String arrow, long read) {
    printTitle(arrow);
    Object consistency = report.job().get(JdbcInput.CONSISTENCY);
    if (consistency != null) {
      out.printf("  %-12s%s%n", "consistent", consistency);
    }
    line("read", read, "");
    line("skipped", tally.count(Count.SKIPPED), "");
    if (isOfChanges()) {
      line("superseded", tally.count(Count.SUPERSEDED), "by later changes of the same keys");
    } else {
      line("duplicates", tally.count(Count.DUPLICATES), "dropped");
    }
    if (tally.count(Count.TIES) > 0) {
      line(
          "ties",
          tally.count(Count.TIES),
          "keys with several last changes, of which one was taken");
    }
    printRejected();
  }

  private void printRejected() {
    line("rejected", tally.rejected(), reasons());
    for (Rejection example :
        tally.examples().subList(0, Math.min(SHOWN_REJECTIONS, tally.examples().size()))) {
      out.println(INDENT + example.origin() + ": " + example.message());
    }
    if (rejectsFolder != null && tally.rejected() > 0) {
      out.println(INDENT + "all of them: " + rejectsFolder + "/");
    }
  }

  private void printSurvey(SurveySection survey) {
    line("writable", tally.count(Count.WRITABLE), "a dry run writes nothing");
    if (isOfChanges()) {
      line("deletable", tally.count(Count.DELETABLE), "a dry run deletes nothing");
    }
    line("bytes", survey.bytes(), "");
    line(
        "write units",
        survey.writeUnits().table(),
        survey.deletes() == 0
            ? "for the table, if all items are new"
            : "for the table, if all items are new, and deletes take those of their keys");
    line("", survey.writeUnits().indexes(), "for its indexes");
    out.println("  item sizes");
    survey.itemsUpToBytes().forEach((bytes, n) -> line("", n, "of up to " + bytes + " bytes"));
    out.println("  largest items");
    survey.largest().stream()
        .limit(SHOWN_OF_SURVEY)
        .forEach(item -> line("", item.bytes(), "bytes, " + item.origin()));
    out.println("  hottest partition keys");
    survey.hottestPartitionKeys().items().entrySet().stream()
        .limit(SHOWN_OF_SURVEY)
        .forEach(key -> line("", key.getValue(), "items of " + key.getKey()));
  }

  private int tell(Verdict verdict) {
    if (verdict.reason() != null) {
      console.tell(verdict.reason());
    }
    return verdict.code();
  }

  private String rate(long items) {
    return String.format(Locale.ROOT, "in %.1f s, %,.0f items/s", seconds, items / seconds);
  }

  private void line(String what, long n, String more) {
    out.println(String.format(Locale.ROOT, "  %-12s%,12d  %s", what, n, more).stripTrailing());
  }

  private String reasons() {
    return tally.rejections().entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "%s %,d", e.getKey(), e.getValue()))
        .collect(Collectors.joining(", "));
  }
}

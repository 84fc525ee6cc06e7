/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.capacity.TableCapacity;
import io.sluice.capacity.Throttle;
import io.sluice.capacity.WriteForecast;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.job.ClusterEngine;
import io.sluice.pipelines.table.TableNames;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * To what the write capacity of a table is raised while the job runs.
 *
 * @param units write units a second of the table, 1 or more; null for what the deadline needs
 * @param run names the run, and the ones before that have ended for certain
 */
record RaisePlan(@Nullable Long units, String run) {
  private static final String OPTION = "raiseCapacity";
  private static final String DEADLINE = "DEADLINE";
  private static final String RESTORE = "RESTORE";
  private static final Pattern RUN = Pattern.compile("[a-zA-Z0-9-]{1,50}");

  /** Whether what a killed job raised is put back, in place of an import. */
  static boolean isRestore(ImportOptions options) {
    return RESTORE.equalsIgnoreCase(options.getRaiseCapacity());
  }

  /**
   * Returns the table of which that is put back.
   *
   * @throws io.sluice.pipelines.cli.UsageException when the options name none
   */
  static String restored(ImportOptions options) {
    OptionErrors problems = new OptionErrors();
    TableNames.check(options.getTable(), problems);
    problems.throwIfAny();
    return options.getTable();
  }

  /** Parses the options; null when the capacity is left as it is. */
  static @Nullable RaisePlan of(ImportOptions options, OptionErrors problems) {
    String text = options.getRaiseCapacity();
    String run = options.getRaisedBy();
    if (text == null) {
      if (run != null) {
        problems.add("--raisedBy goes with --raiseCapacity");
      }
      return null;
    }
    if (run != null && !RUN.matcher(run).matches()) {
      problems.add("--raisedBy must be of letters, digits and '-', 50 at most");
    }
    if (options.isDryRun()) {
      problems.add("--raiseCapacity does not go with --dryRun, which writes nothing");
    }
    if (ClusterEngine.isDetached(options)) {
      problems.add(
          "--raiseCapacity does not go with a detached submission: nothing waits to put it back");
    }
    String name = run == null ? UUID.randomUUID().toString() : run;
    RaisePlan plan = problems.parse(OPTION, text, units -> parse(units, name));
    if (plan != null && plan.units == null && options.getDeadline() == null) {
      problems.add("--raiseCapacity=DEADLINE needs --deadline, such as --deadline=20m");
    }
    return plan;
  }

  private static RaisePlan parse(String text, String run) {
    if (text.equalsIgnoreCase(DEADLINE)) {
      return new RaisePlan(null, run);
    }
    if (text.equalsIgnoreCase(RESTORE)) {
      throw new IllegalArgumentException(
          RESTORE + " is no import: it has no plan, and goes with the verb import only");
    }
    try {
      long units = Long.parseLong(text);
      if (units >= 1) {
        return new RaisePlan(units, run);
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    throw new IllegalArgumentException(
        "'%s' must be write units such as 5000, %s or %s".formatted(text, DEADLINE, RESTORE));
  }

  /**
   * Checks that there is a table to raise, before its input is read.
   *
   * @throws JobException when there is none
   */
  static void check(TableInfo table) {
    if (!table.exists()) {
      throw new JobException(
          "--raiseCapacity: the table %s does not exist: create it with the capacity that it needs"
              .formatted(table.name()));
    }
  }

  /**
   * Returns the write units to raise to, by index; those of the table under {@link Throttle#TABLE}.
   *
   * @param forecast what the input needs; null when that is not known
   */
  Map<String, Long> wanted(TableCapacity capacity, @Nullable WriteForecast forecast) {
    if (units == null) {
      return forecast == null ? Map.of() : forecast.neededWrites();
    }
    Map<String, Long> wanted = new TreeMap<>();
    wanted.put(Throttle.TABLE, units);
    double tableUnits = forecast == null ? 0 : forecast.load().tableUnits();
    for (String index : capacity.indexes().keySet()) {
      double share =
          tableUnits == 0 ? 1 : forecast.load().indexUnits().getOrDefault(index, 0.0) / tableUnits;
      if (share > 0) {
        wanted.put(index, (long) Math.ceil(share * units));
      }
    }
    return wanted;
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.capacity.Prices;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.job.WorkerSlots;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How fast to write, until when, and at what price.
 *
 * @param onDemand what the table can do when it is on-demand, if that is given
 * @param deadline the time in which writing should be done; null for any
 * @param terminateAfter the time after which the rest is left; null for never
 */
public record BudgetPlan(
    Budget budget,
    OnDemandUnits onDemand,
    @Nullable Duration deadline,
    @Nullable Duration terminateAfter,
    Prices prices) {

  /** The embedded DynamoDB has no rate limit. */
  static final double LOCAL_UNITS = 100_000;

  /** Limited to few digits, so that arithmetic does not overflow. */
  private static final Pattern TIME = Pattern.compile("(?:\\d{1,6}h)?(?:\\d{1,6}m)?(?:\\d{1,6}s)?");

  /** Parses the options; if an error is recorded, the plan must not be used. */
  public static BudgetPlan of(BudgetOptions options, OptionErrors problems) {
    BudgetPlan rate = ofRate(options, problems);
    return new BudgetPlan(
        rate.budget,
        rate.onDemand,
        problems.parse("deadline", options.getDeadline(), BudgetPlan::time),
        problems.parse("terminateAfter", options.getTerminateAfter(), BudgetPlan::time),
        prices(options, problems));
  }

  /** Parses the options of a job that writes to its end; otherwise the same. */
  public static BudgetPlan ofRate(WriteRateOptions options, OptionErrors problems) {
    Budget budget = Budget.ofRatio(1);
    try {
      budget = Budget.ofRatio(options.getWriteRatio());
    } catch (IllegalArgumentException e) {
      problems.add("--writeRatio=" + options.getWriteRatio() + " must be 0.1 to 1.5");
    }
    return new BudgetPlan(
        budget.withWorkers(WorkerSlots.of(options, options.getWorkers(), problems)),
        new OnDemandUnits(null, onDemandWrites(options, problems)),
        null,
        null,
        PriceFileSettings.of(options, problems));
  }

  /** Prints a warning if the ratio is above what DynamoDB promises of a table. */
  public void tellIfAbove(String table, Console console) {
    if (budget.isAbove()) {
      console.tell(
          "--writeRatio=%s asks for more than DynamoDB promises of %s: it may refuse a part"
              .formatted(budget.ratio(), table));
    }
  }

  private static @Nullable Double onDemandWrites(WriteRateOptions options, OptionErrors problems) {
    Double writes = options.getOnDemandWriteUnits();
    if (writes == null) {
      return options.isLocal() ? LOCAL_UNITS : null;
    }
    if (writes >= 1 && Double.isFinite(writes)) {
      return writes;
    }
    problems.add("--onDemandWriteUnits=" + writes + " must be 1 or more");
    return null;
  }

  static Prices prices(BudgetOptions options, OptionErrors problems) {
    Double unitHour = options.getWriteUnitHourPrice();
    Double million = options.getMillionWritesPrice();
    checkPrice("writeUnitHourPrice", unitHour, problems);
    checkPrice("millionWritesPrice", million, problems);
    Prices prices = PriceFileSettings.of(options, problems);
    return isNoPrice(unitHour) || isNoPrice(million)
        ? prices
        : prices.withWrites(unitHour, million);
  }

  public static void checkPrice(String option, @Nullable Double dollars, OptionErrors problems) {
    if (isNoPrice(dollars)) {
      problems.add("--" + option + "=" + dollars + " must be dollars, 0 or more");
    }
  }

  private static boolean isNoPrice(@Nullable Double dollars) {
    return dollars != null && !(dollars >= 0 && Double.isFinite(dollars));
  }

  /**
   * Parses a length of time such as 1h30m.
   *
   * @throws IllegalArgumentException when the text is no such time, or none at all
   */
  public static Duration time(String text) {
    if (text.isEmpty() || !TIME.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' must be a time such as 90s, 20m or 1h30m");
    }
    Duration time = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    if (time.isZero()) {
      throw new IllegalArgumentException("'" + text + "' must be more than no time");
    }
    return time;
  }
}

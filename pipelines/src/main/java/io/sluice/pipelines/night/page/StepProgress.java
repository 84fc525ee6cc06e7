/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How far a step is, by a line of {@code --progress=json}.
 *
 * @param done what was done with the items, such as written
 * @param items that are done
 * @param total the items to be done; null when it is not known
 * @param itemsPerSecond lately
 * @param unitsPerSecond read or write units, lately
 * @param allowed units a second that may be used; null when it is not known
 * @param throttled requests so far
 * @param secondsLeft null when it is not known
 */
public record StepProgress(
    String done,
    long items,
    @Nullable Long total,
    double itemsPerSecond,
    double unitsPerSecond,
    @Nullable Double allowed,
    long throttled,
    @Nullable Long secondsLeft) {

  /** Reads a line; empty for one that says nothing of it. */
  public static Optional<StepProgress> of(JsonNode line) {
    if (!line.path("state").asText().equals("running")) {
      return Optional.empty();
    }
    return Optional.of(
        new StepProgress(
            line.path("done").asText(),
            line.path("items").asLong(),
            line.path("total").isNumber() ? line.path("total").asLong() : null,
            line.path("itemsPerSecond").asDouble(),
            line.path("unitsPerSecond").asDouble(),
            line.path("allowed").isNumber() ? line.path("allowed").asDouble() : null,
            line.path("throttled").asLong(),
            line.path("secondsLeft").isNumber() ? line.path("secondsLeft").asLong() : null));
  }

  /** Returns it in a line, such as "5 of 10 written, 2/s, 1 of 3 units/s, 3 s left". */
  public String text() {
    return counted() + ", " + rates() + (secondsLeft == null ? "" : ", " + left(secondsLeft));
  }

  /** Returns how much is done, such as "5 of 10 written". */
  String counted() {
    return String.format(
        Locale.ROOT, "%,d%s %s", items, total == null ? "" : number(" of %,d", total), done);
  }

  /** Returns how fast, such as "2/s, 1 of 3 units/s". */
  String rates() {
    return String.format(
        Locale.ROOT,
        "%,.0f/s, %,.0f%s units/s",
        itemsPerSecond,
        unitsPerSecond,
        allowed == null ? "" : number(" of %,.0f", allowed));
  }

  private static String number(String format, Number value) {
    return String.format(Locale.ROOT, format, value);
  }

  static String left(long seconds) {
    return seconds < TimeUnit.MINUTES.toSeconds(2)
        ? seconds + " s left"
        : TimeUnit.SECONDS.toMinutes(seconds) + " min left";
  }
}

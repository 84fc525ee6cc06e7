/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.prune;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many items a job may delete because only the table has them: a number, or a share of the
 * items that were scanned.
 *
 * @param text as a person gave it: {@code 500} or {@code 1%}
 * @param items the number; -1 if it is a share
 * @param percent the share in percent, 0 to 100; -1 if it is a number
 */
public record PruneLimit(String text, long items, double percent) implements Serializable {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})|(\\d{1,3}(?:\\.\\d{1,4})?)%");
  private static final int ALL = 100;

  /**
   * Parses a limit.
   *
   * @throws IllegalArgumentException when it is neither a number nor a share of 0 to 100 %
   */
  public static PruneLimit parse(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches() && form.group(1) != null) {
      return new PruneLimit(text, Long.parseLong(text), -1);
    }
    if (form.matches() && Double.parseDouble(form.group(2)) <= ALL) {
      return new PruneLimit(text, -1, Double.parseDouble(form.group(2)));
    }
    throw new IllegalArgumentException(
        "'" + text + "' must be a number such as 500, or a share such as 1%");
  }

  /** Whether so many of the items that were scanned are more than allowed. */
  public boolean isExceededBy(long surplus, long scanned) {
    return items >= 0 ? surplus > items : surplus * (double) ALL > percent * scanned;
  }
}

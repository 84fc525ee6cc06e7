/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses and prints data sizes such as {@code 256MB}. */
public final class DataSize {
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,9})\\s*(KB|MB|GB)", Pattern.CASE_INSENSITIVE);
  private static final String UNITS = "KMG";
  private static final int SHIFT = 10;

  private DataSize() {}

  /**
   * Parses a size such as 256MB; a KB is 1,024 bytes.
   *
   * @throws IllegalArgumentException when it is not a size above 0
   */
  public static long parse(String text) {
    Matcher size = SIZE.matcher(text);
    if (size.matches()) {
      int unit = UNITS.indexOf(Character.toUpperCase(size.group(2).charAt(0))) + 1;
      long bytes = Long.parseLong(size.group(1)) << (unit * SHIFT);
      if (bytes > 0) {
        return bytes;
      }
    }
    throw new IllegalArgumentException("'" + text + "' must be a size such as 256MB or 1GB");
  }

  /** Formats a size, such as 1.5 MB. */
  public static String text(long bytes) {
    double size = bytes;
    int unit = -1;
    while (size >= 1 << SHIFT && unit < UNITS.length() - 1) {
      size /= 1 << SHIFT;
      unit++;
    }
    return unit < 0
        ? String.format(Locale.ROOT, "%,d bytes", bytes)
        : String.format(Locale.ROOT, "%,.1f %cB", size, UNITS.charAt(unit));
  }
}

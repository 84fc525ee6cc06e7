/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.pipelines.cli.OptionErrors;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Checks names of tables as users type them. */
public final class TableNames {
  private static final Pattern NAME =
      Pattern.compile("[a-zA-Z0-9_.-]{3,255}|arn:[^:]+:dynamodb:[^:]+:[0-9]{12}:table/.+");

  private TableNames() {}

  /** Records an error if the name is missing or invalid. */
  public static void check(@Nullable String table, OptionErrors problems) {
    check("table", table, problems);
  }

  /** Records an error if the name that an option gives is missing or invalid. */
  public static void check(String option, @Nullable String table, OptionErrors problems) {
    if (table == null) {
      problems.add("--" + option + " is missing: give the name of the table");
    } else if (!isOne(table)) {
      problems.add(
          "--%s=%s must be 3 to 255 of the characters a-z A-Z 0-9 _ . -".formatted(option, table));
    }
  }

  /** Whether this can be the name or ARN of a table. */
  public static boolean isOne(@Nullable String table) {
    return table != null && NAME.matcher(table).matches();
  }

  /** Returns the table's own name if an ARN was given. */
  public static String plain(String table) {
    return table.substring(table.lastIndexOf('/') + 1);
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.pipelines.cli.OptionErrors;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Names of tables as they are typed. */
public final class TableNames {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}|arn:.+");

  private TableNames() {}

  /** Tells what is wrong with the name that was given, if anything is. */
  public static void check(@Nullable String table, OptionErrors problems) {
    if (table == null) {
      problems.add("--table is missing: give the name of the table");
    } else if (!isOne(table)) {
      problems.add("--table=" + table + " must be 3 to 255 of the characters a-z A-Z 0-9 _ . -");
    }
  }

  /** Whether a table can have that name or ARN. */
  public static boolean isOne(@Nullable String table) {
    return table != null && NAME.matcher(table).matches();
  }

  /** The table's own name, where an ARN was given. */
  public static String plain(String table) {
    return table.substring(table.lastIndexOf('/') + 1);
  }
}

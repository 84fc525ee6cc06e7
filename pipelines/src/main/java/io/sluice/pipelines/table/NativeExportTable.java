/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.format.nativeexport.ExportSummary;
import io.sluice.pipelines.cli.JobException;
import java.util.regex.Pattern;

/** Compares the table of a native export with the one that was asked for. */
public final class NativeExportTable {
  /** An ARN that names region and account; those in exports of ours may lack them. */
  private static final Pattern WHOLE_ARN =
      Pattern.compile("arn:[^:]+:dynamodb:[^:]+:[0-9]{12}:table/.+");

  private NativeExportTable() {}

  /**
   * Checks that an export is of the table.
   *
   * @param folder of the export
   * @param table its name or ARN, as it was asked for
   * @throws JobException when it is of another table, or does not say of which
   */
  public static void check(String folder, ExportSummary summary, String table) {
    if (!isOf(summary, table)) {
      throw new JobException(
          "%s is an export of %s, not of %s"
              .formatted(
                  folder,
                  summary.tableArn() == null
                      ? "no known table"
                      : "the table " + named(summary.tableArn(), table),
                  table));
    }
  }

  /** Whether an export is of the table: of the same ARN, if both are known, or the same name. */
  public static boolean isOf(ExportSummary summary, String table) {
    String arn = summary.tableArn();
    return arn != null
        && (WHOLE_ARN.matcher(arn).matches() && WHOLE_ARN.matcher(table).matches()
            ? arn.equals(table)
            : TableNames.plain(arn).equals(TableNames.plain(table)));
  }

  /** Names a table as shortly as tells it from the other. */
  private static String named(String arn, String other) {
    String name = TableNames.plain(arn);
    return name.equals(TableNames.plain(other)) ? arn : name;
  }
}

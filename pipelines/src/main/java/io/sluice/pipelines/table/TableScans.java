/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.EmbeddedEngine;

/** Makes the scan of a table, as the runner and the budget ask for. */
public final class TableScans {
  private TableScans() {}

  /** Returns a scan of the whole table, within the budget. */
  public static ScanTable of(SluiceOptions options, TableInfo table, ReadBudgetPlan budget) {
    ScanTable scan =
        ScanTable.of(table)
            .withClient(Aws.dynamodb(options))
            .withBudget(budget.budget())
            .withOnDemandUnits(budget.onDemand());
    if (EmbeddedEngine.isDirect(options)) {
      scan = scan.withSpool().withBuckets(1);
      int threads = EmbeddedEngine.threadsOfReader(options);
      scan = threads > 1 ? scan.withOneReader(threads) : scan;
    }
    return EmbeddedEngine.isHere(options) ? scan.inOneJvm() : scan;
  }
}

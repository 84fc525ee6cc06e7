/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.compare;

import io.sluice.dynamodb.prune.PruneLimit;
import io.sluice.dynamodb.verify.SurplusScope;
import io.sluice.item.KeySchema;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.OptionErrors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The validated options of deleting what only the table has.
 *
 * @param limit how much it may delete
 * @param scope the prefix of the partition keys that it may delete; null for all items
 * @param versionAttribute the only attribute that is compared before a delete; null for all
 */
public record PrunePlan(
    PruneLimit limit, @Nullable String scope, @Nullable String versionAttribute) {
  private static final String DEFAULT_LIMIT = "1%";

  /** Parses the options; null when nothing is deleted. */
  public static @Nullable PrunePlan of(PruneOptions options, OptionErrors problems) {
    PruneLimit limit = problems.parse("maxPrune", options.getMaxPrune(), PruneLimit::parse);
    if (!options.isPrune()) {
      needPrune("maxPrune", !options.getMaxPrune().equals(DEFAULT_LIMIT), problems);
      needPrune("pruneScope", options.getPruneScope() != null, problems);
      needPrune("versionAttribute", options.getVersionAttribute() != null, problems);
      return null;
    }
    if ("".equals(options.getPruneScope())) {
      problems.add("--pruneScope is empty: it is the beginning of partition keys");
    }
    return new PrunePlan(limit, options.getPruneScope(), options.getVersionAttribute());
  }

  /**
   * Returns what may be deleted of a table.
   *
   * @throws JobException when its partition keys have no beginning
   */
  public SurplusScope scopeOf(KeySchema schema) {
    try {
      return scope == null ? SurplusScope.all(schema) : SurplusScope.of(schema, scope);
    } catch (IllegalArgumentException e) {
      throw new JobException("--pruneScope: " + e.getMessage());
    }
  }

  private static void needPrune(String option, boolean isGiven, OptionErrors problems) {
    if (isGiven) {
      problems.add("--" + option + " goes with --prune");
    }
  }
}

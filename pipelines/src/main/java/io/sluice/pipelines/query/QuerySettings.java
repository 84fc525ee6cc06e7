/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.query;

import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;

/**
 * The validated options of a query.
 *
 * @param output the folder of the exports
 * @param sql the query
 * @param maxRows the maximum number of rows to print
 */
record QuerySettings(String output, String sql, int maxRows) {

  /**
   * Validates the options.
   *
   * @throws UsageException with all errors
   */
  static QuerySettings of(QueryOptions options) {
    OptionErrors problems = new OptionErrors();
    if (options.getOutput() == null) {
      problems.add("--output is missing: give the folder of the exports");
    }
    if (options.getSql() == null) {
      problems.add("the query is missing: give it in quotes, such as \"select * from trips\"");
    }
    problems.atLeast("maxRows", options.getMaxRows(), 1);
    problems.throwIfAny();
    return new QuerySettings(options.getOutput(), options.getSql(), options.getMaxRows());
  }
}

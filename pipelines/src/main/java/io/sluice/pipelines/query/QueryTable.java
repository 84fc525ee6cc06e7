/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.query;

import java.io.IOException;
import java.sql.SQLException;

/** A table that a query may name. */
interface QueryTable {

  /** Returns the name by which it is queried. */
  String name();

  /**
   * Makes it known to a database.
   *
   * @param copies where its files are copied to
   * @throws io.sluice.pipelines.cli.JobException when there is no room for its files
   * @throws IOException when they cannot be read
   */
  void addTo(DuckDb db, Copies copies) throws IOException, SQLException;
}

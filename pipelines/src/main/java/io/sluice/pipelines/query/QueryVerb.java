/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.query;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.DriverVerb;

/** The verb {@code query}. */
public final class QueryVerb implements DriverVerb<QueryOptions> {

  @Override
  public String name() {
    return "query";
  }

  @Override
  public String about() {
    return "queries exported snapshots and captured changes in SQL";
  }

  @Override
  public Class<QueryOptions> options() {
    return QueryOptions.class;
  }

  @Override
  public int run(QueryOptions options, Console console) {
    return Query.run(options, console);
  }

  /** A query may be typed without the option's name. */
  @Override
  public String named(String argument) {
    return "--sql=" + argument;
  }
}

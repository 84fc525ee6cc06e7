/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.harness;

import io.sluice.testing.endpoint.Books;
import java.util.List;

/** What a contender is to do in a JVM of its own. */
public interface Assignment {
  /** The class with the main method, which calls {@link Child#serve}. */
  Class<?> program();

  /** What that main method is given. */
  List<String> toArguments();

  /** On how many items the work was done, as the endpoint saw it. */
  long items(Books books);
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.harness;

import io.sluice.testing.dynamodb.Books;
import java.util.List;

/** The work of a contender in a JVM of its own. */
public interface Assignment {
  /** Returns the class with the main method, which calls {@link Child#serve}. */
  Class<?> program();

  /** Returns the arguments of that main method. */
  List<String> toArguments();

  /** Returns on how many items the work was done, as the endpoint saw it. */
  long items(Books books);
}

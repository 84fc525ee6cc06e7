/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import java.util.Map;
import java.util.Optional;

/** What a job says of its input, whoever reads it. */
public interface JobInput {

  /** Returns the input as reports and messages name it; empty for the files that options name. */
  default Optional<String> title() {
    return Optional.empty();
  }

  /** Returns approximately how many bytes it has after decompression. */
  long bytes();

  /** Whether some of it is compressed, so that its bytes are an estimate. */
  boolean isCompressed();

  /** Whether its bytes may be far off, so that no job is refused because of them. */
  default boolean isGuess() {
    return false;
  }

  /** Returns its properties in the report, such as its format. */
  Map<String, Object> properties();
}

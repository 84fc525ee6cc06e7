/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import java.util.Map;

/** What a job says of its input, whoever reads it. */
public interface JobInput {
  /** Returns approximately how many bytes it has after decompression. */
  long bytes();

  /** Whether some of it is compressed, so that its bytes are an estimate. */
  boolean isCompressed();

  /** Returns its properties in the report, such as its format. */
  Map<String, Object> properties();
}

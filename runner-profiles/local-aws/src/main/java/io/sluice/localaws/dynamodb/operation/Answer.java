/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes the members of what an operation answers, when nothing can go wrong any more. */
@FunctionalInterface
public interface Answer {

  /** Writes the members; the object around them is the caller's. */
  void write(JsonGenerator json) throws IOException;
}

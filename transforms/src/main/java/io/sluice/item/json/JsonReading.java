/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import com.fasterxml.jackson.core.JsonParser;
import io.sluice.item.InvalidItemException;
import java.io.IOException;

/** Reads a value from a parser that is before its first token. */
@FunctionalInterface
public interface JsonReading<T> {

  /**
   * Reads the value.
   *
   * @throws IOException what the parser throws
   * @throws InvalidItemException when the value is not what it has to be
   */
  T read(JsonParser in) throws IOException, InvalidItemException;
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.format;

import io.sluice.localaws.dynamodb.value.Value;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/** Writes the records of an export, each in a line. */
public interface RecordWriter extends Closeable {

  /**
   * Writes a record.
   *
   * @param members what it consists of in their order: an Item, or Metadata, Keys and images
   */
  void write(Map<String, Map<String, Value>> members) throws IOException;
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.format;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Reads the records of one object, one after the other. */
public interface RecordReader extends Closeable {

  /**
   * Reads the next record.
   *
   * @return nothing at the end
   * @throws MalformedObjectException if it is no record, and so nobody can know where the next one
   *     begins
   */
  Optional<InputRecord> next() throws IOException;
}

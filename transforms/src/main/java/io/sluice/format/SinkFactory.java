/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import java.io.IOException;

/** Begins files of one format and schema. */
public interface SinkFactory {

  /** Begins to write items to a stream, which the caller closes. */
  ItemSink open(FileStream out) throws IOException;
}

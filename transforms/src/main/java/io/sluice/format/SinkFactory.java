/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import java.io.IOException;

/** Begins files of one format and schema, one after the other. */
public interface SinkFactory {

  /** Begins to write items into a stream; the caller who opened the stream closes it. */
  ItemSink open(FileStream out) throws IOException;
}

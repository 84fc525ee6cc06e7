/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.slice;

import java.io.IOException;
import java.io.Serializable;

/**
 * Opens slices of an input; it travels with the source to the workers.
 *
 * @param <S> describes a slice
 */
@FunctionalInterface
public interface SliceOpener<S> extends Serializable {

  /**
   * Opens a slice.
   *
   * @throws IOException when the input cannot be read; it names the input
   */
  SliceRecords open(S slice) throws IOException;
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import java.io.ByteArrayInputStream;

/** Bytes of which no read gives more than a few, as from a network. */
public final class ShortReads extends ByteArrayInputStream {
  private final int most;

  /**
   * @param most how many bytes one read gives at most, 1 or more
   */
  public ShortReads(byte[] bytes, int most) {
    super(bytes);
    this.most = most;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    return super.read(into, offset, Math.min(length, most));
  }
}

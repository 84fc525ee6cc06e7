/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import java.io.IOException;
import java.io.Serializable;

/**
 * A manifest's count and checksum of a file, checked while the file is read.
 *
 * @param items the number of items in it
 * @param md5 the MD5 of its stored bytes, in Base64
 */
public record ContentCheck(long items, String md5) implements Serializable {

  /**
   * Compares a file that was read.
   *
   * @param actualMd5 of its stored bytes, in Base64
   * @param actualItems the number of items in it
   * @throws IOException when it is another
   */
  public void compare(String actualMd5, long actualItems) throws IOException {
    if (!actualMd5.equals(md5)) {
      throw new IOException(
          "it is not the file of the export: its MD5 is "
              + actualMd5
              + ", and the manifest lists "
              + md5);
    }
    if (actualItems != items) {
      throw new IOException(
          "it is not the file of the export: it has %,d items, and the manifest lists %,d"
              .formatted(actualItems, items));
    }
  }
}

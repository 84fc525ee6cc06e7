/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import java.io.IOException;
import java.io.Serializable;

/**
 * The count and the checksum of a file in a manifest or a commit, checked while the file is read.
 *
 * @param lister what lists the file
 * @param items the number of items in it
 * @param md5 the MD5 of its stored bytes, in Base64
 */
public record ContentCheck(Lister lister, long items, String md5) implements Serializable {

  /** What lists files. */
  public enum Lister {
    EXPORT("the file of the export", "items", "the manifest"),
    SNAPSHOT("the file of the snapshot", "items", "the manifest"),
    FEED("the file of the feed", "records", "the commit");

    private final String file;
    private final String counted;
    private final String list;

    Lister(String file, String counted, String list) {
      this.file = file;
      this.counted = counted;
      this.list = list;
    }
  }

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
          "it is not %s: its MD5 is %s, and %s lists %s"
              .formatted(lister.file, actualMd5, lister.list, md5));
    }
    if (actualItems != items) {
      throw new IOException(
          "it is not %s: it has %,d %s, and %s lists %,d"
              .formatted(lister.file, actualItems, lister.counted, lister.list, items));
    }
  }
}

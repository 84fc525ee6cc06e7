/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import io.sluice.item.page.ScanCompleteness;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;

/**
 * The files that a bundle, or a part of one, wrote.
 *
 * @param files the files, each complete; earlier attempts of the bundle may have left others
 * @param scan the pages whose items are in the files, and pages without items
 */
@DefaultCoder(WrittenFilesCoder.class)
public record WrittenFiles(List<File> files, ScanCompleteness scan) implements Serializable {

  public WrittenFiles {
    files = List.copyOf(files);
  }

  /**
   * A file that was written completely.
   *
   * @param place its path, as Beam's file systems name it
   * @param items the number of items in it
   * @param bytes its length
   * @param md5 of its bytes, in Base64
   */
  public record File(String place, long items, long bytes, String md5) implements Serializable {}
}

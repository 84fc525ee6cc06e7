/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a file says of those that it continues.
 *
 * @param stream what the names of files that continue each other have in common
 * @param order their order, before that of their names
 */
record FileSequence(String stream, String order) {
  /**
   * Firehose: {@code <stream>-<version>-<yyyy>-<MM>-<dd>-<HH>-<mm>-<ss>-<uuid>}, the parts of the
   * time by a hyphen each; the extension by the settings of the stream.
   */
  private static final Pattern FIREHOSE =
      Pattern.compile(
          "(.+-[0-9]+)-([0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{2})"
              + "-[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(\\..*)?");

  /** The folders of the hour in which Firehose puts a file, as it names them unless told to. */
  private static final Pattern HOUR = Pattern.compile("[0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9]{2}/$");

  /**
   * Reads a name.
   *
   * @param file with its folders
   */
  static FileSequence of(String file) {
    int slash = file.lastIndexOf('/') + 1;
    String folder = file.substring(0, slash);
    Matcher name = FIREHOSE.matcher(file.substring(slash));
    return name.matches()
        ? new FileSequence(HOUR.matcher(folder).replaceFirst("") + name.group(1), name.group(2))
        : new FileSequence(folder, "");
  }
}

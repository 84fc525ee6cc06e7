/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the folders in paths of files that are Hive partitions, {@code name=value}. */
public final class PathPartitions {
  /** The partition value of rows without a value. */
  static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

  private static final Pattern FOLDER = Pattern.compile("([^/=]+)=([^/]*)/");
  private static final Pattern ESCAPE = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

  /** The folder of a snapshot that an export published, which is not a column of its items. */
  private static final Pattern SNAPSHOT =
      Pattern.compile("(?<=/)(snapshots_[^/]+/)snapshot_timestamp=[^/]*/");

  private PathPartitions() {}

  /**
   * Returns the values by partition name, both decoded, outermost first; the innermost one counts
   * if a name occurs twice.
   */
  public static Map<String, String> of(String file) {
    String path = SNAPSHOT.matcher(file).replaceAll("$1");
    Map<String, String> partitions = new LinkedHashMap<>();
    Matcher folders = FOLDER.matcher(path);
    while (folders.find()) {
      partitions.put(decoded(folders.group(1)), decoded(folders.group(2)));
    }
    return partitions;
  }

  /**
   * Decodes {@code %2F} and the like; a plus remains a plus, and bytes that are not UTF-8 are kept.
   */
  private static String decoded(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(escape -> Matcher.quoteReplacement(unescaped(escape.group())));
  }

  private static String unescaped(String escapes) {
    byte[] bytes = HexFormat.of().parseHex(escapes.replace("%", ""));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return escapes;
    }
  }
}

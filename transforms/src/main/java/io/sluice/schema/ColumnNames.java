/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Names of columns for attributes of any name. They are those that Avro and catalogs take: ASCII
 * letters, digits and underscores; and no two are equal in lower case, which is what catalogs make
 * of them.
 */
final class ColumnNames {
  private static final int MAX_CHARS = 128;

  private final Set<String> taken = new HashSet<>();

  /** The last suffix that was tried with a name: thousands of names may become the same one. */
  private final Map<String, Integer> suffixes = new HashMap<>();

  /**
   * @param reserved names that no attribute's column gets
   */
  ColumnNames(Collection<String> reserved) {
    reserved.forEach(name -> taken.add(lower(name)));
  }

  /**
   * The columns of attributes. A name that is fit as it is comes before one that has to be changed;
   * else the order decides who gets a name that two would have.
   */
  Map<String, String> of(List<String> attributes) {
    List<String> fitFirst = new ArrayList<>(attributes);
    fitFirst.sort(Comparator.comparing(name -> !folded(name).equals(name)));
    Map<String, String> columns = new TreeMap<>();
    fitFirst.forEach(name -> columns.put(name, take(folded(name))));
    return columns;
  }

  /** The name, with the first suffix with which nobody has it yet. */
  String take(String name) {
    String free = name;
    while (!taken.add(lower(free))) {
      free = name + "_" + suffixes.merge(lower(name), 2, (last, first) -> last + 1);
    }
    return free;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The name without what Avro does not take; long ones are cut. */
  static String folded(String name) {
    StringBuilder out = new StringBuilder();
    name.codePoints().limit(MAX_CHARS).forEach(c -> out.append(isPlain(c) ? (char) c : '_'));
    if (out.isEmpty() || (out.charAt(0) >= '0' && out.charAt(0) <= '9')) {
      out.insert(0, '_');
    }
    return out.toString();
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}

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
 * Names of columns for attributes of any name. No two are equal aside from case, by any of the ways
 * in which readers pass over it: Athena compares names in lower case, and Spark that for columns
 * and single characters for fields. DuckDB passes over the case of ASCII only.
 */
final class ColumnNames {
  private final ColumnNaming naming;
  private final Set<String> lowerCase = new HashSet<>();
  private final Set<String> anyCase = new HashSet<>();

  /** The last suffix that was tried with a name: thousands of names may become the same one. */
  private final Map<String, Integer> suffixes = new HashMap<>();

  /**
   * @param reserved names that no attribute's column gets
   */
  ColumnNames(ColumnNaming naming, Collection<String> reserved) {
    this.naming = naming;
    reserved.forEach(this::add);
  }

  /**
   * The columns of attributes. A name that is fit as it is comes before one that has to be changed;
   * else the order decides who gets a name that two would have.
   */
  Map<String, String> of(List<String> attributes) {
    List<String> fitFirst = new ArrayList<>(attributes);
    fitFirst.sort(Comparator.comparing(name -> !naming.column(name).equals(name)));
    Map<String, String> columns = new TreeMap<>();
    fitFirst.forEach(name -> columns.put(name, take(name)));
    return columns;
  }

  /** The column of an attribute, with the first suffix with which nobody has it yet. */
  String take(String attribute) {
    String name = naming.column(attribute);
    String free = name;
    while (!add(free)) {
      free = name + "_" + suffixes.merge(lower(name), 2, (last, first) -> last + 1);
    }
    return free;
  }

  private boolean add(String name) {
    if (lowerCase.contains(lower(name)) || anyCase.contains(ofAnyCase(name))) {
      return false;
    }
    lowerCase.add(lower(name));
    anyCase.add(ofAnyCase(name));
    return true;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The same text for names that {@link String#equalsIgnoreCase} takes for one: ı is I is i. */
  private static String ofAnyCase(String name) {
    StringBuilder out = new StringBuilder();
    name.codePoints()
        .forEach(c -> out.appendCodePoint(Character.toLowerCase(Character.toUpperCase(c))));
    return out.toString();
  }
}

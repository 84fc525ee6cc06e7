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
 * Chooses names of columns for attributes of any name. No two names are equal but for case, by any
 * of the ways in which readers ignore it: Athena compares names in lower case; Spark does so for
 * columns, and compares single characters for fields. DuckDB ignores the case of ASCII letters
 * only.
 */
final class ColumnNames {
  private final ColumnNaming naming;
  private final Set<String> lowerCase = new HashSet<>();
  private final Set<String> anyCase = new HashSet<>();

  /** The last suffix that was tried for a name: thousands of attributes may get the same name. */
  private final Map<String, Integer> suffixes = new HashMap<>();

  /**
   * @param reserved names that no attribute's column may have
   */
  ColumnNames(ColumnNaming naming, Collection<String> reserved) {
    this.naming = naming;
    reserved.forEach(this::add);
  }

  /**
   * Returns the columns of attributes. A name that is valid as it is takes precedence over one that
   * has to be changed; otherwise the first attribute gets a name that two would have.
   */
  Map<String, String> of(List<String> attributes) {
    List<String> fitFirst = new ArrayList<>(attributes);
    fitFirst.sort(Comparator.comparing(name -> !naming.column(name).equals(name)));
    Map<String, String> columns = new TreeMap<>();
    fitFirst.forEach(name -> columns.put(name, take(name)));
    return columns;
  }

  /** Returns the column of an attribute, with the first suffix that makes it unique. */
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

  /**
   * Returns the same text for names that are equal by {@link String#equalsIgnoreCase}: ı is I is i.
   */
  private static String ofAnyCase(String name) {
    StringBuilder out = new StringBuilder();
    name.codePoints()
        .forEach(c -> out.appendCodePoint(Character.toLowerCase(Character.toUpperCase(c))));
    return out.toString();
  }
}

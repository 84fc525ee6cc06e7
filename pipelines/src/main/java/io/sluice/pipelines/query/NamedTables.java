/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.query;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the tables that a query names, ignoring case. The query is not parsed: a column or a text
 * with the name of a table counts too, so that no table that is needed is missed.
 */
final class NamedTables {
  private static final int ANY_CASE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
  private static final String IN_A_WORD = "[\\p{L}\\p{N}_$]";

  private NamedTables() {}

  /** Returns the tables whose names occur in the query as whole identifiers. */
  static Set<String> in(String sql, Collection<String> tables) {
    Set<String> named = new HashSet<>();
    String rest = sql;
    for (String table : tables) {
      // For example "trips-2024", which is one identifier and does not name trips.
      Pattern quoted = Pattern.compile("([\"'])" + Pattern.quote(table) + "\\1", ANY_CASE);
      if (quoted.matcher(sql).find()) {
        named.add(table);
        rest = quoted.matcher(rest).replaceAll(" ");
      }
    }
    for (String table : tables) {
      String word = "(?<!" + IN_A_WORD + ")" + Pattern.quote(table) + "(?!" + IN_A_WORD + ")";
      if (Pattern.compile(word, ANY_CASE).matcher(rest).find()) {
        named.add(table);
      }
    }
    return named;
  }
}

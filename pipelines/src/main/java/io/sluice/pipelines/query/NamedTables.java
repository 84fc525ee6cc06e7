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
 * Which tables a query names, in any case of letters. The query is not parsed: a column or a text
 * of the name of a table counts as well, so that none is missing that is meant.
 */
final class NamedTables {
  private static final int ANY_CASE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
  private static final String IN_A_WORD = "[\\p{L}\\p{N}_$]";

  private NamedTables() {}

  /** Those of the tables whose names stand in the query as whole identifiers. */
  static Set<String> in(String sql, Collection<String> tables) {
    Set<String> named = new HashSet<>();
    String rest = sql;
    for (String table : tables) {
      // Such as "trips-2024", which is one identifier, and does not name trips.
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

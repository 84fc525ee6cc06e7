/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.contract;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares what was answered with what was expected. */
final class Difference {

  private static final String ANY = "*";
  private static final String NONE = "-";

  private Difference() {}

  /**
   * Finds the first difference between JSON values.
   *
   * @param expected may have fewer members than {@code actual}, "*" for any value, and "-" for one
   *     that must be missing
   * @return what differs and where, empty if nothing does
   */
  static Optional<String> between(Object expected, Object actual, String path) {
    if (ANY.equals(expected)) {
      return actual == null ? Optional.of(path + " is missing") : Optional.empty();
    }
    if (NONE.equals(expected)) {
      return actual == null ? Optional.empty() : Optional.of(path + " is there: " + actual);
    }
    if (expected instanceof Map<?, ?> members && actual instanceof Map<?, ?> others) {
      return members.entrySet().stream()
          .flatMap(
              member ->
                  between(
                      member.getValue(), others.get(member.getKey()), path + "." + member.getKey())
                      .stream())
          .findFirst();
    }
    if (expected instanceof List<?> elements && actual instanceof List<?> others) {
      if (elements.size() != others.size()) {
        return Optional.of(path + " has " + others.size() + " elements and not " + elements.size());
      }
      return Stream.iterate(0, i -> i < elements.size(), i -> i + 1)
          .flatMap(i -> between(elements.get(i), others.get(i), path + "[" + i + "]").stream())
          .findFirst();
    }
    boolean same =
        expected instanceof BigDecimal number && actual instanceof BigDecimal other
            ? number.compareTo(other) == 0
            : expected.equals(actual);
    return same ? Optional.empty() : Optional.of(path + " is " + actual + " and not " + expected);
  }

  /** Reports whether a text is as expected, where "..." stands for anything. */
  static boolean matches(String expected, String actual) {
    String pattern =
        Stream.of(expected.split(Pattern.quote("..."), -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(actual).matches();
  }
}

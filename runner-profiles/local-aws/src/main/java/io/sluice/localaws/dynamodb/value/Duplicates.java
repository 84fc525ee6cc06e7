/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Words what the service says about a set that has an element twice. */
final class Duplicates {

  private static final String INVALID = DynamoDbException.INVALID;

  private Duplicates() {}

  static String texts(List<String> texts, Wording wording) {
    if (wording == Wording.OLDER) {
      return INVALID + "Input collection " + texts + " contains duplicates.";
    }
    return sorted(texts, Order::compare).stream()
        .map(Duplicates::quote)
        .collect(
            Collectors.joining(", ", INVALID + "Input collection [", "] contains duplicates."));
  }

  static String numbers(Wording wording) {
    String message = "Input collection contains duplicates";
    return wording == Wording.OLDER ? message : INVALID + message + ".";
  }

  static String binaries(List<Bytes> binaries, Wording wording) {
    if (wording == Wording.OLDER) {
      return INVALID + "Input collection " + binaries + "of type BS contains duplicates.";
    }
    return sorted(binaries, Comparator.<Bytes>naturalOrder()).stream()
        .map(Duplicates::quote)
        .collect(
            Collectors.joining(
                ",", INVALID + "Input collection [", "]of type BS contains duplicates."));
  }

  private static String quote(Object element) {
    return '"' + element.toString() + '"';
  }

  /** Sorts the elements before the first that is there again, and leaves the rest as it was. */
  private static <E> List<E> sorted(List<E> elements, Comparator<E> order) {
    TreeSet<E> seen = new TreeSet<>(order);
    int at = 0;
    while (at < elements.size() && seen.add(elements.get(at))) {
      at++;
    }
    List<E> sorted = new ArrayList<>(seen);
    sorted.addAll(elements.subList(at, elements.size()));
    return sorted;
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names for a catalog, which takes {@code [a-z0-9_]} and does not tell upper from lower case. Of
 * names that become one, the later get a number behind.
 */
final class CatalogNames {
  private final Set<String> taken;
  private final List<String> collisions = new ArrayList<>();

  CatalogNames(Set<String> taken) {
    this.taken = new HashSet<>(taken);
  }

  /** A name without what a catalog does not take. */
  static String folded(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.isEmpty() ? "_" : lower.replaceAll("[^a-z0-9_]", "_");
  }

  /** The catalog's name for this one. */
  String take(String name) {
    String folded = folded(name);
    String free = folded;
    for (int i = 2; !taken.add(free); i++) {
      free = folded + "_" + i;
    }
    if (!free.equals(folded)) {
      collisions.add(
          "%s is %s in catalogs, where another has the name %s".formatted(name, free, folded));
    }
    return free;
  }

  /** Which names had to change because another came before, for people. */
  List<String> collisions() {
    return collisions;
  }

  /** What the fields of a structure are called. */
  static List<String> ofAll(List<String> names) {
    CatalogNames fields = new CatalogNames(Set.of());
    return names.stream().map(fields::take).toList();
  }
}

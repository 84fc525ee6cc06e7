/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.expression.Path.Index;
import io.sluice.localaws.dynamodb.expression.Path.Name;
import io.sluice.localaws.dynamodb.expression.Path.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Arranges paths that neither overlap nor conflict by their steps.
 *
 * @param <T> what a path leads to
 */
final class PathTree<T> {

  private final Map<Step, PathTree<T>> branches = new LinkedHashMap<>();
  private Optional<T> leaf = Optional.empty();

  void put(Path path, T value) {
    PathTree<T> tree = this;
    for (Step step : path.steps()) {
      tree = tree.branches.computeIfAbsent(step, any -> new PathTree<>());
    }
    tree.leaf = Optional.of(value);
  }

  /** Gives what the path that ends here leads to. */
  Optional<T> leaf() {
    return leaf;
  }

  /** Lists the names that paths go on with, in the order in which they were put. */
  Map<String, PathTree<T>> names() {
    Map<String, PathTree<T>> names = new LinkedHashMap<>();
    branches.forEach(
        (step, tree) -> {
          if (step instanceof Name name) {
            names.put(name.name(), tree);
          }
        });
    return names;
  }

  /** Lists the indexes that paths go on with, the least first. */
  SortedMap<Integer, PathTree<T>> indexes() {
    SortedMap<Integer, PathTree<T>> indexes = new TreeMap<>();
    branches.forEach(
        (step, tree) -> {
          if (step instanceof Index index) {
            indexes.put(index.index(), tree);
          }
        });
    return indexes;
  }

  /**
   * Rejects paths of which one leads into the other, or that need a map and a list in one place.
   */
  static void check(Tokens expression, List<Path> paths) {
    check(expression, paths, "overlap");
    check(expression, paths, "conflict");
  }

  private static void check(Tokens expression, List<Path> paths, String problem) {
    for (int j = 1; j < paths.size(); j++) {
      for (int i = 0; i < j; i++) {
        if (problem(paths.get(i).steps(), paths.get(j).steps()).equals(problem)) {
          throw expression.invalid(
              "Two document paths "
                  + problem
                  + " with each other; must remove or rewrite one of these paths; path one: "
                  + paths.get(i)
                  + ", path two: "
                  + paths.get(j));
        }
      }
    }
  }

  private static String problem(List<Step> one, List<Step> two) {
    for (int i = 0; i < Math.min(one.size(), two.size()); i++) {
      if (one.get(i).getClass() != two.get(i).getClass()) {
        return "conflict";
      }
      if (!one.get(i).equals(two.get(i))) {
        return "";
      }
    }
    return "overlap";
  }
}

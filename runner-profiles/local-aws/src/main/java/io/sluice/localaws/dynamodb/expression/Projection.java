/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Picks what a ProjectionExpression names out of items. */
public final class Projection {

  private final List<Path> paths;
  private final PathTree<Path> tree = new PathTree<>();

  private Projection(List<Path> paths) {
    this.paths = List.copyOf(paths);
    paths.forEach(path -> tree.put(path, path));
  }

  static Projection parse(String text, Names names) {
    Tokens tokens = Tokens.of("ProjectionExpression", text);
    OperandParser parser = OperandParser.ofProjection(tokens);
    List<Term.Attribute> terms = new ArrayList<>();
    do {
      terms.add(parser.path());
    } while (tokens.take(","));
    tokens.expectEnd();
    Resolver resolver = new Resolver(tokens, names);
    terms.forEach(resolver::checkPaths);
    List<Path> paths = terms.stream().map(resolver::path).toList();
    PathTree.check(tokens, paths);
    return new Projection(paths);
  }

  /** Picks paths that neither overlap nor conflict. */
  static Projection of(List<Path> paths) {
    return new Projection(paths);
  }

  /** Lists the attributes of items of which something is picked. */
  public Set<String> topLevelAttributes() {
    Set<String> attributes = new LinkedHashSet<>();
    paths.forEach(path -> attributes.add(path.attribute()));
    return attributes;
  }

  /** Lists the attributes of which a part is picked, which a key attribute never allows. */
  public Set<String> nestedAttributes() {
    Set<String> attributes = new LinkedHashSet<>();
    paths.stream().filter(Path::isNested).forEach(path -> attributes.add(path.attribute()));
    return attributes;
  }

  /**
   * Picks what {@code item} has of the paths.
   *
   * @return maps and lists with nothing but what was picked; the elements of lists close up
   */
  public Map<String, Value> apply(Map<String, Value> item) {
    return pick(item, tree);
  }

  private static Map<String, Value> pick(Map<String, Value> from, PathTree<Path> tree) {
    Map<String, Value> picked = new LinkedHashMap<>();
    tree.names()
        .forEach(
            (name, branch) ->
                Optional.ofNullable(from.get(name))
                    .flatMap(value -> pick(value, branch))
                    .ifPresent(value -> picked.put(name, value)));
    return picked;
  }

  private static List<Value> pick(List<Value> from, PathTree<Path> tree) {
    List<Value> picked = new ArrayList<>();
    tree.indexes()
        .headMap(from.size())
        .forEach((index, branch) -> pick(from.get(index), branch).ifPresent(picked::add));
    return picked;
  }

  private static Optional<Value> pick(Value from, PathTree<Path> tree) {
    if (tree.leaf().isPresent()) {
      return Optional.of(from);
    }
    if (from instanceof Value.M map) {
      Map<String, Value> picked = pick(map.values(), tree);
      return picked.isEmpty() ? Optional.empty() : Optional.of(new Value.M(picked));
    }
    if (from instanceof Value.L list) {
      List<Value> picked = pick(list.values(), tree);
      return picked.isEmpty() ? Optional.empty() : Optional.of(new Value.L(picked));
    }
    return Optional.empty();
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Points to an attribute, or to something within one: {@code a.b[1]}. */
public record Path(List<Step> steps) {

  /** Checks that the path starts with a name. */
  public Path {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || !(steps.get(0) instanceof Name)) {
      throw new IllegalArgumentException("steps are " + steps + "; the first one must be a name");
    }
  }

  /** Points to an attribute as a whole. */
  static Path of(String attribute) {
    return new Path(List.of(new Name(attribute)));
  }

  /** Leads from a value to one within it. */
  public sealed interface Step {}

  /** Leads to an entry of a map. */
  public record Name(String name) implements Step {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Leads to an element of a list, counted from 0. */
  public record Index(int index) implements Step {
    @Override
    public String toString() {
      return "[" + index + "]";
    }
  }

  /** Names the attribute of the item that the path starts at. */
  public String attribute() {
    return ((Name) steps.get(0)).name();
  }

  /** Reports whether the path goes into the attribute. */
  public boolean isNested() {
    return steps.size() > 1;
  }

  /** Finds the value that the path leads to. */
  public Optional<Value> in(Map<String, Value> item) {
    Optional<Value> value = Optional.ofNullable(item.get(attribute()));
    for (Step step : steps.subList(1, steps.size())) {
      value = value.flatMap(from -> follow(from, step));
    }
    return value;
  }

  private static Optional<Value> follow(Value from, Step step) {
    if (from instanceof Value.M map && step instanceof Name name) {
      return Optional.ofNullable(map.values().get(name.name()));
    }
    if (from instanceof Value.L list
        && step instanceof Index index
        && index.index() < list.values().size()) {
      return Optional.of(list.values().get(index.index()));
    }
    return Optional.empty();
  }

  /** Prints the path as the service's messages do: {@code [a, b, [1]]}. */
  @Override
  public String toString() {
    return steps.stream().map(Step::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}

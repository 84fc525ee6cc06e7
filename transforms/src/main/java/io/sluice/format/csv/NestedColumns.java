/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import io.sluice.item.DottedPath;
import io.sluice.item.ItemRules;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Columns whose names are paths into maps: {@code address.city} is what the map {@code address} has
 * as {@code city}, and {@code a\.b} the attribute {@code a.b} ({@link DottedPath}).
 */
public final class NestedColumns {
  /** The attributes of an item, or what a map has: by name a column, or such a map. */
  private final Map<String, Place> members;

  /** Whether each column has the name of its attribute. */
  private final boolean plain;

  private NestedColumns(Map<String, Place> members, boolean plain) {
    this.members = members;
    this.plain = plain;
  }

  /** A column, or a map that columns have a part in. */
  private record Place(int column, @Nullable Map<String, Place> members) {}

  /**
   * Returns the columns of these names.
   *
   * @param names in the order of the columns, each once; an empty one has no value
   * @param flat the names that are attributes as they are, with their dots
   * @throws IllegalArgumentException when one column is a value and another a part of it, or a path
   *     has an empty name; by number, from 1 on, since names may be contents
   */
  static NestedColumns of(List<String> names, Set<String> flat) {
    Map<String, Place> members = new LinkedHashMap<>();
    boolean plain = true;
    for (int column = 0; column < names.size(); column++) {
      String name = names.get(column);
      if (!name.isEmpty()) {
        List<String> path = path(name, flat, column);
        add(members, column, path);
        plain &= path.equals(List.of(name));
      }
    }
    return new NestedColumns(members, plain);
  }

  /**
   * Checks that columns of these names go together.
   *
   * @throws IllegalArgumentException by name, when they do not
   */
  public static void check(Iterable<String> names) {
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (String name : names) {
      List<String> path = DottedPath.split(name);
      if (path.contains("")) {
        throw new IllegalArgumentException(
            "'%s' has an empty name, and --nestColumns takes it for a path".formatted(name));
      }
      if (path.size() > ItemRules.MAX_LEVELS) {
        throw new IllegalArgumentException(
            "'%s' is a path of more than %d names".formatted(name, ItemRules.MAX_LEVELS));
      }
      given.forEach(
          (other, there) -> {
            if (path.size() < there.size()) {
              checkApart(name, path, other, there);
            } else {
              checkApart(other, there, name, path);
            }
          });
      given.put(name, path);
    }
  }

  private static void checkApart(
      String outer, List<String> outerPath, String inner, List<String> innerPath) {
    if (innerPath.subList(0, outerPath.size()).equals(outerPath)) {
      throw new IllegalArgumentException(
          "'%s' and '%s' do not go together: with --nestColumns, '%s' is both a value and a map"
              .formatted(outer, inner, outer));
    }
  }

  private static List<String> path(String name, Set<String> flat, int column) {
    List<String> path = flat.contains(name) ? List.of(name) : DottedPath.split(name);
    if (path.size() > 1 && path.contains("")) {
      throw new IllegalArgumentException(
          "the name of column %d has an empty part, and --nestColumns takes it for a path"
              .formatted(column + 1));
    }
    if (path.size() > ItemRules.MAX_LEVELS) {
      throw new IllegalArgumentException(
          "the name of column %d has more than %d parts, and --nestColumns takes it for a path"
              .formatted(column + 1, ItemRules.MAX_LEVELS));
    }
    return path;
  }

  private static void add(Map<String, Place> members, int column, List<String> path) {
    Map<String, Place> in = members;
    for (String outer : path.subList(0, path.size() - 1)) {
      Place place = in.computeIfAbsent(outer, name -> new Place(column, new LinkedHashMap<>()));
      if (place.members() == null) {
        throw conflict(place.column(), column);
      }
      in = place.members();
    }
    Place before = in.putIfAbsent(path.get(path.size() - 1), new Place(column, null));
    if (before != null) {
      throw conflict(before.column(), column);
    }
  }

  private static IllegalArgumentException conflict(int one, int other) {
    return new IllegalArgumentException(
        "of columns %d and %d one is a value and the other a part of it, by --nestColumns"
            .formatted(one + 1, other + 1));
  }

  /** Whether each column has the name of its attribute. */
  boolean arePlain() {
    return plain;
  }

  /**
   * Returns the item of a record. A map of which no column has a value is left out.
   *
   * @param values those of the columns; null for none
   */
  Map<String, AttributeValue> item(@Nullable AttributeValue[] values) {
    return item(members, values);
  }

  private static Map<String, AttributeValue> item(
      Map<String, Place> members, @Nullable AttributeValue[] values) {
    Map<String, AttributeValue> item = new HashMap<>();
    members.forEach(
        (name, place) -> {
          AttributeValue value = values[place.column()];
          if (place.members() != null) {
            Map<String, AttributeValue> inner = item(place.members(), values);
            value = inner.isEmpty() ? null : AttributeValue.fromM(inner);
          }
          if (value != null) {
            item.put(name, value);
          }
        });
    return item;
  }
}

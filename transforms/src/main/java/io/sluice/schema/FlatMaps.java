/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.AttributePath;
import io.sluice.item.DottedPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/**
 * Divides Ms into columns of their own, each with the {@link DottedPath} of an attribute as its
 * name.
 *
 * <p>An M whose columns would not give it back stays one column, and a note says why: columns of
 * text show neither an M without attributes, nor a NULL or something empty, nor which of several
 * types a value has.
 */
final class FlatMaps {
  private final Set<String> keys;
  private final Consumer<SchemaNote> notes;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<String, List<String>> paths = new LinkedHashMap<>();

  private FlatMaps(Set<String> keys, Consumer<SchemaNote> notes) {
    this.keys = keys;
    this.notes = notes;
  }

  /**
   * Divides the Ms among attributes.
   *
   * @param keys names of attributes that stay as they are, with their dots; an import knows them
   * @throws IllegalArgumentException when a key attribute has the name of another one's column
   */
  static FlatMaps of(Members attributes, Set<String> keys, Consumer<SchemaNote> notes) {
    List<SchemaNote> found = new ArrayList<>();
    FlatMaps flat = new FlatMaps(keys, found::add);
    flat.add(attributes, true);
    if (flat.places.size() > InferredSchema.MAX_ATTRIBUTES) {
      found.clear();
      notes.accept(SchemaNote.of(SchemaNote.Kind.MANY_COLUMNS, ""));
      flat = new FlatMaps(keys, found::add);
      flat.add(attributes, false);
    }
    found.forEach(notes);
    return flat;
  }

  /** Returns what occurs in each column, by the column's name, except for those of the key. */
  Map<String, Place> places() {
    return places;
  }

  /** Returns the path of the column of this name; null when it has the name of its attribute. */
  @Nullable List<String> path(String column) {
    return paths.get(column);
  }

  private void add(Members attributes, boolean divided) {
    for (int i = 0; i < attributes.size(); i++) {
      String name = attributes.name(i);
      if (!keys.contains(name)) {
        add(List.of(name), attributes.place(i), divided);
      }
    }
  }

  private void add(List<String> path, Place place, boolean divided) {
    Members members = divided && place.type() == Type.M ? place.members() : null;
    if (members != null && members.size() > 0) {
      SchemaNote.Kind obstacle = obstacle(path, place, members);
      if (obstacle == null) {
        for (int i = 0; i < members.size(); i++) {
          add(with(path, members.name(i)), members.place(i), true);
        }
        return;
      }
      notes.accept(SchemaNote.of(obstacle, AttributePath.printable(DottedPath.join(path))));
    }
    String column = DottedPath.join(path);
    if (keys.contains(column)) {
      throw new IllegalArgumentException(
          "attribute '%s' would have the name of a key attribute as its column"
              .formatted(AttributePath.printable(path.get(0))));
    }
    places.put(column, place);
    if (!column.equals(path.get(0))) {
      paths.put(column, path);
    }
  }

  private static List<String> with(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return List.copyOf(longer);
  }

  /** Returns why an M does not come back from columns of its own; null when it does. */
  private SchemaNote.@Nullable Kind obstacle(List<String> path, Place place, Members members) {
    if (place.hasEmpty()) {
      return SchemaNote.Kind.EMPTY_MAPS;
    }
    for (int i = 0; i < members.size(); i++) {
      String column = DottedPath.join(with(path, members.name(i)));
      // The names in a header are read without white space around them.
      if (members.name(i).isEmpty() || !column.equals(column.strip()) || keys.contains(column)) {
        return SchemaNote.Kind.NAMES_OF_NO_COLUMN;
      }
      Place member = members.place(i);
      boolean isEmpty = member.type() != Type.M && member.hasEmpty();
      if (isEmpty || member.isMixed() || member.count(Type.NUL) > 0) {
        return SchemaNote.Kind.VALUES_OF_NO_COLUMN;
      }
    }
    return null;
  }
}

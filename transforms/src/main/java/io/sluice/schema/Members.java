/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.ItemCursor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The attributes of an item, or of the Ms in one place: a place for each name or, once there are
 * too many names, one place for all their values.
 */
final class Members {
  /** With more names than this, the names of an M are treated as data. */
  static final int MAX_NAMES = 200;

  private static final int INITIAL_CAPACITY = 8;

  private final int limit;
  private String[] names = new String[INITIAL_CAPACITY];
  private Place[] places = new Place[INITIAL_CAPACITY];
  private int size;
  private @Nullable Place values;

  /**
   * @param limit how many names there may be before they are treated as data
   */
  Members(int limit) {
    this.limit = limit;
  }

  /** Returns how many names there are, 0 when they are treated as data. */
  int size() {
    return size;
  }

  String name(int index) {
    return names[index];
  }

  Place place(int index) {
    return places[index];
  }

  /** Whether there is room for another name. */
  boolean hasRoom() {
    return size < limit;
  }

  /** Returns the place of all values when names are treated as data; else null. */
  @Nullable Place values() {
    return values;
  }

  /** Adds an M's attributes, whose count comes next and is returned. */
  int add(ItemCursor in, int level, Weight weight) {
    int count = in.count();
    int next = 0;
    for (int left = count; left > 0; left--) {
      String name = nextName(in, next);
      int at = values == null ? indexOf(name, next) : -1;
      place(name, at, weight).add(in, level, weight);
      next = at + 1;
    }
    return count;
  }

  /**
   * Returns the place for the values of a name, created if necessary; {@code at} is its {@link
   * #indexOf}.
   */
  private Place place(String name, int at, Weight weight) {
    if (values != null || (at < 0 && !hasRoom())) {
      return collapse(weight);
    }
    return at >= 0 ? places[at] : insert(name, weight);
  }

  /** Reads the next name, which is probably that at {@code guess}. */
  String nextName(ItemCursor in, int guess) {
    return guess >= 0 && guess < size ? in.name(names[guess]) : in.name();
  }

  /**
   * Returns the index of a name; negative when there is none.
   *
   * @param guess the likely index: items come with the same names in the same order
   */
  int indexOf(String name, int guess) {
    return guess >= 0 && guess < size && names[guess].equals(name)
        ? guess
        : Arrays.binarySearch(names, 0, size, name);
  }

  /** Creates the place of a new name. */
  Place insert(String name, Weight weight) {
    int at = -1 - Arrays.binarySearch(names, 0, size, name);
    if (size == names.length) {
      names = Arrays.copyOf(names, size * 2);
      places = Arrays.copyOf(places, size * 2);
    }
    System.arraycopy(names, at, names, at + 1, size - at);
    System.arraycopy(places, at, places, at + 1, size - at);
    Place place = new Place();
    names[at] = name;
    places[at] = place;
    size++;
    weight.add(Weight.OF_PLACE + Weight.ofName(name));
    return place;
  }

  /** Treats names as data from now on; returns the place that all values share. */
  Place collapse(Weight weight) {
    if (values != null) {
      return values;
    }
    weight.add(Weight.OF_PLACE - weight());
    Place all = new Place();
    for (int i = 0; i < size; i++) {
      all.merge(places[i], weight);
    }
    values = all;
    size = 0;
    names = new String[0];
    places = new Place[0];
    return all;
  }

  void merge(Members other, Weight weight) {
    if (other.values != null) {
      collapse(weight).merge(other.values, weight);
      return;
    }
    for (int i = 0; i < other.size; i++) {
      String name = other.names[i];
      int at = values == null ? indexOf(name, i) : -1;
      place(name, at, weight).merge(other.places[i], weight);
    }
  }

  /** Returns the weight of the names and places. */
  long weight() {
    long sum = values == null ? 0 : values.weight();
    for (int i = 0; i < size; i++) {
      sum += Weight.ofName(names[i]) + places[i].weight();
    }
    return sum;
  }

  /** Returns the heaviest place with anything inside; null when there is none. */
  @Nullable Place heaviest() {
    if (values != null) {
      return values;
    }
    return Stream.of(places)
        .limit(size)
        .filter(Place::hasInside)
        .max(Comparator.comparingLong(Place::weight))
        .orElse(null);
  }
}

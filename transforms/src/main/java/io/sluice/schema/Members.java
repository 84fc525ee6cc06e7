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
 * The attributes of an item, or of the Ms at one place: a place for each name, or, once there are
 * too many names, one place for the values of them all.
 */
final class Members {
  /** With more names than these, an M is taken for one whose names are data. */
  static final int MAX_NAMES = 200;

  private static final int INITIAL_CAPACITY = 8;

  private final int limit;
  private String[] names = new String[INITIAL_CAPACITY];
  private Place[] places = new Place[INITIAL_CAPACITY];
  private int size;
  private @Nullable Place values;

  /**
   * @param limit how many names there may be before they are taken for data
   */
  Members(int limit) {
    this.limit = limit;
  }

  /** How many names there are, 0 when they are taken for data. */
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

  /** The place of all values, when names are taken for data; else null. */
  @Nullable Place values() {
    return values;
  }

  /** Takes an M's attributes, whose count comes next. */
  void add(ItemCursor in, int level, Weight weight) {
    int next = 0;
    for (int left = in.count(); left > 0; left--) {
      String name = nextName(in, next);
      int at = values == null ? indexOf(name, next) : -1;
      place(name, at, weight).add(in, level, weight);
      next = at + 1;
    }
  }

  /** The place for the values of a name, made if need be; {@code at} is its {@link #indexOf}. */
  private Place place(String name, int at, Weight weight) {
    if (values != null || (at < 0 && !hasRoom())) {
      return collapse(weight);
    }
    return at >= 0 ? places[at] : insert(name, weight);
  }

  /** Takes the next name, which may well be that at {@code guess}. */
  String nextName(ItemCursor in, int guess) {
    return guess >= 0 && guess < size ? in.name(names[guess]) : in.name();
  }

  /**
   * Where a name is; negative when it is nowhere.
   *
   * @param guess where it may well be: items come with the same names in the same order
   */
  int indexOf(String name, int guess) {
    return guess >= 0 && guess < size && names[guess].equals(name)
        ? guess
        : Arrays.binarySearch(names, 0, size, name);
  }

  /** Makes the place of a name that is not there yet. */
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

  /** Takes names for data from now on; gives the place that all values are in. */
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

  /** What the names and places weigh. */
  long weight() {
    long sum = values == null ? 0 : values.weight();
    for (int i = 0; i < size; i++) {
      sum += Weight.ofName(names[i]) + places[i].weight();
    }
    return sum;
  }

  /** The place that weighs most of those with anything inside; null when there is none. */
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

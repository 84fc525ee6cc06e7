/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.ItemCursor;
import java.util.EnumMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/**
 * The values that occur in one place of the items: as the attribute of a name, as the elements of
 * its lists, and so on.
 *
 * <p>If several types occur, their contents are not followed, since a column for all of them holds
 * text. So the same values give the same place, whatever their order.
 */
final class Place {
  /**
   * The deepest level that is followed; an attribute of the item is at level 1. A list or a map
   * there is kept as JSON: readers of Parquet are slow or fail with very deep columns.
   */
  static final int MAX_LEVELS = 12;

  private static final int TYPES = Type.values().length;

  private final long[] counts = new long[TYPES];

  /** A bit for each type that occurs, except NULL. */
  private int kinds;

  private Digits digits;
  private @Nullable Place elements;
  private @Nullable Members members;
  private boolean opaque;
  private boolean empty;

  Place() {
    this(new Digits());
  }

  Place(Digits digits) {
    this.digits = digits;
  }

  /** Returns how many values there are, including NULLs. */
  long count() {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  long count(Type type) {
    return counts[type.ordinal()];
  }

  /** Returns how many values there are of each type that occurs. */
  Map<Type, Long> counts() {
    Map<Type, Long> map = new EnumMap<>(Type.class);
    for (Type type : Type.values()) {
      if (count(type) > 0) {
        map.put(type, count(type));
      }
    }
    return map;
  }

  /** Whether values of several types occur, not counting NULL. */
  boolean isMixed() {
    return (kinds & (kinds - 1)) != 0;
  }

  /** Returns the one type that occurs, not counting NULL; null when there is none, or several. */
  @Nullable Type type() {
    return kinds == 0 || isMixed() ? null : Type.values()[Integer.numberOfTrailingZeros(kinds)];
  }

  /** Returns the digits of the numbers, including those in sets. */
  Digits digits() {
    return digits;
  }

  /**
   * Returns the place of the lists' elements; null when there are no lists, or they are not
   * followed.
   */
  @Nullable Place elements() {
    return elements;
  }

  /** Returns the attributes in the Ms; null when there are no Ms, or they are not followed. */
  @Nullable Members members() {
    return members;
  }

  /** Whether the contents of the lists or the Ms are not followed. */
  boolean isOpaque() {
    return opaque;
  }

  /**
   * Whether one of the values is an empty S, B or M; not known if their contents are not followed.
   */
  boolean hasEmpty() {
    return empty;
  }

  /** Notes that one of the values is empty. */
  void foundEmpty() {
    empty = true;
  }

  /**
   * Adds the next value.
   *
   * @param level of the value, from 1
   */
  void add(ItemCursor in, int level, Weight weight) {
    Type type = in.type();
    count(type, 1, weight);
    if (isMixed()) {
      in.skip();
      return;
    }
    switch (type) {
      case S, B -> {
        int length = in.bytes().readLength();
        in.bytes().skip(length);
        empty |= length == 0;
      }
      case N -> digits.add(in);
      case NS -> {
        for (int left = in.count(); left > 0; left--) {
          in.nextNumber();
          digits.add(in);
        }
      }
      case L, M -> {
        if (level >= MAX_LEVELS) {
          stop(weight);
        }
        if (opaque) {
          in.skip();
        } else if (type == Type.L) {
          addElements(in, level, weight);
        } else {
          empty |= makeMembers(weight).add(in, level + 1, weight) == 0;
        }
      }
      default -> in.skip();
    }
  }

  /** Counts values, and forgets their contents when they are of several types. */
  void count(Type type, long more, Weight weight) {
    counts[type.ordinal()] += more;
    int bit = 1 << type.ordinal();
    if (type != Type.NUL && (kinds & bit) == 0) {
      kinds |= bit;
      if (isMixed()) {
        forget(weight);
        opaque = false;
        empty = false;
        digits = new Digits();
      }
    }
  }

  private void addElements(ItemCursor in, int level, Weight weight) {
    Place element = makeElements(weight);
    for (int left = in.count(); left > 0; left--) {
      element.add(in, level + 1, weight);
    }
  }

  Place makeElements(Weight weight) {
    if (elements == null) {
      elements = new Place();
      weight.add(Weight.OF_PLACE);
    }
    return elements;
  }

  Members makeMembers(Weight weight) {
    if (members == null) {
      members = new Members(Members.MAX_NAMES);
    }
    return members;
  }

  /** Stops following lists and Ms. */
  void stop(Weight weight) {
    forget(weight);
    opaque = true;
    empty = false;
  }

  private void forget(Weight weight) {
    weight.add(Weight.OF_PLACE - weight());
    elements = null;
    members = null;
  }

  /** Adds the values of another place, which stays as it is. */
  void merge(Place other, Weight weight) {
    for (Type type : Type.values()) {
      long more = other.count(type);
      if (more > 0) {
        count(type, more, weight);
      }
    }
    if (isMixed()) {
      return;
    }
    digits.merge(other.digits);
    if (other.opaque) {
      stop(weight);
    }
    if (opaque) {
      return;
    }
    empty |= other.empty;
    if (other.elements != null) {
      makeElements(weight).merge(other.elements, weight);
    }
    if (other.members != null) {
      makeMembers(weight).merge(other.members, weight);
    }
  }

  /** Returns the weight of the place with everything inside. */
  long weight() {
    return Weight.OF_PLACE
        + (elements == null ? 0 : elements.weight())
        + (members == null ? 0 : members.weight());
  }

  /** Whether there is anything inside that could be given up. */
  boolean hasInside() {
    return elements != null || members != null;
  }

  /**
   * Makes the place lighter: at the deepest place that holds most of the weight, an M with names of
   * its own becomes one for any names, and anything else is followed no further.
   */
  void lighten(Weight weight) {
    Place heaviest = elements != null ? elements : members == null ? null : members.heaviest();
    if (heaviest != null && heaviest.hasInside() && heaviest.weight() > weight() / 2) {
      heaviest.lighten(weight);
    } else if (members != null && members.size() > 1) {
      members.collapse(weight);
    } else {
      stop(weight);
    }
  }
}

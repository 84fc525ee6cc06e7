/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.capacity.Throttle;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the write units of a table were before a run raised them, as tags of the table: so it
 * outlives the run, and is seen from everywhere. The text is words of the characters that tags of
 * DynamoDB may have, in as many tags as it takes.
 *
 * @param run the run that holds the mark
 * @param renewed when it last said that it is alive
 * @param onDemand whether the units are maxima of a table on demand
 * @param parts what is raised, by index; the table under {@link Throttle#TABLE}
 */
record CapacityMark(String run, Instant renewed, boolean onDemand, Map<String, Part> parts) {
  /** The name of the first tag; the others have numbers. */
  static final String TAG = "sluice:write-capacity-before";

  /** The longest value of a tag. */
  private static final int LONGEST = 256;

  private static final String WORDS = "words";
  private static final String RUN = "run";
  private static final String RENEWED = "renewed";
  private static final String MODE = "mode";
  private static final String ON_DEMAND = "on-demand";
  private static final String TABLE = "table";
  private static final String INDEX = "index/";

  /** The names of indexes are up to 255 characters long. */
  private static final int LONGEST_NAME = 100;

  CapacityMark {
    parts = Map.copyOf(parts);
  }

  /**
   * Units that are raised.
   *
   * @param before what they were
   * @param set what the run may have made of them: one figure or two
   */
  record Part(long before, List<Long> set) {
    Part {
      set = List.copyOf(set);
    }
  }

  /** Returns the same mark of a run that is alive at this time. */
  CapacityMark renewed(Instant now) {
    return new CapacityMark(run, now, onDemand, parts);
  }

  /**
   * Returns what is marked of an index or the table; names are shortened, so an index that is so
   * long named has its part by {@link #key}.
   */
  Optional<Part> part(String index) {
    return Optional.ofNullable(parts.get(key(index)));
  }

  /** Returns the name of an index as marks have it. */
  static String key(String index) {
    return index.length() <= LONGEST_NAME
        ? index
        : index.substring(0, LONGEST_NAME) + "." + Integer.toHexString(index.hashCode());
  }

  Map<String, String> toTags() {
    List<String> words = new ArrayList<>();
    words.add(RUN + "=" + run);
    words.add(RENEWED + "=" + renewed);
    words.add(MODE + "=" + (onDemand ? ON_DEMAND : "provisioned"));
    new TreeMap<>(parts)
        .forEach(
            (index, part) -> {
              StringBuilder figures = new StringBuilder(Long.toString(part.before));
              part.set.forEach(units -> figures.append(':').append(units));
              words.add((index.equals(Throttle.TABLE) ? TABLE : INDEX + index) + "=" + figures);
            });
    Map<String, String> tags = new TreeMap<>();
    StringBuilder value = new StringBuilder(WORDS + "=" + words.size());
    for (String word : words) {
      if (value.length() + 1 + word.length() > LONGEST) {
        tags.put(name(tags.size()), value.toString());
        value.setLength(0);
      }
      value.append(value.isEmpty() ? "" : " ").append(word);
    }
    tags.put(name(tags.size()), value.toString());
    return tags;
  }

  /**
   * Reads a mark; empty when there is none.
   *
   * @throws IllegalArgumentException when there is one that is not whole, or not of this form
   */
  static Optional<CapacityMark> of(Map<String, String> tags) {
    if (!tags.containsKey(TAG)) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    for (int i = 0; tags.containsKey(name(i)); i++) {
      words.addAll(List.of(tags.get(name(i)).split(" ")));
    }
    try {
      int count = Integer.parseInt(valueOf(words.get(0), WORDS));
      String run = valueOf(words.get(1), RUN);
      Instant renewed = Instant.parse(valueOf(words.get(2), RENEWED));
      boolean onDemand = valueOf(words.get(3), MODE).equals(ON_DEMAND);
      Map<String, Part> parts = new TreeMap<>();
      for (String word : words.subList(4, count + 1)) {
        int equals = word.indexOf('=');
        String name = word.substring(0, equals);
        String[] figures = word.substring(equals + 1).split(":");
        List<Long> units = new ArrayList<>();
        for (String figure : figures) {
          units.add(Long.parseLong(figure));
        }
        parts.put(
            name.equals(TABLE) ? Throttle.TABLE : name.substring(INDEX.length()),
            new Part(units.get(0), units.subList(1, units.size())));
      }
      return Optional.of(new CapacityMark(run, renewed, onDemand, parts));
    } catch (DateTimeParseException | IndexOutOfBoundsException | NumberFormatException e) {
      throw new IllegalArgumentException("'%s' is no mark of Sluice".formatted(tags.get(TAG)), e);
    }
  }

  private static String valueOf(String word, String name) {
    if (!word.startsWith(name + "=")) {
      throw new NumberFormatException(word);
    }
    return word.substring(name.length() + 1);
  }

  private static String name(int number) {
    return number == 0 ? TAG : TAG + "." + (number + 1);
  }
}

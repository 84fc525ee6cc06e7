/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import io.sluice.format.stream.StreamFormat;
import java.util.List;

/**
 * The path to the list whose elements are the records of a JSON document.
 *
 * @param names names of members, and list indexes from 0, that lead to the list; empty for the
 *     outermost list
 */
public record RecordPath(List<String> names) {
  /** The outermost list. */
  public static final RecordPath NONE = new RecordPath(List.of());

  public RecordPath {
    names = List.copyOf(names);
  }

  /**
   * Parses a path such as {@code data.rows}.
   *
   * @throws IllegalArgumentException when a name in it is empty
   */
  public static RecordPath parse(String text) {
    List<String> names = List.of(text.split("\\.", -1));
    if (names.contains("")) {
      throw new IllegalArgumentException(
          "'" + text + "' must be names separated by dots, such as data.rows");
    }
    return new RecordPath(names);
  }

  /** Returns a format for the records at this path, each read as by the given format. */
  public StreamFormat in(StreamFormat records) {
    return names.isEmpty() ? records : new RecordPathFormat(records, names);
  }
}

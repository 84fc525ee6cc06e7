/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import io.sluice.format.Format;
import io.sluice.format.stream.RecordSplitter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The lists of objects within a JSON document that looks like a wrapper around items rather than an
 * item.
 *
 * @param members the names of the document's members, in document order
 * @param paths the paths of the lists, as {@link RecordPathFormat#parsePath} takes them; shorter
 *     ones first
 */
public record ListsWithin(List<String> members, List<String> paths) {
  private static final ListsWithin NONE = new ListsWithin(List.of(), List.of());
  private static final int MOST_NAMES = 4;

  /**
   * Searches the beginning of a JSON file.
   *
   * @param head the first {@link Format#HEAD_BYTES} bytes after decompression, or all of a shorter
   *     file
   * @return an empty result when it is not a single object, or has no list of objects in it
   */
  public static ListsWithin of(byte[] head) {
    int begin = 0;
    while (begin < head.length && Character.isWhitespace(head[begin])) {
      begin++;
    }
    if (begin == head.length || head[begin] != '{' || !isOnly(head)) {
      return NONE;
    }
    if (!(JsonOutline.of(head).value() instanceof Map<?, ?> document)) {
      return NONE;
    }
    List<String> paths = new ArrayList<>();
    List<Place> level = List.of(new Place("", document));
    for (int names = 1; names <= MOST_NAMES; names++) {
      level = level.stream().flatMap(place -> place.members().stream()).toList();
      level.stream().filter(Place::isListOfObjects).forEach(place -> paths.add(place.path));
    }
    return new ListsWithin(document.keySet().stream().map(String::valueOf).toList(), paths);
  }

  /** Whether nothing follows the first record, as far as can be seen. */
  private static boolean isOnly(byte[] head) {
    try {
      RecordSplitter records =
          JsonRecords.linesOrObjects(new ByteArrayInputStream(head), JsonLayout.Envelopes.NONE);
      int count = 0;
      while (count < 2 && records.next()) {
        count += JsonSplitter.isBlank(records.record()) ? 0 : 1;
      }
      return count == 1;
    } catch (IOException e) {
      // It is UTF-16, which the job reports for each such file.
      return false;
    }
  }

  private record Place(String path, Object value) {
    boolean isListOfObjects() {
      return value instanceof List<?> list
          && !list.isEmpty()
          && list.stream().allMatch(element -> element instanceof Map);
    }

    /**
     * Returns the members one name further down; for a list only its first element, as an example.
     */
    List<Place> members() {
      List<Place> members = new ArrayList<>();
      if (value instanceof List<?> list && !list.isEmpty()) {
        members.add(new Place(path + ".0", list.get(0)));
      } else if (value instanceof Map<?, ?> object) {
        object.forEach(
            (name, member) -> {
              if (!String.valueOf(name).contains(".")) {
                members.add(new Place(path.isEmpty() ? "" + name : path + "." + name, member));
              }
            });
      }
      return members;
    }
  }
}

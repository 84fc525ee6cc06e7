/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import io.sluice.item.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits off the elements of one list within a JSON document: the list to which a path of member
 * names, and of list indexes from 0, leads, such as {@code data.rows} or {@code
 * DataModel.0.TableData}. A document without this list is one rejection, which names the members
 * that are there instead.
 *
 * <p>The document around the list must be valid JSON too; if it is not, the elements are read and a
 * rejection without bytes reports the fault. It is held until its end, the elements are not.
 */
final class JsonPathSplitter extends JsonListSplitter {
  /** Bounds how many members, and how much of each name, a message shows. */
  private static final int SHOWN_MEMBERS = 10;

  private static final int SHOWN_LENGTH = 60;

  private enum Place {
    BEFORE,
    LIST,
    BEHIND,
    DONE
  }

  private final List<String> path;
  private final ByteArrayOutputStream around = new ByteArrayOutputStream();
  private boolean aroundTooLong;
  private Place place = Place.BEFORE;

  JsonPathSplitter(InputStream file, List<String> path) throws IOException {
    super(file);
    this.path = List.copyOf(path);
  }

  @Override
  protected boolean advance() throws IOException {
    clearFault();
    if (place == Place.BEFORE) {
      skipSpace();
      if (peek() < 0) {
        place = Place.DONE;
      } else if (descend(0, "the document")) {
        place = Place.LIST;
        startList();
      } else {
        place = Place.DONE;
        return true;
      }
    }
    if (place == Place.LIST) {
      switch (nextElement()) {
        case RECORD -> {
          return true;
        }
        case END_OF_FILE -> {
          place = Place.DONE;
          if (!isCutOff()) {
            begin();
            end(0);
            failUnclosed();
            return true;
          }
        }
        case CLOSED -> {
          place = Place.BEHIND;
          keep(']');
        }
      }
    }
    if (place == Place.BEHIND) {
      place = Place.DONE;
      while (takeAround() >= 0) {
        begin();
      }
      if (aroundTooLong || !JsonText.isValid(around.toByteArray())) {
        return report(Reason.MALFORMED, "the document around the list is not valid JSON");
      }
    }
    begin();
    end(0);
    return false;
  }

  /**
   * Descends to the list and takes its bracket; false when a record reports that it cannot be
   * reached.
   */
  private boolean descend(int step, String where) throws IOException {
    skipSpace();
    int b = takeAround();
    if (step == path.size()) {
      return b == '[' || missing(where + " is no list");
    }
    String next = path.get(step);
    String there = step == 0 ? next : where + "." + next;
    if (b == '[') {
      return descendList(step, next, where, there);
    }
    if (b != '{') {
      return missing(where + " is neither an object nor a list");
    }
    List<String> seen = new ArrayList<>();
    while (true) {
      skipSpace();
      b = takeAround();
      if (b == ',') {
        continue;
      }
      if (b != '"') {
        return missing(
            where
                + " has no member '"
                + next
                + "', but "
                + (seen.isEmpty() ? "none" : shown(seen)));
      }
      String name = name();
      seen.add(name);
      skipSpace();
      if (peek() == ':') {
        takeAround();
      }
      if (name.equals(next)) {
        return descend(step + 1, there);
      }
      skipValue();
    }
  }

  private boolean descendList(int step, String next, String where, String there)
      throws IOException {
    if (!next.matches("[0-9]{1,9}")) {
      return missing(where + " is a list, and '" + next + "' is not a position in it");
    }
    for (int i = Integer.parseInt(next); i > 0; i--) {
      skipSpace();
      skipValue();
      skipSpace();
      if (peek() != ',') {
        return missing(where + " is a list without position " + next);
      }
      takeAround();
    }
    return descend(step + 1, there);
  }

  private boolean missing(String why) {
    report(Reason.NOT_AN_ITEM, "--recordPath=" + String.join(".", path) + ": " + why);
    return false;
  }

  private static String shown(List<String> members) {
    List<String> some =
        members.subList(0, Math.min(SHOWN_MEMBERS, members.size())).stream()
            .map(n -> n.length() > SHOWN_LENGTH ? n.substring(0, SHOWN_LENGTH) + "…" : n)
            .toList();
    return String.join(", ", some) + (members.size() > SHOWN_MEMBERS ? ", …" : "");
  }

  /** Takes the rest of a name, with its escapes as written. */
  private String name() throws IOException {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    for (int b = takeAround(); b >= 0 && b != '"'; b = takeAround()) {
      name.write(b);
      if (b == '\\') {
        name.write(takeAround());
      }
    }
    return name.toString(StandardCharsets.UTF_8);
  }

  private void skipValue() throws IOException {
    int depth = 0;
    while (true) {
      int b = peek();
      if (b < 0 || (depth == 0 && (b == ',' || b == '}' || b == ']'))) {
        return;
      }
      takeAround();
      if (b == '"') {
        name();
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      }
    }
  }

  private void skipSpace() throws IOException {
    while (isSpace(peek())) {
      takeAround();
    }
    begin();
  }

  private int takeAround() throws IOException {
    int b = take();
    if (b >= 0) {
      keep(b);
    }
    return b;
  }

  private void keep(int b) {
    aroundTooLong |= around.size() >= MAX_RECORD_BYTES;
    if (!aroundTooLong) {
      around.write(b);
    }
  }
}

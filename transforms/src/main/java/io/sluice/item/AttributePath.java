/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The path of the current value in a walk through an item: names and list indexes, never values.
 * One is reused for the whole walk, so that a valid item pays for no path of its own.
 */
public final class AttributePath {
  private static final int MAX_NAME_CHARS = 64;
  private static final int MAX_STEPS_SHOWN = 8;

  // A null name is a step into a list, at the index of the same position.
  private @Nullable String[] names = new String[8];
  private int[] indexes = new int[8];
  private int depth;

  /** Returns the level of the current value: 1 for an attribute of the item. */
  int depth() {
    return depth;
  }

  public void push(String name) {
    grow();
    names[depth++] = name;
  }

  public void push(int index) {
    grow();
    names[depth] = null;
    indexes[depth++] = index;
  }

  public void pop() {
    depth--;
  }

  private void grow() {
    if (depth == names.length) {
      names = Arrays.copyOf(names, depth * 2);
      indexes = Arrays.copyOf(indexes, depth * 2);
    }
  }

  /** Creates an exception that names the current attribute. */
  public InvalidItemException invalid(Reason reason, String message) {
    return new InvalidItemException(reason, depth == 0 ? message : this + ": " + message);
  }

  /** Prints the path like {@code attribute 'a.b[3].c'}; long names and long paths are truncated. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("attribute '");
    int shown = Math.min(depth, MAX_STEPS_SHOWN);
    for (int i = 0; i < shown; i++) {
      String name = names[i];
      if (name == null) {
        out.append('[').append(indexes[i]).append(']');
      } else {
        out.append(i == 0 ? "" : ".").append(printable(name));
      }
    }
    return out.append(shown < depth ? "…'" : "'").toString();
  }

  /** Makes a name safe for a log line: no control characters, at most 64 characters. */
  public static String printable(String name) {
    StringBuilder out = new StringBuilder();
    int[] characters = name.codePoints().limit(MAX_NAME_CHARS + 1L).toArray();
    for (int i = 0; i < Math.min(characters.length, MAX_NAME_CHARS); i++) {
      out.appendCodePoint(isPlain(characters[i]) ? characters[i] : '?');
    }
    return characters.length > MAX_NAME_CHARS ? out.append('…').toString() : out.toString();
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}

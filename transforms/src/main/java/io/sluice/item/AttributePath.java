/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Where a walk through an item is: names and list positions, never values. One is made per walk, so
 * that a good item pays for no path of its own.
 */
public final class AttributePath {
  private static final int MAX_NAME_CHARS = 64;
  private static final int MAX_STEPS_SHOWN = 8;

  // A null name is a step into a list, at the index of the same position.
  private @Nullable String[] names = new String[8];
  private int[] indexes = new int[8];
  private int depth;

  /** The level of the current value: 1 for an attribute of the item. */
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

  /** An exception that names the current attribute. */
  public InvalidItemException invalid(Reason reason, String message) {
    return new InvalidItemException(reason, depth == 0 ? message : this + ": " + message);
  }

  /** Like {@code attribute 'a.b[3].c'}; long names and long paths are cut. */
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

  /** A name that is safe in a log line: no control characters, no more than 64 characters. */
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

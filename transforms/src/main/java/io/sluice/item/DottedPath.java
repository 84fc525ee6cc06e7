/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes the path of an attribute within Ms as one name, such as {@code address.city}, and reads it
 * again. A dot or a backslash in a name has a backslash before it: {@code a\.b} is one name.
 */
public final class DottedPath {
  private DottedPath() {}

  /** Joins the names of a path. {@link #split} returns them again, whatever is in them. */
  public static String join(List<String> path) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < path.size(); i++) {
      out.append(i == 0 ? "" : ".");
      String name = path.get(i);
      for (int at = 0; at < name.length(); at++) {
        char c = name.charAt(at);
        out.append(c == '.' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return out.toString();
  }

  /**
   * Splits a path at its dots into names, of which some may be empty. A backslash before anything
   * but a dot or a backslash stands for itself.
   */
  public static List<String> split(String path) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int at = 0; at < path.length(); at++) {
      char c = path.charAt(at);
      if (c == '.') {
        names.add(name.toString());
        name.setLength(0);
        continue;
      }
      char next = c == '\\' && at + 1 < path.length() ? path.charAt(at + 1) : 0;
      if (next == '.' || next == '\\') {
        at++;
        c = next;
      }
      name.append(c);
    }
    names.add(name.toString());
    return names;
  }
}

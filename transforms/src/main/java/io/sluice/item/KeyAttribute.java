/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import java.io.Serializable;
import java.util.Locale;

/**
 * One attribute of a primary key.
 *
 * @param name the attribute's name, not empty
 * @param type its type; a key is a string, a number or binary
 */
public record KeyAttribute(String name, Type type) implements Serializable {

  /** The types that DynamoDB allows for a key attribute. */
  public enum Type {
    S,
    N,
    B
  }

  public KeyAttribute {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the name of a key attribute is empty");
    }
  }

  /** Parses {@code name:S}, {@code name:N} or {@code name:B}. */
  public static KeyAttribute parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon > 0) {
      String type = text.substring(colon + 1).toUpperCase(Locale.ROOT);
      for (Type t : Type.values()) {
        if (t.name().equals(type)) {
          return new KeyAttribute(text.substring(0, colon), t);
        }
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no key attribute; write name:S, name:N or name:B");
  }

  @Override
  public String toString() {
    return name + ":" + type;
  }
}

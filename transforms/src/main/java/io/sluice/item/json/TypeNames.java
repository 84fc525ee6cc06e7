/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import java.util.Locale;

/** The spellings of type names in JSON. */
enum TypeNames {
  /** As in DynamoDB's API: {@code S}, {@code BOOL}, {@code NULL}. */
  EXACT {
    @Override
    String plain(String type) {
      return type;
    }
  },
  /** In any case, such as {@code s} and {@code bOOL}; {@code nULLValue} also stands for NULL. */
  ANY_CASE {
    @Override
    String plain(String type) {
      // Letters beyond ASCII stay what they are: the upper case of some is an S.
      if (type.length() > LONGEST || !type.chars().allMatch(c -> c < 0x80)) {
        return type;
      }
      String upper = type.toUpperCase(Locale.ROOT);
      return upper.equals("NULLVALUE") ? "NULL" : upper;
    }
  };

  private static final int LONGEST = "nULLValue".length();

  /** Returns the type's name in DynamoDB's API, if it is the name of a type. */
  abstract String plain(String type);
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import java.util.Locale;

/** How the names of types are spelled in JSON. */
enum TypeNames {
  /** As DynamoDB's API has them: {@code S}, {@code BOOL}, {@code NULL}. */
  EXACT {
    @Override
    String plain(String type) {
      return type;
    }
  },
  /** In any case, such as {@code s} and {@code bOOL}; and {@code nULLValue} is one of NULL's. */
  ANY_CASE {
    @Override
    String plain(String type) {
      // Letters beyond ASCII stay what they are: some have an S for their upper case.
      if (type.length() > LONGEST || !type.chars().allMatch(c -> c < 0x80)) {
        return type;
      }
      String upper = type.toUpperCase(Locale.ROOT);
      return upper.equals("NULLVALUE") ? "NULL" : upper;
    }
  };

  private static final int LONGEST = "nULLValue".length();

  /** The type's name in DynamoDB's API, if it is one of a type. */
  abstract String plain(String type);
}

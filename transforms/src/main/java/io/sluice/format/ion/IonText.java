/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.ion;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** The parts of Ion text that both the reader and the writer know. */
final class IonText {
  /** Precedes a value of text, and may precede each. */
  static final byte[] MARKER = "$ion_1_0".getBytes(StandardCharsets.US_ASCII);

  /** Precedes binary Ion. */
  static final byte[] BINARY_MARKER = {(byte) 0xE0, 1, 0, (byte) 0xEA};

  /** The member that holds the item, as in DynamoDB JSON. */
  static final String ITEM = "Item";

  /** Annotations of the lists that are sets. */
  static final String SS = "$dynamodb_SS";

  static final String NS = "$dynamodb_NS";
  static final String BS = "$dynamodb_BS";

  private static final Set<String> KEYWORDS = Set.of("null", "true", "false", "nan");

  private IonText() {}

  /** Whether a word has a meaning of its own, and is a name only in quotes. */
  static boolean isKeyword(String word) {
    return KEYWORDS.contains(word);
  }

  /** Whether a name needs no quotes. */
  static boolean isIdentifier(String name) {
    if (name.isEmpty() || isKeyword(name)) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!letter && !(i > 0 && c >= '0' && c <= '9')) {
        return false;
      }
    }
    return true;
  }

  static boolean begins(byte[] head, byte[] with) {
    return head.length >= with.length && Arrays.equals(head, 0, with.length, with, 0, with.length);
  }

  static boolean isSpace(int b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }
}

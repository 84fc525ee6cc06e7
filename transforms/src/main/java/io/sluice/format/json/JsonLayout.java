/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;

/** The layout of a JSON file. */
public enum JsonLayout {
  /** Every line is a record of its own. */
  LINES,
  /** Records may span lines, and lines may hold several records. */
  DOCUMENT;

  /** How to treat an object at the top level that has an array as a member. */
  public enum Envelopes {
    /** As an envelope around records: a value of DynamoDB JSON is never an array. */
    OPENED,
    /**
     * As an envelope around records if the file begins with one whose array is named {@code
     * Records}, as Lambda, DynamoDB Streams and CloudTrail have them.
     */
    RECORDS,
    /** As a record like any other. */
    NONE
  }

  private static final Pattern RECORDS_BEGIN =
      Pattern.compile("(\u00EF\u00BB\u00BF)?\\s*\\{\\s*\"Records\"\\s*:\\s*\\[");

  /**
   * Recognises the layout of a file by its beginning. One line is enough if it is a complete
   * object. If it is not, perhaps because it is damaged, the next line decides: in a document it
   * continues inside the object, in a file of lines it begins with another object. In plain JSON, a
   * second object on the first line also shows a document.
   */
  public static JsonLayout of(byte[] head, Envelopes envelopes) {
    if (envelopes == Envelopes.RECORDS
        && RECORDS_BEGIN.matcher(new String(head, ISO_8859_1)).lookingAt()) {
      return DOCUMENT;
    }
    int arrayDepth = envelopes == Envelopes.OPENED ? 1 : 0;
    int depth = 0;
    boolean inString = false;
    boolean behindObject = false;
    for (int i = 0; i < head.length; i++) {
      byte b = head[i];
      if (inString) {
        if (b == '\\') {
          i++;
        } else if (b == '"' || b == '\n') {
          inString = false;
          i -= b == '\n' ? 1 : 0;
        }
      } else if (b == '"') {
        inString = true;
      } else if (b == '[' && depth <= arrayDepth) {
        return DOCUMENT;
      } else if (b == '{' && behindObject && envelopes != Envelopes.OPENED) {
        return DOCUMENT;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      } else if (b == '\n' && depth == 0 && seenObject(head, i)) {
        return LINES;
      } else if (b == '\n' && seenObject(head, i)) {
        return nextLineBegins(head, i) ? LINES : DOCUMENT;
      }
      behindObject = (b == '}' && depth == 0) || (behindObject && JsonListSplitter.isSpace(b));
    }
    return LINES;
  }

  /** Whether the next non-empty line begins with an object, if one can be seen. */
  private static boolean nextLineBegins(byte[] head, int lineEnd) {
    int at = lineEnd;
    while (at < head.length && (head[at] == '\n' || head[at] == '\r')) {
      at++;
    }
    return at == head.length || head[at] == '{';
  }

  private static boolean seenObject(byte[] head, int end) {
    for (int i = 0; i < end; i++) {
      if (head[i] == '{') {
        return true;
      }
    }
    return false;
  }
}

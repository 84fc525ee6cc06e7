/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.ion;

/**
 * Follows the brackets, quotes and comments of Ion text, byte by byte, without looking at values.
 */
final class IonScanner {
  private enum In {
    PLAIN,
    STRING,
    /** Behind the first quote of a symbol, which may be the first of three. */
    QUOTE,
    /** Behind two quotes: an empty symbol, or the beginning of a long string. */
    TWO_QUOTES,
    SYMBOL,
    LONG_STRING,
    LOB,
    LOB_STRING,
    /** Behind a slash, which may begin a comment. */
    SLASH,
    LINE_COMMENT,
    BLOCK_COMMENT
  }

  private In in = In.PLAIN;
  private int before;
  private boolean escaped;
  private int quotes;
  private int depth;

  /** Takes the next byte, or -1 at the end of the text. */
  void take(int b) {
    switch (in) {
      case PLAIN -> plain(b);
      case STRING -> inQuotes(b, '"');
      case SYMBOL -> inQuotes(b, '\'');
      case LOB_STRING -> inLobString(b);
      case QUOTE -> {
        in = b == '\'' ? In.TWO_QUOTES : In.SYMBOL;
        if (in == In.SYMBOL) {
          inQuotes(b, '\'');
        }
      }
      case TWO_QUOTES -> {
        in = b == '\'' ? In.LONG_STRING : In.PLAIN;
        quotes = 0;
        if (in == In.PLAIN) {
          plain(b);
        }
      }
      case LONG_STRING -> inLongString(b);
      case LOB -> inLob(b);
      case SLASH -> {
        in = b == '/' ? In.LINE_COMMENT : b == '*' ? In.BLOCK_COMMENT : In.PLAIN;
        if (in == In.PLAIN) {
          plain(b);
        } else {
          // The asterisk that begins a comment does not end it.
          before = 0;
          return;
        }
      }
      case LINE_COMMENT -> in = b == '\n' ? In.PLAIN : In.LINE_COMMENT;
      case BLOCK_COMMENT -> in = b == '/' && before == '*' ? In.PLAIN : In.BLOCK_COMMENT;
    }
    before = b;
  }

  private void plain(int b) {
    switch (b) {
      case '"' -> in = In.STRING;
      case '\'' -> in = In.QUOTE;
      case '/' -> in = In.SLASH;
      case '{' -> {
        if (before == '{') {
          depth--;
          in = In.LOB;
        } else {
          depth++;
        }
      }
      case '[', '(' -> depth++;
      case '}', ']', ')' -> depth--;
      default -> {
        // Part of a name or a scalar, or between two.
      }
    }
  }

  private void inQuotes(int b, char quote) {
    if (escaped) {
      escaped = false;
    } else if (b == '\\') {
      escaped = true;
    } else if (b == quote) {
      in = In.PLAIN;
    } else if (b == '\n') {
      // A line never ends within such quotes: one of them is missing.
      in = In.PLAIN;
    }
  }

  private void inLongString(int b) {
    if (escaped) {
      escaped = false;
    } else if (b == '\\') {
      escaped = true;
      quotes = 0;
    } else {
      quotes = b == '\'' ? quotes + 1 : 0;
      in = quotes == 3 ? In.PLAIN : In.LONG_STRING;
    }
  }

  private void inLob(int b) {
    if (b == '"') {
      in = In.LOB_STRING;
    } else if (b == '}' && before == '}') {
      in = In.PLAIN;
    }
  }

  private void inLobString(int b) {
    inQuotes(b, '"');
    in = in == In.PLAIN ? In.LOB : in;
  }

  /** Whether a value may end here: no bracket, quote or comment is open. */
  boolean isClosed() {
    return depth == 0 && (in == In.PLAIN || in == In.TWO_QUOTES);
  }

  /** Begins again, behind a value or damage. */
  void reset() {
    in = In.PLAIN;
    before = 0;
    escaped = false;
    quotes = 0;
    depth = 0;
  }
}

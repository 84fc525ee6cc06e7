/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes HTML that is well-formed XML, too, and escapes every text and every value of an attribute.
 * Not thread-safe.
 */
public final class Html {
  private static final Pattern BREAK = Pattern.compile("(?<=[_/])(?=.)|(?<=\\p{Ll})(?=\\p{Lu})");
  private static final char FIRST_PICTURE = '\u2400';
  private static final char REPLACEMENT = '\ufffd';

  /** They would show what follows in another order than it has. */
  private static final String TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Begins an element.
   *
   * @param attributes names, each followed by its value
   */
  public Html open(String tag, String... attributes) {
    begin(tag, attributes);
    out.append('>');
    open.push(tag);
    return this;
  }

  /**
   * Ends an element.
   *
   * @throws IllegalStateException when it is not the one that was begun last
   */
  public Html close(String tag) {
    if (!open.pop().equals(tag)) {
      throw new IllegalStateException("not the end of <" + tag + ">");
    }
    out.append("</").append(tag).append('>');
    if (!tag.matches("a|b|bdi|code|data|small|span|time|td|th|text|title|svg")) {
      out.append('\n');
    }
    return this;
  }

  /** Writes an element that has only a text. */
  public Html add(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** Writes a name that has no spaces, so that it may be broken between its words. */
  public Html name(String name) {
    Matcher matcher = BREAK.matcher(name);
    int start = 0;
    while (matcher.find()) {
      text(name.substring(start, matcher.start()));
      empty("wbr");
      start = matcher.start();
    }
    text(name.substring(start));
    return this;
  }

  /** Writes an element without an end tag: a void one, or one of SVG. */
  public Html empty(String tag, String... attributes) {
    begin(tag, attributes);
    out.append("/>");
    return this;
  }

  private void begin(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      text(attributes[i + 1]);
      out.append('"');
    }
  }

  /**
   * Writes a style sheet, which a browser reads as it is.
   *
   * @throws IllegalArgumentException when it has characters that XML would read otherwise
   */
  Html style(String css) {
    if (css.contains("<") || css.contains("&")) {
      throw new IllegalArgumentException("a style sheet without < and &");
    }
    open("style");
    out.append(css);
    return close("style");
  }

  /** Writes a text; characters that a page may not have are replaced by visible ones. */
  public Html text(String text) {
    text.codePoints().forEach(this::escape);
    return this;
  }

  private void escape(int c) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      case '\n', '\t' -> out.append((char) c);
      default -> {
        if (c < ' ') {
          out.append((char) (FIRST_PICTURE + c));
        } else if (Character.getType(c) == Character.CONTROL
            || Character.getType(c) == Character.SURROGATE
            || (c & 0xfffe) == 0xfffe
            || TURNS.indexOf(c) >= 0) {
          out.append(REPLACEMENT);
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  /** Returns what was written; all elements must have ended. */
  String end() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("<" + open.peek() + "> has not ended");
    }
    return out.toString();
  }
}

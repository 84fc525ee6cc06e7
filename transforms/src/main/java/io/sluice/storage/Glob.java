/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file name pattern with wildcards, with the same meaning on a disk and in S3.
 *
 * <p>{@code ?} stands for one character other than {@code /}, {@code *} for any number of these,
 * {@code **} for any characters, {@code [abc]}, {@code [a-z]} and {@code [!abc]} for one character,
 * {@code {a,b}} for either text, and {@code \} removes the special meaning of the next character. A
 * bracket or brace that is not closed stands for itself. Any character may be a newline.
 */
public final class Glob {
  private static final String SPECIAL = "*?[{\\";

  private final String text;
  private final Pattern regex;
  private final String prefix;
  private final boolean literal;

  private Glob(String text, String regex, String prefix, boolean literal) {
    this.text = text;
    this.regex = Pattern.compile(regex, Pattern.DOTALL);
    this.prefix = prefix;
    this.literal = literal;
  }

  /** Parses a name with wildcards. */
  public static Glob parse(String text) {
    Parser parser = new Parser(text);
    String regex = parser.sequence(0, text.length(), false);
    return new Glob(text, regex, parser.prefix.toString(), !parser.wild);
  }

  /**
   * Whether the text stands for more than one name, or might: it has a wildcard that is not
   * escaped.
   */
  public static boolean hasWildcard(String text) {
    return !parse(text).literal;
  }

  /** Returns the glob that matches exactly this name. */
  public static String escape(String name) {
    StringBuilder escaped = new StringBuilder();
    for (char c : name.toCharArray()) {
      if (SPECIAL.indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /** Whether it has no wildcard, and stands for the name {@link #prefix}. */
  public boolean isLiteral() {
    return literal;
  }

  /** Returns the common beginning of all matching names, unescaped. */
  public String prefix() {
    return prefix;
  }

  /** Whether it may match a name with a {@code /} where the glob has none. */
  public boolean crossesFolders() {
    return text.contains("**");
  }

  public boolean matches(String name) {
    return regex.matcher(name).matches();
  }

  /**
   * Splits the glob at its slashes. A slash in brackets or after a {@code \} splits it as well: no
   * name has one.
   */
  public List<Glob> segments() {
    List<Glob> segments = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{' && Parser.closing(text, i) > 0) {
        depth++;
      } else if (c == '}' && depth > 0) {
        depth--;
      } else if (c == '/' && depth == 0) {
        segments.add(parse(text.substring(start, i)));
        start = i + 1;
      }
    }
    segments.add(parse(text.substring(start)));
    return segments;
  }

  /** Returns the glob as it was given. */
  @Override
  public String toString() {
    return text;
  }

  private static final class Parser {
    private final String text;
    private final StringBuilder prefix = new StringBuilder();
    private boolean wild;

    Parser(String text) {
      this.text = text;
    }

    /** Returns the regular expression of a part of the text. */
    String sequence(int from, int to, boolean inBraces) {
      StringBuilder regex = new StringBuilder();
      int i = from;
      while (i < to) {
        char c = text.charAt(i);
        int end = c == '[' ? bracketEnd(i, to) : c == '{' && !inBraces ? closing(text, i) : -1;
        if (c == '*') {
          wild = true;
          boolean two = i + 1 < to && text.charAt(i + 1) == '*';
          regex.append(two ? ".*" : "[^/]*");
          i += two ? 2 : 1;
        } else if (c == '?') {
          wild = true;
          regex.append("[^/]");
          i++;
        } else if (end > 0) {
          wild = true;
          regex.append(c == '[' ? bracket(i, end) : braces(i, end));
          i = end + 1;
        } else if (c == '\\' && i + 1 < to) {
          literal(text.charAt(i + 1), regex);
          i += 2;
        } else if (c == ',' && inBraces) {
          regex.append('|');
          i++;
        } else {
          literal(c, regex);
          i++;
        }
      }
      return regex.toString();
    }

    private void literal(char c, StringBuilder regex) {
      if (!wild) {
        prefix.append(c);
      }
      if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
        regex.append(c);
      } else {
        regex.append(String.format("\\u%04x", (int) c));
      }
    }

    private String braces(int open, int close) {
      return "(?:" + sequence(open + 1, close, true) + ")";
    }

    /** Returns where braces end; -1 when they do not. */
    static int closing(String text, int open) {
      for (int i = open + 1; i < text.length(); i++) {
        if (text.charAt(i) == '\\') {
          i++;
        } else if (text.charAt(i) == '}') {
          return i;
        }
      }
      return -1;
    }

    /**
     * Returns where a bracket ends; -1 when it does not, or a slash is in it. A first {@code ]}
     * does not end it.
     */
    private int bracketEnd(int open, int to) {
      int first = open + 1;
      if (first < to && isNot(text.charAt(first))) {
        first++;
      }
      for (int i = first; i < to && text.charAt(i) != '/'; i++) {
        if (text.charAt(i) == ']' && i > first) {
          return i;
        }
      }
      return -1;
    }

    private static boolean isNot(char c) {
      return c == '!' || c == '^';
    }

    private String bracket(int open, int close) {
      boolean not = isNot(text.charAt(open + 1));
      StringBuilder regex = new StringBuilder(not ? "[^/" : "[");
      int i = open + (not ? 2 : 1);
      while (i < close) {
        char c = text.charAt(i);
        boolean range = i + 2 < close && text.charAt(i + 1) == '-' && text.charAt(i + 2) >= c;
        regex.append(String.format("\\u%04x", (int) c));
        if (range) {
          regex.append(String.format("-\\u%04x", (int) text.charAt(i + 2)));
        }
        i += range ? 3 : 1;
      }
      String set = regex.append(']').toString();
      return not ? set : "(?!/)" + set;
    }
  }
}

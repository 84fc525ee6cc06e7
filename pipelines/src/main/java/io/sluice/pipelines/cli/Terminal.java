/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Shows control characters of items, keys and file names as escapes, so that none of them changes a
 * terminal or passes for a line of ours. All that is printed goes through here while a command
 * runs.
 *
 * <p>{@code println} prints one line and escapes newlines, too, and {@code printf} those in its
 * arguments; {@code print} lets newlines pass. Bytes that are written pass as they are.
 */
public final class Terminal extends PrintStream {
  private final PrintStream target;

  Terminal(PrintStream target) {
    super(target, true);
    this.target = target;
  }

  /** Runs a command whose console, standard output and error go through here. */
  public static int guard(ToIntFunction<Console> command) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    Console console = new Console(new Terminal(out), new Terminal(err));
    System.setOut(console.out());
    System.setErr(console.err());
    try {
      return command.applyAsInt(console);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /**
   * The text with escapes in place of control characters, newlines and tabs among them, of what
   * breaks lines or reverses their direction, and of halves of surrogate pairs. A backslash stays.
   */
  static String escape(String text) {
    return text.codePoints().noneMatch(Terminal::isControl) ? text : escape(text, false);
  }

  private static String escape(String text, boolean lines) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if ((lines && c == '\n') || !isControl(c)) {
                shown.appendCodePoint(c);
              } else {
                shown.append(
                    switch (c) {
                      case '\n' -> "\\n";
                      case '\r' -> "\\r";
                      case '\t' -> "\\t";
                      default -> String.format(Locale.ROOT, "\\u%04x", c);
                    });
              }
            });
    return shown.toString();
  }

  private static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      // Embeddings, overrides and isolates of the bidirectional algorithm.
      default -> (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    };
  }

  @Override
  public void println(@Nullable String line) {
    target.println(escape(String.valueOf(line)));
  }

  @Override
  public void println(@Nullable Object line) {
    println(String.valueOf(line));
  }

  @Override
  public void print(@Nullable String text) {
    target.print(escape(String.valueOf(text), true));
  }

  @Override
  public void print(@Nullable Object text) {
    print(String.valueOf(text));
  }

  @Override
  public void print(char c) {
    print(String.valueOf(c));
  }

  @Override
  public PrintStream format(String format, @Nullable Object... arguments) {
    return format(Locale.getDefault(Locale.Category.FORMAT), format, arguments);
  }

  @Override
  public PrintStream format(@Nullable Locale locale, String format, @Nullable Object... arguments) {
    Object[] shown =
        Arrays.stream(arguments)
            .map(
                argument ->
                    argument instanceof Number || argument == null
                        ? argument
                        : escape(argument.toString()))
            .toArray();
    print(String.format(locale, format, shown));
    return this;
  }
}

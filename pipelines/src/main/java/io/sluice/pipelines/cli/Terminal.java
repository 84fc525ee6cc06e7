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
 * Escapes control characters in items, keys and file names, so that none of them changes the
 * terminal or passes for one of our lines. Everything that is printed goes through this class while
 * a command runs.
 *
 * <p>{@code println} prints one line and escapes newlines too, and {@code printf} those in its
 * arguments; {@code print} keeps newlines. Bytes are written unchanged.
 */
public final class Terminal extends PrintStream {
  /** Flink's client prints it with all of Beam's metrics; what matters is in our summary. */
  private static final String RESULT_OF_FLINK = "org.apache.flink.api.common.JobExecutionResult";

  private final PrintStream target;

  Terminal(PrintStream target) {
    super(target, true);
    this.target = target;
  }

  /** Whether a person is watching on one. */
  public static boolean isWatched() {
    return System.console() != null && !"dumb".equals(System.getenv("TERM"));
  }

  /** Runs a command whose console, standard output and standard error go through this class. */
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
   * Escapes control characters, including newlines and tabs, characters that break lines or reverse
   * their direction, and lone surrogates. Backslashes are not escaped.
   */
  public static String escape(String text) {
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
    if (line == null || !line.getClass().getName().equals(RESULT_OF_FLINK)) {
      println(String.valueOf(line));
    }
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

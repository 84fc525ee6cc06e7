/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.pipelines.cli.Terminal;
import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.file.NightTable;
import io.sluice.pipelines.night.page.StepProgress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Shows a night on a terminal: a line for each table, which changes. */
final class TerminalView implements NightView {
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_LINE = "\u001b[2K";
  private static final int WIDTH = 79;

  private final PrintStream out;
  private final int nameWidth;
  private final Map<String, Line> tables = new LinkedHashMap<>();
  private boolean isDrawn;

  private record Line(String state, String progress) {}

  TerminalView(Night night, PrintStream out) {
    this.out = out;
    night.tables().forEach(table -> tables.put(table.name(), new Line("waits", "")));
    nameWidth =
        night.tables().stream().map(NightTable::name).mapToInt(String::length).max().orElse(1);
  }

  /** Shows it on the terminal of this program, whose escapes nothing else may change. */
  static TerminalView of(Night night) {
    return new TerminalView(
        night, new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8));
  }

  @Override
  public synchronized void table(String table, String state) {
    tables.put(table, new Line(state, ""));
    draw();
  }

  @Override
  public synchronized void progress(String table, @Nullable StepProgress progress) {
    String text = progress == null ? "" : progress.text();
    tables.computeIfPresent(table, (name, line) -> new Line(line.state, text));
    draw();
  }

  @Override
  public void result(String table, String line) {
    above(table + "| " + line);
  }

  @Override
  public void remark(String table, String line) {}

  @Override
  public void tell(String line) {
    above("sluice: " + line);
  }

  private synchronized void above(String line) {
    erase();
    out.println(Terminal.escape(line));
    draw();
  }

  private void erase() {
    if (isDrawn) {
      out.printf(Locale.ROOT, UP, tables.size());
      tables.keySet().forEach(name -> out.print(CLEAR_LINE + "\n"));
      out.printf(Locale.ROOT, UP, tables.size());
      isDrawn = false;
    }
  }

  private void draw() {
    if (isDrawn) {
      out.printf(Locale.ROOT, UP, tables.size());
    }
    tables.forEach((name, line) -> out.print(CLEAR_LINE + cut(text(name, line)) + "\n"));
    out.flush();
    isDrawn = true;
  }

  private String text(String name, Line line) {
    return Terminal.escape(
        name
            + " ".repeat(nameWidth - name.length())
            + "  "
            + line.state
            + (line.progress.isEmpty() ? "" : "  " + line.progress));
  }

  /** A line that wraps would be drawn over only in part. */
  private static String cut(String text) {
    return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
  }

  @Override
  public void close() {}
}

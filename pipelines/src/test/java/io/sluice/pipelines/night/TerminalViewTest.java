/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.pipelines.night.file.Hook;
import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.file.NightTable;
import io.sluice.pipelines.night.page.StepProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TerminalViewTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private TerminalView view(String... tables) {
    Night night =
        new Night(
            "nightly",
            "ledger",
            "hash",
            1,
            Duration.ofHours(1),
            Stream.of(tables).map(table -> new NightTable(table, List.of(), List.of())).toList(),
            new Hook("onSuccess", List.of(), null),
            new Hook("onFailure", List.of(), null));
    return new TerminalView(night, new PrintStream(bytes, true, UTF_8));
  }

  /** The lines that a terminal shows, which knows how to go up and how to clear a line. */
  private List<String> shown() {
    List<String> lines = new ArrayList<>(List.of(""));
    int at = 0;
    String text = bytes.toString(UTF_8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\u001b') {
        int end = i + 2;
        while (Character.isDigit(text.charAt(end))) {
          end++;
        }
        if (text.charAt(end) == 'A') {
          at -= Integer.parseInt(text.substring(i + 2, end));
        } else {
          lines.set(at, "");
        }
        i = end;
      } else if (c == '\n') {
        at++;
        if (at == lines.size()) {
          lines.add("");
        }
      } else {
        lines.set(at, lines.get(at) + c);
      }
    }
    lines.removeIf(String::isEmpty);
    return lines;
  }

  private static StepProgress written(long items) {
    return new StepProgress("written", items, 10L, 2, 3, null, 0, null);
  }

  @Test
  void eachTableHasALineThatChanges() {
    TerminalView view = view("trips", "c");
    view.table("c", "step 1, import");
    view.progress("c", written(5));
    view.progress("c", written(7));
    view.remark("c", "something");
    assertThat(
        shown(),
        is(List.of("trips  waits", "c      step 1, import  7 of 10 written, 2/s, 3 units/s")));
    view.table("c", "done");
    assertThat(shown(), is(List.of("trips  waits", "c      done")));
  }

  @Test
  void remarksStayAboveTheLines() {
    TerminalView view = view("a", "b");
    view.tell("first");
    view.table("a", "done");
    view.result("a", "second");
    assertThat(shown(), is(List.of("sluice: first", "a| second", "a  done", "b  waits")));
  }

  @Test
  void aLineNeitherWrapsNorEscapes() {
    TerminalView view = view("a");
    view.table("a", "\u001b[2J" + "x".repeat(200));
    assertThat(shown().get(0).length(), is(79));
    assertThat(shown().get(0).startsWith("a  \\u001b[2Jxx"), is(true));
  }
}

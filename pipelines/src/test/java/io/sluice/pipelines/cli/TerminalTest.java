/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a b\\c", "Zürich", "名前", "\uD83D\uDE00 \u200D", "עברית"})
  void lettersOfAllScriptsStay(String text) {
    assertThat(Terminal.escape(text), is(text));
  }

  @ParameterizedTest
  @CsvSource({
    "'\u001B[2Ja', \\u001b[2Ja",
    "'a\u0007b', a\\u0007b",
    "'a\nb', a\\nb",
    "'a\rb', a\\rb",
    "'a\tb', a\\tb",
    "'a\0b', a\\u0000b",
    "'a\u007F', a\\u007f",
    "'a\u009B31m', a\\u009b31m",
    "'a\u2028b', a\\u2028b",
    "'a\u202Ecsv.b', a\\u202ecsv.b",
    "'a\u2066b', a\\u2066b",
    "'a\uD800b', a\\ud800b",
  })
  void controlCharactersAreShown(String text, String shown) {
    assertThat(Terminal.escape(text), is(shown));
  }

  @Test
  void allThatIsPrintedGoesThroughIt() {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream target = new PrintStream(bytes, true, UTF_8);
    System.setOut(target);
    try {
      int code =
          Terminal.guard(
              console -> {
                assertThat(console.out(), sameInstance(System.out));
                assertThat(console.err(), sameInstance(System.err));
                System.out.println("a\u001B\nb");
                System.out.println((Object) "o\u001B\nb");
                System.out.print("c\u001B\nd\n");
                System.out.print((Object) "p\u001B\n");
                System.out.print('\u001B');
                System.out.printf("%s %d %s%n", "e\u001B\nf", 5, null);
                System.out.printf(Locale.ROOT, "%,d %s%n", 5000, Path.of("g\r"));
                System.out.append("h\u001B").println();
                System.out.println(7);
                return 3;
              });
      assertThat(code, is(3));
      assertThat(System.out, sameInstance(target));
    } finally {
      System.setOut(before);
    }
    assertThat(
        bytes.toString(UTF_8).replace(System.lineSeparator(), "\n"),
        is(
            """
            a\\u001b\\nb
            o\\u001b\\nb
            c\\u001b
            d
            p\\u001b
            \\u001be\\u001b\\nf 5 null
            5,000 g\\r
            h\\u001b
            7
            """));
  }
}

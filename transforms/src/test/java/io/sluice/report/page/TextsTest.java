/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {

  @ParameterizedTest
  @CsvSource({
    "readUnits,Read units",
    "asOf,As of",
    "firstRejections,First rejections",
    "written,Written",
    "MALFORMED,Malformed",
    "'',''"
  })
  void words(String name, String words) {
    assertThat(Texts.words(name), is(words));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1234567,'1,234,567'",
    "0.5,0.5",
    "999.987,999.99",
    "12345.678,'12,345.7'",
    "0.000123456,0.000123",
    "-0.25,-0.25",
    "1E+3,'1,000'"
  })
  void numbers(String value, String text) {
    assertThat(Texts.number(new BigDecimal(value)), is(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0,$0.00",
    "1234.5,'$1,234.50'",
    "0.0123,$0.01",
    "0.0000617,$0.000062",
    "-0.25,-$0.25"
  })
  void dollars(String value, String text) {
    assertThat(Texts.dollars(new BigDecimal(value)), is(text));
  }

  @ParameterizedTest
  @CsvSource({"0,0 bytes", "1,1 byte", "1023,'1,023 bytes'", "1024,1 KB", "5905580032,5.5 GB"})
  void sizes(long bytes, String text) {
    assertThat(Texts.bytes(bytes), is(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0,5,0 %",
    "1,0,0 %",
    "1,8,12.5 %",
    "5,5,100 %",
    "1,100000,under 0.1 %",
    "99999,100000,over 99.9 %"
  })
  void shares(double part, double whole, String text) {
    assertThat(Texts.share(part, whole), is(text.replace(" %", "\u00a0%")));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.25S,0.3 s",
    "PT59.94S,59.9 s",
    "PT60S,1 min 0 s",
    "PT701S,11 min 41 s",
    "PT26H5M,26 h 5 min"
  })
  void durations(Duration time, String text) {
    assertThat(Texts.duration(time), is(text));
  }

  @Test
  void whatAPageMayNotHaveIsReplaced() {
    Html html =
        new Html()
            .add(
                "p",
                "a\u0000\u001b\u0085\ud800\uffff\u202e<&>\"'\n\u00e9\ud83d\ude00",
                "title",
                "\"<");
    assertThat(
        html.end(),
        is(
            "<p title=\"&quot;&lt;\">a\u2400\u241b\ufffd\ufffd\ufffd\ufffd&lt;&amp;&gt;&quot;&#39;"
                + "\n\u00e9\ud83d\ude00</p>\n"));
  }

  @Test
  void namesAreBrokenBetweenWords() {
    assertThat(new Html().name("TableWrite_OF/x").end(), is("Table<wbr/>Write_<wbr/>OF/<wbr/>x"));
  }

  @Test
  void elementsEndInOrder() {
    assertThrows(IllegalStateException.class, () -> new Html().open("p").open("b").close("p"));
    assertThrows(IllegalStateException.class, () -> new Html().open("p").end());
    assertThrows(IllegalArgumentException.class, () -> new Html().style("a<b"));
  }
}

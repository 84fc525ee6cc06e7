/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.format.stream.StreamFormat;
import io.sluice.item.Reason;
import io.sluice.source.Reads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A list whose commas or brackets are misplaced is never read as a valid one. */
class BrokenJsonListsTest {
  private static final JsonFormat JSON = JsonFormat.withColumns(Map.of());
  private static final DynamoDbJsonFormat TYPED = new DynamoDbJsonFormat();

  /** `1` is an item, `!` a rejection as MALFORMED: each fault costs only itself, and no item. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[I,,I]; 1!1",
        "[I,,,I]; 1!!1",
        "[I,I,]; 11!",
        "[I,I , ]; 11!",
        "[,I]; !1",
        "[,]; !!",
        "[II]; 1!1",
        "[I I]; 1!1",
        "[I,I]I; 11!1",
        "[I][I]; 1!1",
        "[I] [I] [I]; 1!1!1",
        "[][]; !",
        "[][][]; !!",
        "[I]]; 1!",
        "[I]}; 1!",
        "[I}]; 1!",
        "[I],; 1!",
        "[I],I; 1!",
        "[I:I]; 1!",
        "[I; 1!",
        "[I,; 1!",
        "[; !",
        "[]; ``",
        "[ I , I ]; 11",
      })
  void aFaultBetweenItemsIsARejection(String file, String expected) {
    assertThat(outcomes(JSON, file.replace("I", "{\"id\":\"1\"}")), equalTo(expected));
    assertThat(outcomes(TYPED, file.replace("I", "{\"id\":{\"S\":\"1\"}}")), equalTo(expected));
  }

  @Test
  void linesDoNotSeparateTheElementsOfAList() {
    assertThat(outcomes(JSON, "[{\"a\":1}\n{\"a\":1}]\n"), equalTo("1!1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{`Items`:[I,I],`Count`:2}; 11",
        "{ `Count` : 2 , `Items` : [I] , `ScannedCount` : 3 }; 1",
        "{`Items`:[I],`Count`:2,}; 1!",
        "{`Items`:[I],,`Count`:2}; 1!",
        "{`Items`:[I]`Count`:2}; 1!",
        "{`Items`:[I],`Count` 2}; 1!",
        "{`Items`:[I],`Count`::2}; 1!",
        "{`Items`:[I],`Count`:2 3}; 1!",
        "{`Items`:[I],`Count`:}; 1!",
        "{`Items`:[I],`Count`:2,`Count`:2}; 1!",
        "{`Items`:[I],`LastEvaluatedKey`:{`pk`:{`S`:`x`}}}; 1",
        "{`Items`:[I],`LastEvaluatedKey`:{`pk`:{`S`:`x`},}}; 1!",
        "{`Items`:[I],`Count`:02}; 1!",
        "{`Items`:[I],`Count`:tru}; 1!",
        "{`Items`:[I],}; 1!",
        "{`Items`:[I,,I]}; 1!1",
        "{`Items`:[II]}; 1!1",
        "{`Items`:[I,]}; 1!",
        "{`Items`:[I]}}; 1!",
        "{`Items`:[I]}[]; 1!",
      })
  void anEnvelopeIsJsonToo(String file, String expected) {
    String text = file.replace('`', '"').replace("I,", "#,").replace("I", "#");
    text = text.replace("#tems", "Items").replace("#", "{\"id\":{\"S\":\"1\"}}");
    assertThat(outcomes(TYPED, text), equalTo(expected));
  }

  /** Text without a valid beginning is not an envelope, and so a record that cannot be read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Count\":2 \"Items\":[{\"id\":{\"S\":\"1\"}}]}",
        "{\"Count\" 2,\"Items\":[{\"id\":{\"S\":\"1\"}}]}",
        "{\"Count\":2,,\"Items\":[{\"id\":{\"S\":\"1\"}}]}",
        "{\"Items\":,[{\"id\":{\"S\":\"1\"}}]}",
        "{\"Items\"[{\"id\":{\"S\":\"1\"}}]}",
        "{[{\"id\":{\"S\":\"1\"}}]}",
      })
  void theBeginningOfAnEnvelopeIsJsonToo(String file) {
    List<Object> outcomes = Reads.outcomes(TYPED, file);
    assertThat(outcomes, hasSize(1));
    assertThat(outcomes.get(0), instanceOf(Reason.class));
  }

  @Test
  void aFaultSaysWhatAndWhere() {
    List<Reads.Read> reads = Reads.all(JSON, "[{\"a\":1},,{\"a\":1}{\"a\":1},]");
    List<String> told = new ArrayList<>();
    for (Reads.Read read : reads) {
      if (read.message() != null) {
        assertThat(read.record(), is(""));
        told.add(read.offset() + ": " + read.message());
      }
    }
    assertThat(
        told,
        equalTo(
            List.of(
                "9: a list has a comma without a value before it",
                "17: a list has no comma between two values",
                "25: a list has a comma without a value behind it")));
    assertThat(
        Reads.all(JSON, "[{}][{}]").get(1).message(), containsString("stands alone in its file"));
  }

  /** A sequence of objects is a layout of its own. */
  @Test
  void objectsNeedNoList() {
    assertThat(outcomes(JSON, "{\"a\":1}{\"a\":1}\n{\"a\":1}"), equalTo("111"));
    assertThat(outcomes(JSON, "{\"a\":1}{\"a\":1}[{\"a\":1}]"), equalTo("11!1"));
  }

  private static String outcomes(StreamFormat format, String file) {
    StringBuilder outcomes = new StringBuilder();
    for (Reads.Read read : Reads.all(format, file)) {
      outcomes.append(
          read.item() != null ? "1" : read.reason() == Reason.MALFORMED ? "!" : read.reason());
    }
    return outcomes.toString();
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is JSON to the scan, against Jackson. */
class JsonScanPropertyTest {
  private static final JsonFactory JACKSON = new JsonFactory();
  private static final String[] PARTS = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"a\"",
    "\"\"",
    "\"\\u00e9\\n\"",
    "1",
    "-0",
    "01",
    "1.5e+3",
    "1.",
    "true",
    "false",
    "null",
    "nul",
    " ",
    "\n",
    "\"",
    "\\",
    "é",
    "\"é𝄞\"",
    "\u0001",
    "1e",
    "-"
  };

  /** Gives its bytes one by one, as a slow connection does. */
  private static InputStream slow(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] to, int offset, int length) {
        return super.read(to, offset, Math.min(length, 1));
      }
    };
  }

  private static JsonScan.Outcome scan(byte[] text, int most) throws IOException {
    JsonScan scan = new JsonScan(new ByteWindow(slow(text), 0));
    JsonScan.Outcome outcome = scan.scan(0, most);
    if (outcome == JsonScan.Outcome.WHOLE) {
      assertThat("all of it", scan.end() <= text.length, is(true));
    }
    return outcome;
  }

  private static boolean isJson(byte[] text, long end) {
    try (JsonParser json = JACKSON.createParser(text, 0, (int) end)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      json.skipChildren();
      return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth > 4 ? 3 : 5)) {
      case 0 -> "\"" + "x{\\\"é".substring(random.nextInt(2) * 2) + "\"";
      case 1 -> random.nextBoolean() ? "null" : "true";
      case 2 -> "-" + random.nextInt(10) + ".5E-1";
      case 3 -> {
        StringBuilder list = new StringBuilder("[");
        for (int i = random.nextInt(3); i > 0; i--) {
          list.append(value(random, depth + 1)).append(i > 1 ? " ," : "");
        }
        yield list.append(']').toString();
      }
      default -> object(random, depth + 1);
    };
  }

  private static String object(Random random, int depth) {
    StringBuilder object = new StringBuilder("{");
    for (int i = random.nextInt(4); i > 0; i--) {
      object.append("\"n").append(i).append("\" : ").append(value(random, depth));
      object.append(i > 1 ? "," : "\n");
    }
    return object.append('}').toString();
  }

  @Property
  void whatIsJsonIsWholeAndItsBeginningsAreCutOff(@ForAll long seed) throws IOException {
    byte[] text = object(new Random(seed), 0).getBytes(UTF_8);
    assertThat(isJson(text, text.length), is(true));
    assertThat(scan(text, text.length), is(JsonScan.Outcome.WHOLE));
    assertThat(scan(text, text.length - 1), is(JsonScan.Outcome.TOO_LONG));
    for (int end = 1; end < text.length; end++) {
      byte[] cut = Arrays.copyOf(text, end);
      assertThat("cut at " + end, scan(cut, text.length), is(JsonScan.Outcome.CUT_OFF));
    }
  }

  @Property(tries = 5000)
  void anythingElseIsTakenAsJacksonTakesIt(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("{");
    for (int i = random.nextInt(14); i > 0; i--) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    JsonScan scan = new JsonScan(new ByteWindow(new ByteArrayInputStream(bytes), 0));
    JsonScan.Outcome outcome = scan.scan(0, 1000);
    boolean isWhole = outcome == JsonScan.Outcome.WHOLE;
    assertThat(text.toString(), isWhole && isJson(bytes, scan.end()), is(isWhole));
    for (int end = 2; end <= bytes.length && !isWhole; end++) {
      assertThat(text + " up to " + end, isJson(bytes, end), is(false));
    }
  }

  @ParameterizedTest
  @CsvSource({"126, WHOLE", "127, WHOLE", "128, BROKEN", "100000, BROKEN"})
  void levelsAreBounded(int levels, JsonScan.Outcome outcome) throws IOException {
    String text = "{\"a\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
    JsonScan scan = new JsonScan(new ByteWindow(new ByteArrayInputStream(text.getBytes(UTF_8)), 0));
    assertThat(scan.scan(0, 1 << 20), is(outcome));
  }

  @Test
  void whatWasLetGoOfIsNotHeld() throws IOException {
    byte[] text = new byte[1 << 20];
    text[text.length - 1] = 7;
    ByteWindow window = new ByteWindow(new ByteArrayInputStream(text), 0);
    for (int at = 0; at < text.length; at++) {
      assertThat(window.at(at), is(text[at] & 0xFF));
      window.mark(at - 100);
    }
    assertThat(window.at(text.length), is(ByteWindow.END));
    assertThat(window.bytes(text.length - 2, text.length), is(new byte[] {0, 7}));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ItemJsonTest {

  private static final JsonFactory JSON = new JsonFactory();

  private interface Writing {
    void write(JsonGenerator json) throws IOException;
  }

  private static String text(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeFieldName("before");
      json.writeNumber(1);
      json.writeFieldName("items");
      writing.write(json);
      json.writeFieldName("after");
      json.writeNumber(2);
      json.writeEndObject();
    }
    return bytes.toString(UTF_8);
  }

  private static String transcoded(Map<String, Value> item) throws IOException {
    return text(json -> ItemJson.write(json, ItemCodec.encode(item, 3), 3));
  }

  private static void checkSame(String seed, Map<String, Value> item) throws IOException {
    // The store gives back what has been in UTF-8.
    Map<String, Value> stored = ItemCodec.decode(ItemCodec.encode(item));
    String expected = text(json -> ValueJson.writeItem(json, stored));
    assertThat(seed, tokens(transcoded(item)), is(tokens(expected)));
  }

  private static List<String> tokens(String text) throws IOException {
    List<String> tokens = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      while (json.nextToken() != null) {
        tokens.add(json.currentToken() + json.getText());
      }
    }
    return tokens;
  }

  @Test
  void writesWhatTheValuesWouldWrite() throws Exception {
    for (long seed = 0; seed < 500; seed++) {
      checkSame("seed " + seed, new RandomItems(seed).item());
    }
  }

  @Test
  void escapesAnyCharacter() throws Exception {
    for (int c = 0; c <= 0xFFFF; c += c < 0x100 ? 1 : 97) {
      String text = "a" + (char) c + "z" + (char) c;
      checkSame("character " + c, Map.of(text, new Value.S(text)));
    }
    checkSame("a pair", Map.of("a", new Value.S("\ud83d\ude00\"\n")));
  }

  @Test
  void writesNumbersOfAnyScale() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      long unscaled = random.nextLong() >> random.nextInt(63);
      int scale = random.nextInt(160) - 125;
      BigDecimal number = Numbers.canonical(BigDecimal.valueOf(unscaled, scale));
      checkSame("seed 7, round " + i + ": " + number, Map.of("n", new Value.N(number)));
    }
    for (String number : List.of("0", "-0.1", "0.000001", "100", "-999999999999999999", "1e-130")) {
      checkSame(number, Map.of("n", new Value.N(new BigDecimal(number))));
    }
  }

  @Test
  void writesArraysOfItems() throws Exception {
    List<Map<String, Value>> items =
        Stream.of(1L, 2L, 3L).map(seed -> new RandomItems(seed).item()).toList();
    for (int count : new int[] {0, 1, 2, 3, 2000}) {
      Writing transcoded =
          json -> {
            ItemJson array = ItemJson.startArray(json);
            for (int i = 0; i < count; i++) {
              array.add(ItemCodec.encode(items.get(i % items.size())), 0);
            }
            array.end();
          };
      Writing expected =
          json -> {
            json.writeStartArray();
            for (int i = 0; i < count; i++) {
              ValueJson.writeItem(json, items.get(i % items.size()));
            }
            json.writeEndArray();
          };
      assertThat(tokens(text(transcoded)), is(tokens(text(expected))));
    }
  }

  @Test
  void writesToCharactersToo() throws Exception {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      ItemJson.write(json, ItemCodec.encode(Map.of("\u00e4", new Value.S("\u20ac"))), 0);
    }
    assertThat(text.toString(), is("{\"\u00e4\":{\"S\":\"\u20ac\"}}"));
  }

  @Test
  void refusesWhatIsNoItem() throws Exception {
    byte[] item = ItemCodec.encode(Map.of("a", new Value.S("b")));
    item[3] = 99;
    try (JsonGenerator json = JSON.createGenerator(new StringWriter())) {
      for (byte[] bytes : List.of(item, new byte[] {1, 5}, new byte[] {0, 0})) {
        assertThrows(IllegalArgumentException.class, () -> ItemJson.write(json, bytes, 0));
      }
    }
  }
}

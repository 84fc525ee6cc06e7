/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares items that are scanned with those that are parsed. */
class ItemScannerTest {

  private static final JsonFactory SLOW = new JsonFactory();
  private static final JsonFactory FAST = ItemParser.factory();

  /** Reads an item within an object, and tells all that can be told of it, or why it cannot. */
  private static List<Object> outcome(JsonFactory factory, byte[] json, Wording wording) {
    List<Object> outcome = new ArrayList<>();
    try (JsonParser parser = factory.createParser(json)) {
      parser.nextToken();
      parser.nextToken();
      parser.nextToken();
      ValueReader reader = new ValueReader(parser, wording);
      Map<String, Value> item = reader.item();
      outcome.add(reader.problem().map(Throwable::getMessage));
      outcome.add(item);
      outcome.add(List.copyOf(item.keySet()));
      outcome.add(Sizes.of(item));
      outcome.add(Bytes.of(ItemCodec.encode(item)));
      outcome.add(parser.currentToken());
      outcome.add(String.valueOf(parser.nextToken()));
      outcome.add(String.valueOf(parser.currentName()));
    } catch (IOException e) {
      outcome.add("no JSON");
    } catch (DynamoDbException e) {
      outcome.add(e.getMessage());
    }
    return outcome;
  }

  private static void checkSame(String reason, byte[] json) {
    for (Wording wording : Wording.values()) {
      assertThat(
          reason + ": " + new String(json, UTF_8),
          outcome(FAST, json, wording),
          is(outcome(SLOW, json, wording)));
    }
  }

  private static void checkSame(String json) {
    checkSame("as text", ("{\"Item\":" + json.replace('\'', '"') + ",\"More\":1}").getBytes(UTF_8));
  }

  private static byte[] json(Map<String, Value> item, boolean pretty) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = SLOW.createGenerator(out)) {
      if (pretty) {
        json.useDefaultPrettyPrinter();
      }
      json.writeStartObject();
      json.writeFieldName("Item");
      ValueJson.writeItem(json, item);
      json.writeNumberField("More", 1);
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  /** Gives what the scanner alone makes of an item, null if it leaves that to others. */
  private static Map<String, Value> scan(String item) throws IOException {
    try (JsonParser parser = FAST.createParser(item.replace('\'', '"').getBytes(UTF_8))) {
      parser.nextToken();
      return ItemScanner.of(parser).members(Wording.CURRENT);
    }
  }

  @Test
  void readsItemsAsTheParserDoes() throws Exception {
    for (long seed = 0; seed < 2000; seed++) {
      checkSame("seed " + seed, json(new RandomItems(seed).item(), seed % 2 == 0));
    }
  }

  @Test
  void findsWhatIsWrongAsTheParserDoes() throws Exception {
    byte[] likely = "\"{}[]:,\\.-e0SNBML\u00e9\ud83d\ude00 \u0001".getBytes(UTF_8);
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] json = json(new RandomItems(seed / 20).item(), seed % 3 == 0);
      int changes = 1 + random.nextInt(2);
      for (int i = 0; i < changes; i++) {
        int from = Math.min(json.length - 1, 8 + random.nextInt(200));
        switch (random.nextInt(4)) {
          case 0 -> json = Arrays.copyOf(json, from);
          case 1 -> json[from] = (byte) random.nextInt(256);
          case 2 -> json[from] = likely[random.nextInt(likely.length)];
          default -> {
            int length = Math.min(json.length - from, 1 + random.nextInt(4));
            System.arraycopy(json, from, json, from - 1, length);
          }
        }
      }
      checkSame("seed " + seed, json);
    }
  }

  @Test
  void readsNumbersAsTheParserDoes() {
    for (long seed = 0; seed < 2000; seed++) {
      RandomItems random = new RandomItems(seed);
      BigDecimal number = random.number();
      checkSame("{'a':{'N':'" + number + "'},'b':{'N':'" + number.toPlainString() + "'}}");
    }
    for (String number :
        List.of(
            "0",
            "-0",
            "00",
            "0.00",
            "1.",
            ".5",
            "-.5",
            "+1",
            "1.50",
            "100",
            "007",
            "1e3",
            "1E-130",
            "1E126",
            "1E-131",
            "",
            "-",
            ".",
            "1.2.3",
            "abc",
            "999999999999999999",
            "1000000000000000000",
            "123456789012345678.9",
            "0.000000000000000001",
            "99999999999999999999999999999999999999",
            "0".repeat(40) + "1",
            "1" + "0".repeat(125),
            "1" + "0".repeat(126),
            "0." + "0".repeat(129) + "1",
            "0." + "0".repeat(130) + "1",
            "1E99999999999",
            "\u0661",
            " 1")) {
      checkSame("{'n':{'N':'" + number + "'}}");
    }
  }

  @Test
  void readsWhatIsRareAsTheParserDoes() {
    for (String item :
        List.of(
            "{}",
            " { } ",
            "{'a':{'S':''}}",
            "{'':{'S':'x'}}",
            "{'a':{'M':{'':{'S':'x'}}}}",
            "{'a':{'S':'1'},'a':{'S':'2'}}",
            "{'a':{'M':{'b':{'S':'1'},'b':{'N':'2'}}}}",
            "{'a':{'S':'1','N':'2'}}",
            "{'a':{'S':'1','S':'2'}}",
            "{'a':{'S':null}}",
            "{'a':{}}",
            "{'a':null}",
            "{'a':{'X':'1'}}",
            "{'a':{'NULL':false}}",
            "{'a':{'BOOL':'true'}}",
            "{'a':{'BOOL':tru}}",
            "{'a':{'S':1}}",
            "{'a':{'N':1}}",
            "{'a':{'B':'a'}}",
            "{'a':{'B':'YQ=='}}",
            "{'a':{'B':'YR=='}}",
            "{'a':{'B':'\u00e9\u00e9'}}",
            "{'a':{'L':[]}}",
            "{'a':{'L':[{'S':'x'},{'NULL':true}]}}",
            "{'a':{'L':[null]}}",
            "{'a':{'S':'\\n\\u0041'}}",
            "{'a\\n':{'S':'x'}}",
            "{'a':{'S':'x'},}",
            "[]",
            "1",
            "{'\\u0061':{'S':'1'},'a':{'S':'2'}}")) {
      checkSame(item);
    }
    for (int levels : new int[] {14, 15, 16, 17, 31, 32, 33, 61, 62, 63, 64}) {
      checkSame("{'a':" + "{'L':[".repeat(levels) + "{'S':'x'}" + "]}".repeat(levels) + "}");
      checkSame("{'a':" + "{'M':{'b':".repeat(levels) + "{'S':'x'}" + "}}".repeat(levels) + "}");
    }
    for (int count : new int[] {126, 127, 128, 129, 1000}) {
      StringBuilder item = new StringBuilder("{'a':{'L':[]}");
      for (int i = 1; i < count; i++) {
        item.append(",'name").append(i).append("':{'S':'").append("x".repeat(i)).append("'}");
      }
      checkSame(item + "}");
    }
    for (int length : new int[] {127, 128, 16_383, 16_384, 400_000, 500_000}) {
      checkSame("{'a':{'S':'" + "x".repeat(length) + "'},'b':{'N':'1'}}");
    }
  }

  @Test
  void scansWhatIsCommon() throws Exception {
    for (String item :
        List.of(
            "{}",
            "{ 'a' : { 'S' : 'x' } , 'b' : { 'N' : '-1.50' } }",
            "{'a':{'BOOL':true}}",
            "{'a':{'NULL':true}}",
            "{'a':{'B':'YQ=='}}",
            "{'\u00e9':{'S':'\ud83d\ude00'}}",
            "{'a':{'M':{'b':{'L':[{'S':'x'},{'BOOL':false},{'N':'1E5'}]}}}}")) {
      assertThat(item, scan(item), notNullValue());
    }
    assertThat(scan("{'a':{'SS':['x']}}"), nullValue());
    assertThat(Sizes.of(scan("{'a':{'S':'x'}}")), greaterThan(0L));
  }

  @Test
  void leavesBytesThatAreNoUtf8ToTheParser() {
    int[][] broken = {
      {0x80},
      {0xC0, 0x80},
      {0xC1, 0xBF},
      {0xC3},
      {0xC3, 0x28},
      {0xE0, 0x80, 0x80},
      {0xED, 0xA0, 0x80},
      {0xE2, 0x82},
      {0xF0, 0x80, 0x80, 0x80},
      {0xF4, 0x90, 0x80, 0x80},
      {0xF5, 0x80, 0x80, 0x80},
      {0xFF},
      {0xC2, 0xA2},
      {0xEF, 0xBF, 0xBF},
      {0xF4, 0x8F, 0xBF, 0xBF}
    };
    for (int[] bytes : broken) {
      byte[] json = "{\"Item\":{\"a\":{\"S\":\"    \"}}}".getBytes(UTF_8);
      for (int i = 0; i < bytes.length; i++) {
        json[19 + i] = (byte) bytes[i];
      }
      checkSame("bytes " + Arrays.toString(bytes), json);
    }
  }
}

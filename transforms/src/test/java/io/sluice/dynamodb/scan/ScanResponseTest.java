/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.ItemPage;
import io.sluice.testing.Items;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Responses to a Scan, as DynamoDB writes them and as it does not. */
class ScanResponseTest {
  private static final ItemPage.Mark MARK = new ItemPage.Mark(3, 77L, 2, true, 9, 1.5, 123_456L);
  private static final String END = "],\"Count\":1,\"ScannedCount\":1}";

  private final ScanResponse answer = new ScanResponse();

  @Provide
  Arbitrary<List<Map<String, AttributeValue>>> pages() {
    return Items.items().list().ofMaxSize(5);
  }

  /** Writes JSON in which everything without an order comes in a random one. */
  private static final class Writer {
    private final Random random;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final JsonGenerator json;

    Writer(Random random) throws IOException {
      this.random = random;
      JsonFactory factory =
          JsonFactory.builder()
              .configure(JsonWriteFeature.ESCAPE_NON_ASCII, random.nextBoolean())
              .build();
      json = factory.createGenerator(out);
      if (random.nextInt(4) == 0) {
        json.useDefaultPrettyPrinter();
      }
    }

    byte[] response(List<Map<String, AttributeValue>> items) throws IOException {
      json.writeStartObject();
      for (String name : shuffled(List.of("Items", "Count", "ScannedCount", "Consumed", "New"))) {
        switch (name) {
          case "Items" -> {
            json.writeArrayFieldStart("Items");
            for (Map<String, AttributeValue> item : items) {
              attributes(item);
            }
            json.writeEndArray();
          }
          case "Consumed" -> {
            json.writeObjectFieldStart("ConsumedCapacity");
            json.writeStringField("TableName", "t");
            json.writeNumberField("CapacityUnits", 12.5);
            json.writeObjectFieldStart("Table");
            json.writeNumberField("CapacityUnits", 99);
            json.writeEndObject();
            json.writeEndObject();
          }
          case "New" -> {
            json.writeFieldName("SomethingNew");
            json.writeRawValue("{\"a\":[1,-2.5e3,true,null,\"\\u00e9}]\"],\"b\":{}}");
          }
          case "Count" -> json.writeNumberField(name, items.size());
          default -> json.writeNumberField(name, items.size() + 3);
        }
      }
      json.writeEndObject();
      json.close();
      return out.toByteArray();
    }

    private <T> List<T> shuffled(List<T> list) {
      List<T> copy = new ArrayList<>(list);
      Collections.shuffle(copy, random);
      return copy;
    }

    private void attributes(Map<String, AttributeValue> attributes) throws IOException {
      json.writeStartObject();
      for (String name : shuffled(List.copyOf(attributes.keySet()))) {
        json.writeFieldName(name);
        value(attributes.get(name));
      }
      json.writeEndObject();
    }

    private void value(AttributeValue value) throws IOException {
      json.writeStartObject();
      switch (value.type()) {
        case S -> json.writeStringField("S", value.s());
        case N -> json.writeStringField("N", value.n());
        case B -> json.writeStringField("B", base64(value.b()));
        case BOOL -> json.writeBooleanField("BOOL", value.bool());
        case NUL -> json.writeBooleanField("NULL", true);
        case SS -> texts("SS", value.ss());
        case NS -> texts("NS", value.ns());
        case BS -> texts("BS", value.bs().stream().map(Writer::base64).toList());
        case L -> {
          json.writeArrayFieldStart("L");
          for (AttributeValue element : value.l()) {
            value(element);
          }
          json.writeEndArray();
        }
        default -> {
          json.writeFieldName("M");
          attributes(value.m());
        }
      }
      json.writeEndObject();
    }

    private static String base64(SdkBytes bytes) {
      return Base64.getEncoder().encodeToString(bytes.asByteArray());
    }

    private void texts(String type, List<String> elements) throws IOException {
      json.writeArrayFieldStart(type);
      for (String element : shuffled(elements)) {
        json.writeString(element);
      }
      json.writeEndArray();
    }
  }

  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void itemsAreTheBytesOfTheCoder(
      @ForAll("pages") List<Map<String, AttributeValue>> items, @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < 2; i++) {
      answer.read(new Writer(random).response(items));
      assertThat(answer.count(), is(items.size()));
      assertThat(answer.evaluated(), is(items.size() + 3L));
      assertThat(answer.units(), is(12.5));
      assertThat(answer.lastKey().isEmpty(), is(true));
      ItemPage page = answer.page(MARK);
      assertThat(page.mark(), is(MARK));
      assertThat(page.items(), is(items.stream().map(SourcedItem::withoutOrigin).toList()));
    }
  }

  private Map<String, AttributeValue> only(String item) throws IOException {
    answer.read(("{\"Items\":[" + item + END).getBytes(UTF_8));
    return answer.page(MARK).items().get(0).item();
  }

  @Test
  void escapesAreWhatTheyStandFor() throws Exception {
    assertThat(
        only(
            "{\"\\u006e\\\"\":{\"S\":\"a\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u00E9\\ud83d\\ude00é😀\"}}"),
        is(Map.of("n\"", AttributeValue.fromS("a\\/\b\f\n\r\t\0é😀é😀"))));
    assertThat(only("{\"\\u0061\":{\"\\u0053\":\"\"}}"), is(Map.of("a", AttributeValue.fromS(""))));
  }

  @Test
  void aNameThatBeginsAsTheOneBeforeIsNotTakenForIt() throws Exception {
    List<String> names = List.of("a", "a\\", "a\"b", "a\\b", "ab", "a", "a\"", "é", "\u00e9\\", "");
    List<Map<String, AttributeValue>> items =
        names.stream().map(name -> Map.of(name, AttributeValue.fromS(name))).toList();
    for (int seed = 0; seed < 8; seed++) {
      answer.read(new Writer(new Random(seed)).response(items));
      assertThat(
          answer.page(MARK).items(), is(items.stream().map(SourcedItem::withoutOrigin).toList()));
    }
  }

  @Test
  void manyAttributesAndElementsAreInOrder() throws Exception {
    Map<String, AttributeValue> inner = new HashMap<>();
    IntStream.range(0, 300)
        .forEach(i -> inner.put("name" + i, AttributeValue.fromN(Integer.toString(i))));
    List<AttributeValue> elements =
        IntStream.range(0, 20_000).mapToObj(i -> AttributeValue.fromS("e" + i)).toList();
    Map<String, AttributeValue> item =
        Map.of("m", AttributeValue.fromM(inner), "l", AttributeValue.fromL(elements));
    answer.read(new Writer(new Random(1)).response(List.of(item)));
    assertThat(answer.page(MARK).items(), is(List.of(SourcedItem.withoutOrigin(item))));
  }

  @Test
  void theKeyIsGivenAsItCame() throws Exception {
    String key = "{\"id\": {\"S\":\"é\\u00e9\\\"}\"}, \"n\":{\"N\":\"1\"}}";
    answer.read(
        ("{\"LastEvaluatedKey\": " + key + " ,\"Items\":[],\"Count\":0,\"ScannedCount\":7}")
            .getBytes(UTF_8));
    assertThat(new String(answer.lastKey().orElseThrow(), UTF_8), is(key));
    assertThat(answer.hasUnits(), is(false));
    assertThat(answer.units(), is(0.0));
    answer.read(
        "{\"LastEvaluatedKey\":null,\"Items\":[],\"Count\":0,\"ScannedCount\":0}".getBytes(UTF_8));
    assertThat(answer.lastKey().isEmpty(), is(true));
  }

  @Test
  void aResponseThatBreaksOffIsNoResponse() throws Exception {
    Map<String, AttributeValue> item =
        Map.of(
            "s",
            AttributeValue.fromS("x\"é"),
            "l",
            AttributeValue.fromL(List.of(AttributeValue.fromBool(true))),
            "b",
            AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("bytes"))));
    byte[] whole = new Writer(new Random(5)).response(List.of(item, item));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThrows(IOException.class, () -> answer.read(part), "of length " + length);
    }
    answer.read(whole);
    assertThat(answer.count(), is(2));
  }

  @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
  void damageIsDetectedOrHarmless(
      @ForAll("pages") List<Map<String, AttributeValue>> items, @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    byte[] body = new Writer(random).response(items);
    body[random.nextInt(body.length)] = (byte) random.nextInt();
    try {
      answer.read(body);
      // Only a checksum would show that a letter has become another one.
      answer.page(MARK).items().forEach(SourcedItem::item);
    } catch (IOException e) {
      assertThat(e.getMessage(), containsString("not a response of DynamoDB"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"S\":\"\\ud83d\"}}",
        "{\"a\":{\"S\":\"\\ud83d\\u0041\"}}",
        "{\"a\":{\"S\":\"\\ude00\\ud83d\"}}",
        "{\"a\":{\"S\":\"\\x\"}}",
        "{\"a\":{\"S\":\"\\u12g4\"}}",
        "{\"a\":{\"S\":\"\n\"}}",
        "{\"a\":{\"S\":1}}",
        "{\"a\":{\"S\":\"x\",\"N\":\"1\"}}",
        "{\"a\":{}}",
        "{\"a\":{\"X\":\"x\"}}",
        "{\"a\":{\"XS\":[]}}",
        "{\"a\":{\"NULL\":false}}",
        "{\"a\":{\"BOOL\":\"true\"}}",
        "{\"a\":{\"B\":\"*\"}}",
        "{\"a\":{\"S\":\"x\"},\"a\":{\"S\":\"x\"}}",
        "{\"a\":{\"S\":\"x\"},}",
        "{\"a\":{\"SS\":[\"x\" \"y\"]}}",
        "{\"a\":{\"L\":[{\"S\":\"x\"},]}}",
        "{},{}",
        "[]",
        "",
      })
  void invalidItemsAreDetected(String item) {
    IOException e = assertThrows(IOException.class, () -> only(item));
    assertThat(e.getMessage(), not(containsString("\"")));
  }

  @Test
  void bytesThatAreNotUtf8AreSeen() {
    byte[] body = ("{\"Items\":[{\"a\":{\"S\":\"?\"}}" + END).getBytes(UTF_8);
    body[body.length - END.length() - 4] = (byte) 0xC3;
    assertThrows(IOException.class, () -> answer.read(body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}x",
        "{\"Items\":[],\"Count\":1,\"ScannedCount\":1}",
        "{\"Items\":[],\"Count\":0}",
        "{\"Count\":0,\"ScannedCount\":0}",
        "{\"Items\":[],\"Count\":0,\"ScannedCount\":0,\"LastEvaluatedKey\":{}}",
        "{\"Items\":[],\"Count\":0,\"ScannedCount\":0,\"LastEvaluatedKey\":\"id\"}",
        "{\"Items\":[],\"Count\":0,\"ScannedCount\":0,\"New\":}",
        "<html>Bad gateway</html>",
      })
  void foreignResponsesAreDetected(String body) {
    assertThrows(IOException.class, () -> answer.read(body.getBytes(UTF_8)));
  }

  @Test
  void depthIsBounded() {
    int levels = 5000;
    String deep = "{\"L\":[".repeat(levels) + "]}".repeat(levels);
    assertThrows(IOException.class, () -> only("{\"a\":" + deep + "}"));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import static io.sluice.item.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import io.sluice.testing.Items;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
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

class DataPipelineJsonTest {
  private static final SdkBytes BYTES = SdkBytes.fromByteArray(new byte[] {1, 2, -1});

  @Provide
  Arbitrary<Map<String, AttributeValue>> items() {
    return Items.items();
  }

  private static Map<String, AttributeValue> record(String text) throws InvalidItemException {
    byte[] utf8 = text.getBytes(UTF_8);
    return DataPipelineJson.parseRecord(utf8, 0, utf8.length);
  }

  private static String refused(Reason reason, String text) {
    return assertRefused(reason, () -> record(text));
  }

  @Test
  void everyTypeOfJson() throws InvalidItemException {
    assertThat(
        record(
            "{\"s\":{\"s\":\"x\"},\"n\":{\"n\":\"1.50\"},\"b\":{\"b\":\"AQL/\"},"
                + "\"ss\":{\"sS\":[\"x\",\"y\"]},\"ns\":{\"nS\":[\"1\"]},\"bs\":{\"bS\":[\"AQL/\"]},"
                + "\"m\":{\"m\":{\"a b\":{\"l\":[]}}},\"l\":{\"l\":[{\"m\":{}},{\"bOOL\":true}]},"
                + "\"z\":{\"nULL\":true},\"y\":{\"nULLValue\":true}}"),
        equalTo(
            Map.of(
                "s", fromS("x"),
                "n", fromN("1.50"),
                "b", AttributeValue.fromB(BYTES),
                "ss", AttributeValue.fromSs(List.of("x", "y")),
                "ns", AttributeValue.fromNs(List.of("1")),
                "bs", AttributeValue.fromBs(List.of(BYTES)),
                "m", fromM(Map.of("a b", fromL(List.of()))),
                "l", fromL(List.of(fromM(Map.of()), AttributeValue.fromBool(true))),
                "z", fromNul(true),
                "y", fromNul(true))));
    assertThat(
        record(" {\"a\":{\"S\":\"x\"},\"b\":{\"Bool\":false},\"c\":{\"NULL\":true}} "),
        equalTo(Map.of("a", fromS("x"), "b", AttributeValue.fromBool(false), "c", fromNul(true))));
  }

  @Test
  void theOlderText() throws InvalidItemException {
    assertThat(
        record("Name\u0003{\"s\":\"Hill\"}\u0002Elevation\u0003{\"n\":\"6135\"}"),
        equalTo(Map.of("Name", fromS("Hill"), "Elevation", fromN("6135"))));
    assertThat(
        record(
            "a b:c,d\u0003{\"s\":\"{}\"}\u0002\"é\u0003{\"m\":{\"x y\":{\"l\":[]},\"z\":{\"m\":{}}}}"
                + "\u0002l\u0003{\"l\":[]}\u0002m\u0003 {\"m\":{}} "),
        equalTo(
            Map.of(
                "a b:c,d", fromS("{}"),
                "\"é", fromM(Map.of("x y", fromL(List.of()), "z", fromM(Map.of()))),
                "l", fromL(List.of()),
                "m", fromM(Map.of()))));
  }

  @Test
  void anEscapedControlCharacterIsNoSeparator() throws InvalidItemException {
    assertThat(
        record("{\"a\":{\"s\":\"x\\u0003y\\u0002z\"}}"),
        equalTo(Map.of("a", fromS("x\u0003y\u0002z"))));
    assertThat(
        record("a\u0003{\"s\":\"x\\u0003y\\u0002z\"}"),
        equalTo(Map.of("a", fromS("x\u0003y\u0002z"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "[]",
        "[{\"a\":{\"s\":\"secret\"}}]",
        "1",
        "null",
        "\"secret\"",
        "{\"a\":{\"s\":\"secret\"}",
        "{\"a\":{\"s\":\"secret\"}}}",
        "{\"a\":{\"s\":\"secret\"},\"a\":{\"s\":\"b\"}}",
        "a\u0002b",
        "a\u0003",
        "a\u0003{\"s\":\"secret\"}\u0002",
        "a\u0003{\"s\":\"secret\"}\u0002b",
        "a\u0003{\"s\":\"secret\"}\u0002b\u0003",
        "\u0002a\u0003{\"s\":\"secret\"}",
        "a\u0003{\"s\":\"secret",
        "a\u0003{\"s\":\"secret\"}}",
        "a\u0003{\"s\":\"secret\"}{}",
        "a\u0003{\"s\":\"sec\u0003ret\"}",
        "a\u0003{\"s\":\"sec\u0002ret\"}",
        "a\u0003secret",
        "a\u0003{\"s\":\"secret\"}\u0002a\u0003{\"s\":\"b\"}",
        "{\"a\":{\"m\":\u0003{\"s\":\"secret\"}}}"
      })
  void malformedRecords(String text) {
    assertThat(refused(Reason.MALFORMED, text), not(containsString("secret")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"at\":\"secret\"}",
        "{\"at\":{\"st\":\"secret\"}}",
        "{\"at\":{\"\u017f\":\"secret\"}}",
        "{\"at\":{\"nULLVal\":true}}",
        "{\"at\":{\"s\":1}}",
        "{\"at\":{\"s\":\"a\",\"n\":\"1\"}}",
        "{\"at\":{\"nULL\":false}}",
        "{\"at\":{\"b\":\"*secret*\"}}",
        "at\u0003\"secret\"",
        "at\u0003{}",
        "at\u0003{\"l\":[\"secret\"]}",
        "at\u0003{\"pk\":{\"s\":\"secret\"}}"
      })
  void valuesOfNoType(String text) {
    assertThat(
        refused(Reason.NOT_OF_TYPE, text),
        allOf(containsString("attribute 'at"), not(containsString("secret"))));
  }

  @Test
  void messagesCountFromTheRecordsStart() {
    byte[] bad = "xxabc\u0003{\"s\":\"d\"}\u0002e\u0003{\"s\" 1}".getBytes(UTF_8);
    assertThat(
        assertRefused(Reason.MALFORMED, () -> DataPipelineJson.parseRecord(bad, 2, bad.length - 2)),
        containsString("near byte 22 of the record"));
  }

  @Test
  void textThatIsNotUtf8() {
    for (String text : List.of("{\"a\":{\"s\":\"\u00e9\"}}", "\u00e9\u0003{\"s\":\"\"}")) {
      byte[] bytes = text.getBytes(ISO_8859_1);
      assertRefused(Reason.NOT_UTF8, () -> DataPipelineJson.parseRecord(bytes, 0, bytes.length));
    }
    refused(Reason.NOT_UTF8, "a\u0003{\"s\":\"\\ud800\"}");
  }

  @Test
  void nesting() {
    refused(Reason.NESTING, "{\"a\":" + "{\"l\":[".repeat(40) + "]}".repeat(40) + "}");
    refused(Reason.NESTING, "a\u0003" + "{\"m\":{\"m\":".repeat(100_000));
  }

  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void everyItemComesBackFromBothForms(
      @ForAll("items") Map<String, AttributeValue> item, @ForAll long seed)
      throws InvalidItemException {
    StringBuilder json = new StringBuilder("{");
    StringBuilder text = new StringBuilder();
    boolean asText = !item.isEmpty();
    for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
      String one = ItemJson.toJson(Map.of(attribute.getKey(), attribute.getValue()));
      json.append(json.length() > 1 ? "," : "").append(one, 1, one.length() - 1);
      String value = ItemJson.toJson(Map.of("x", attribute.getValue()));
      text.append(text.isEmpty() ? "" : "\u0002").append(attribute.getKey()).append('\u0003');
      text.append(value, "{\"x\":".length(), value.length() - 1);
      asText &= attribute.getKey().chars().noneMatch(c -> c <= 3);
    }
    Random random = new Random(seed);
    assertThat(record(recased(json.append('}').toString(), random)), equalTo(item));
    if (asText) {
      assertThat(record(recased(text.toString(), random)), equalTo(item));
    }
  }

  /**
   * Types as a backup spells them, except M: an attribute of that name also has an object as its
   * value.
   */
  private static String recased(String json, Random random) {
    String out = json;
    for (String type : List.of("S", "N", "B", "SS", "NS", "BS", "L", "BOOL", "NULL")) {
      String lower = type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
      String spelled = random.nextInt(4) == 0 ? type : lower;
      out = out.replaceAll("\\{\"" + type + "\":(?=[\"\\[tf])", "{\"" + spelled + "\":");
    }
    return out;
  }
}

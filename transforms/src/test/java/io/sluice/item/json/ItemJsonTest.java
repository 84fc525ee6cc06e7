/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import static io.sluice.item.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemJsonTest {
  private static final Map<String, AttributeValue> A = Map.of("pk", fromS("a"));

  private static Map<String, AttributeValue> record(String json) throws InvalidItemException {
    return record(json.getBytes(UTF_8));
  }

  private static Map<String, AttributeValue> record(byte[] utf8) throws InvalidItemException {
    return ItemJson.parseRecord(utf8, 0, utf8.length);
  }

  private static String refused(Reason reason, String json) {
    return assertRefused(reason, () -> record(json));
  }

  @Test
  void everyTypeIsWritten() {
    Map<String, AttributeValue> item = new TreeMap<>();
    SdkBytes bytes = SdkBytes.fromByteArray(new byte[] {1, 2, -1});
    item.put("b", AttributeValue.fromB(bytes));
    item.put("bool", AttributeValue.fromBool(false));
    item.put("bs", AttributeValue.fromBs(List.of(bytes)));
    item.put("l", fromL(List.of(fromN("1.50"), fromL(List.of()))));
    item.put("m", fromM(Map.of("x", fromM(Map.of()))));
    item.put("ns", AttributeValue.fromNs(List.of("1", "2")));
    item.put("nul", fromNul(true));
    item.put("s", fromS("é\"\n😀"));
    item.put("ss", AttributeValue.fromSs(List.of("x", "y")));

    assertThat(
        ItemJson.toJson(item),
        equalTo(
            "{\"b\":{\"B\":\"AQL/\"},\"bool\":{\"BOOL\":false},\"bs\":{\"BS\":[\"AQL/\"]},"
                + "\"l\":{\"L\":[{\"N\":\"1.50\"},{\"L\":[]}]},\"m\":{\"M\":{\"x\":{\"M\":{}}}},"
                + "\"ns\":{\"NS\":[\"1\",\"2\"]},\"nul\":{\"NULL\":true},"
                + "\"s\":{\"S\":\"é\\\"\\n😀\"},\"ss\":{\"SS\":[\"x\",\"y\"]}}"));
  }

  @Test
  void unusableValuesAreNotWritten() {
    assertThrows(
        IllegalArgumentException.class, () -> ItemJson.toJson(Map.of("a", fromNul(false))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pk\":{\"S\":\"a\"}}",
        "{\"Item\":{\"pk\":{\"S\":\"a\"}}}",
        "{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"a\"}}}}",
        " \t{ \"Item\" : { \"pk\" : { \"S\" : \"\\u0061\" } } } \r\n"
      })
  void everyEnvelopeIsRead(String json) throws InvalidItemException {
    assertThat(record(json), equalTo(A));
  }

  @Test
  void anItemMayHaveAnEnvelopesName() throws InvalidItemException {
    assertThat(record("{\"Item\":{\"S\":\"x\"}}"), equalTo(Map.of("Item", fromS("x"))));
    assertThat(
        record("{\"Item\":{\"S\":\"x\"},\"pk\":{\"S\":\"a\"}}"),
        equalTo(Map.of("Item", fromS("x"), "pk", fromS("a"))));
    assertThat(
        record("{\"Item\":{\"M\":{\"a\":{\"S\":\"x\"}}}}"),
        equalTo(Map.of("Item", fromM(Map.of("a", fromS("x"))))));
    assertThat(record("{\"Item\":{\"Item\":{\"S\":\"x\"}}}"), equalTo(Map.of("Item", fromS("x"))));
    assertThat(record("{\"Item\":{\"M\":{}}}"), equalTo(Map.of("Item", fromM(Map.of()))));
    assertThat(record("{\"Item\":{}}"), equalTo(Map.of()));
    assertThat(record("{\"PutRequest\":{\"S\":\"x\"}}"), equalTo(Map.of("PutRequest", fromS("x"))));
    assertThat(
        record("{\"DeleteRequest\":{\"S\":\"x\"}}"), equalTo(Map.of("DeleteRequest", fromS("x"))));
    assertThat(
        record("{\"pk\":{\"S\":\"a\"},\"Item\":{\"NULL\":true}}"),
        equalTo(Map.of("pk", fromS("a"), "Item", fromNul(true))));
  }

  @Test
  void aRecordMayLieAnywhereInAnArray() throws InvalidItemException {
    byte[] utf8 = "xx{\"pk\":{\"S\":\"a\"}}yy".getBytes(UTF_8);
    byte[] bad = "xxxxx{\"pk\" {}}yy".getBytes(UTF_8);

    assertThat(ItemJson.parseRecord(utf8, 2, utf8.length - 4), equalTo(A));
    assertThat(
        assertRefused(Reason.MALFORMED, () -> ItemJson.parseRecord(bad, 5, bad.length - 7)),
        matchesPattern(".*near byte [67] of the record"));
    assertThrows(IndexOutOfBoundsException.class, () -> ItemJson.parseRecord(utf8, 2, utf8.length));
  }

  @Test
  void numbersKeepTheirText() throws InvalidItemException {
    assertThat(
        record(
            "{\"a\":{\"N\":\"1.50\"},\"b\":{\"N\":1.50},\"c\":{\"N\":-1E+5},\"d\":{\"NS\":[1,\"2\"]}}"),
        equalTo(
            Map.of(
                "a", fromN("1.50"),
                "b", fromN("1.50"),
                "c", fromN("-1E+5"),
                "d", AttributeValue.fromNs(List.of("1", "2")))));
    String digits = "1".repeat(5000);
    assertThat(record("{\"a\":{\"N\":" + digits + "}}"), equalTo(Map.of("a", fromN(digits))));
  }

  @Test
  void longStringsFit() throws InvalidItemException {
    String text = "x".repeat(21_000_000);
    assertThat(record("{\"a\":{\"S\":\"" + text + "\"}}").get("a").s().length(), is(21_000_000));
    String name = "n".repeat(100_000);
    assertThat(record("{\"" + name + "\":{\"S\":\"\"}}"), equalTo(Map.of(name, fromS(""))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{",
        "{\"pk\":{\"S\":\"secret",
        "{\"pk\":{\"S\":\"secret\"}",
        "{\"pk\":{\"S\":\"secret\"}}x",
        "{\"pk\":{\"S\":\"secret\"}} {}",
        "{\"Item\":{\"pk\":{\"S\":\"secret\"}}}}",
        "{\"pk\":{\"S\":\"secret\"},\"pk\":{\"S\":\"b\"}}",
        "{\"pk\":{\"M\":{\"a\":{\"S\":\"secret\"},\"a\":{\"S\":\"b\"}}}}",
        "{\"Item\":{\"pk\":{\"S\":\"a\"}},\"Item\":{\"pk\":{\"S\":\"a\"}}}",
        "{'pk':{'S':'secret'}}",
        "{\"pk\":{\"S\":\"a\nsecret\"}}",
        "{\"pk\":{\"S\":secret}}",
        "{\"pk\":{\"N\":01}}",
        "{\"pk\":{\"N\":+1}}",
        "{\"pk\":{\"N\":NaN}}",
        "secret"
      })
  void malformedRecords(String json) {
    assertThat(refused(Reason.MALFORMED, json), not(containsString("secret")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"DeleteRequest\":{\"Key\":{\"pk\":{\"S\":\"a\"}}}}",
        "{\"DeleteRequest\":{}}",
        "[]",
        "[{\"pk\":{\"S\":\"a\"}}]",
        "\"a\"",
        "1",
        "null"
      })
  void recordsThatAreNoItem(String json) {
    refused(Reason.NOT_AN_ITEM, json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"at\":\"secret\"}",
        "{\"at\":1}",
        "{\"at\":null}",
        "{\"at\":[]}",
        "{\"at\":{}}",
        "{\"at\":{\"X\":\"secret\"}}",
        "{\"at\":{\"s\":\"secret\"}}",
        "{\"at\":{\"S\":\"a\",\"N\":\"1\"}}",
        "{\"at\":{\"S\":1}}",
        "{\"at\":{\"S\":null}}",
        "{\"at\":{\"N\":true}}",
        "{\"at\":{\"B\":\"*secret*\"}}",
        "{\"at\":{\"B\":\"é\"}}",
        "{\"at\":{\"BS\":[\"secret!\"]}}",
        "{\"at\":{\"BOOL\":\"true\"}}",
        "{\"at\":{\"BOOL\":null}}",
        "{\"at\":{\"NULL\":false}}",
        "{\"at\":{\"NULL\":\"true\"}}",
        "{\"at\":{\"SS\":\"a\"}}",
        "{\"at\":{\"SS\":[1]}}",
        "{\"at\":{\"NS\":[[]]}}",
        "{\"at\":{\"L\":{}}}",
        "{\"at\":{\"L\":[\"a\"]}}",
        "{\"at\":{\"M\":[]}}",
        "{\"at\":{\"M\":{\"b\":\"a\"}}}",
        "{\"Item\":{\"at\":{\"S\":1}}}",
        "{\"PutRequest\":{\"Item\":{\"at\":{\"S\":1}}}}"
      })
  void valuesOfNoType(String json) {
    assertThat(
        refused(Reason.NOT_OF_TYPE, json),
        allOf(containsString("attribute 'at"), not(containsString("secret"))));
  }

  @Test
  void somethingBesideAnEnvelopeIsRefused() {
    refused(Reason.NOT_OF_TYPE, "{\"Item\":{\"pk\":{\"S\":\"a\"}},\"x\":1}");
    refused(Reason.NOT_OF_TYPE, "{\"Item\":{\"pk\":{\"S\":\"a\"}},\"x\":{\"S\":\"a\"}}");
    refused(Reason.NOT_OF_TYPE, "{\"Item\":1}");
    refused(
        Reason.NOT_OF_TYPE,
        "{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"a\"}}},\"x\":{\"S\":\"a\"}}");
    refused(
        Reason.NOT_OF_TYPE,
        "{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"a\"}},\"x\":{\"S\":\"a\"}}}");
    refused(Reason.NOT_OF_TYPE, "{\"PutRequest\":{\"Item\":1}}");
  }

  @Test
  void pathsLeadToTheValue() {
    assertThat(
        refused(Reason.NOT_OF_TYPE, "{\"a\":{\"M\":{\"b\":{\"L\":[{\"S\":\"x\"},{\"S\":1}]}}}}"),
        containsString("attribute 'a.b[1]'"));
  }

  @Test
  void textThatIsNotUtf8() {
    assertThat(
        assertRefused(Reason.NOT_UTF8, () -> record("{\"pk\":{\"S\":\"é\"}}".getBytes(ISO_8859_1))),
        containsString("byte 12 "));
    // An overlong slash, and a surrogate pair in two sequences: Jackson would take both.
    for (String bytes : List.of("\u00c0\u00af", "\u00ed\u00a0\u0080\u00ed\u00b0\u0080")) {
      assertRefused(
          Reason.NOT_UTF8,
          () -> record(("{\"pk\":{\"S\":\"" + bytes + "\"}}").getBytes(ISO_8859_1)));
    }
    assertRefused(Reason.MALFORMED, () -> record("{\"pk\":{\"S\":\"a\"}}".getBytes(UTF_16BE)));
  }

  @Test
  void loneSurrogates() throws InvalidItemException {
    assertThat(record("{\"pk\":{\"S\":\"\\ud83d\\ude00\"}}"), equalTo(Map.of("pk", fromS("😀"))));
    for (String bad : List.of("\\ud800", "\\udc00", "\\ud800x", "\\ude00\\ud83d")) {
      refused(Reason.NOT_UTF8, "{\"pk\":{\"S\":\"" + bad + "\"}}");
      refused(Reason.NOT_UTF8, "{\"pk\":{\"SS\":[\"" + bad + "\"]}}");
      refused(Reason.NOT_UTF8, "{\"pk\":{\"N\":\"" + bad + "\"}}");
      refused(Reason.NOT_UTF8, "{\"" + bad + "\":{\"S\":\"a\"}}");
      refused(Reason.NOT_UTF8, "{\"Item\":{\"pk\":{\"S\":\"" + bad + "\"}}}");
      refused(Reason.NOT_UTF8, "{\"Item\":{\"S\":\"" + bad + "\"}}");
    }
  }

  @Test
  void nesting() throws InvalidItemException {
    String leaf = "{\"S\":\"a\"}";
    assertThat(
        record("{\"a\":" + "{\"L\":[".repeat(31) + leaf + "]}".repeat(31) + "}").size(), is(1));
    assertThat(
        record("{\"Item\":{\"a\":" + "{\"M\":{\"m\":".repeat(31) + leaf + "}}".repeat(31) + "}}")
            .size(),
        is(1));

    refused(Reason.NESTING, "{\"a\":" + "{\"L\":[".repeat(32) + leaf + "]}".repeat(32) + "}");
    refused(Reason.NESTING, "{\"a\":" + "{\"L\":[".repeat(1_000_000));
    refused(Reason.NESTING, "{\"Item\":{\"a\":" + "{\"M\":{\"m\":".repeat(1_000_000));
    refused(Reason.NOT_AN_ITEM, "[".repeat(1_000_000));
  }

  @Test
  void aCallersParserEndsAtTheObjectsEnd() throws IOException, InvalidItemException {
    try (JsonParser in = new JsonFactory().createParser("[{\"pk\":{\"S\":\"a\"}},5]")) {
      in.nextToken();
      in.nextToken();

      assertThat(ItemJson.parse(in), equalTo(A));
      assertThat(in.currentToken(), is(JsonToken.END_OBJECT));
      assertThat(in.nextToken(), is(JsonToken.VALUE_NUMBER_INT));
    }
    try (JsonParser in =
        new JsonFactory().createParser("{\"a\":{\"S\":\"x\"},\"a\":{\"S\":\"y\"}}")) {
      in.nextToken();
      assertRefused(Reason.MALFORMED, () -> ItemJson.parse(in));
    }
  }

  @Test
  void oneValue() throws InvalidItemException {
    assertThat(
        ItemJson.parseValue(" {\"M\":{\"pk\":{\"S\":\"a\"}}} ".getBytes(UTF_8)), is(fromM(A)));
    assertRefused(Reason.NOT_OF_TYPE, () -> ItemJson.parseValue("{}".getBytes(UTF_8)));
    assertRefused(Reason.NOT_AN_ITEM, () -> ItemJson.parseValue("1".getBytes(UTF_8)));
    assertRefused(
        Reason.NOT_OF_TYPE, () -> ItemJson.parseValue("{\"S\":\"\",\"N\":\"1\"}".getBytes(UTF_8)));
    assertRefused(Reason.MALFORMED, () -> ItemJson.parseValue("{\"S\":\"\"}}".getBytes(UTF_8)));
  }

  @Test
  void attributesWithoutAnEnvelope() throws InvalidItemException {
    assertThat(
        ItemJson.parseAttributes("{\"Item\":{\"M\":{\"pk\":{\"S\":\"a\"}}}}".getBytes(UTF_8)),
        is(Map.of("Item", fromM(A))));
    assertThat(ItemJson.parseAttributes("{}".getBytes(UTF_8)), is(Map.of()));
    assertRefused(
        Reason.NOT_OF_TYPE,
        () -> ItemJson.parseAttributes("{\"Item\":{\"pk\":{\"S\":\"a\"}}}".getBytes(UTF_8)));
    assertRefused(Reason.NOT_AN_ITEM, () -> ItemJson.parseAttributes("[]".getBytes(UTF_8)));
  }
}

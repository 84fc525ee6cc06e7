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
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemRules;
import io.sluice.item.Reason;
import io.sluice.item.codec.Utf8;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class PlainJsonTest {

  private static Map<String, AttributeValue> record(String json) throws InvalidItemException {
    byte[] utf8 = json.getBytes(UTF_8);
    return PlainJson.parseRecord(utf8, 0, utf8.length);
  }

  private static String refused(Reason reason, String json) {
    return assertRefused(reason, () -> record(json));
  }

  @Test
  void everyValueHasAType() throws InvalidItemException {
    assertThat(
        record(
            " {\"s\":\"é\\\"\\n😀\",\"e\":\"\",\"n\":1.50,\"t\":true,\"f\":false,\"z\":null,"
                + "\"l\":[1,[],{\"x\":null}],\"m\":{\"a\":{},\"b c:d\":[\"y\"]}}\r\n"),
        equalTo(
            Map.of(
                "s", fromS("é\"\n😀"),
                "e", fromS(""),
                "n", fromN("1.50"),
                "t", fromBool(true),
                "f", fromBool(false),
                "z", fromNul(true),
                "l",
                    fromL(List.of(fromN("1"), fromL(List.of()), fromM(Map.of("x", fromNul(true))))),
                "m", fromM(Map.of("a", fromM(Map.of()), "b c:d", fromL(List.of(fromS("y"))))))));
    assertThat(record("{}"), equalTo(Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "1.0",
        "40.719382000000003",
        "12345678901234567890123456789012345678",
        "0.10000000000000000000000000000000000001",
        "-1E+5",
        "1e400",
        "0e99999999999",
        "9e99999999999"
      })
  void numbersKeepTheirText(String number) throws InvalidItemException {
    assertThat(record("{\"a\":" + number + "}"), equalTo(Map.of("a", fromN(number))));
    assertThat(
        record("{\"a\":[" + number + "]}"), equalTo(Map.of("a", fromL(List.of(fromN(number))))));
  }

  @Test
  void theRulesKnowNumbersOutOfRange() throws InvalidItemException {
    Map<String, AttributeValue> item = record("{\"a\":{\"b\":1e400}}");

    assertThat(
        assertRefused(Reason.NUMBER_RANGE, () -> ItemRules.check(item)),
        containsString("attribute 'a.b'"));
    String digits = "1".repeat(5000);
    assertThat(record("{\"a\":" + digits + "}"), equalTo(Map.of("a", fromN(digits))));
  }

  @Test
  void envelopesAreOrdinaryAttributes() throws InvalidItemException {
    assertThat(
        record("{\"Item\":{\"a\":{\"S\":\"x\"}}}"),
        equalTo(Map.of("Item", fromM(Map.of("a", fromM(Map.of("S", fromS("x"))))))));
  }

  @Test
  void theMapMayBeChanged() throws InvalidItemException {
    Map<String, AttributeValue> item = record("{\"a\":1}");
    item.put("b", fromS("x"));
    assertThat(item.size(), is(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{",
        "{\"pk\":\"secret",
        "{\"pk\":[\"secret\",",
        "{\"pk\":\"secret\"}x",
        "{\"pk\":\"secret\"} {}",
        "{\"pk\":\"secret\"},",
        "{\"pk\":\"secret\",}",
        "{\"pk\":\"secret\",\"pk\":2}",
        "{\"pk\":{\"a\":\"secret\",\"a\":1}}",
        "{'pk':'secret'}",
        "{pk:\"secret\"}",
        "{\"pk\":\"a\nsecret\"}",
        "{\"pk\":secret}",
        "{\"pk\":01}",
        "{\"pk\":+1}",
        "{\"pk\":.5}",
        "{\"pk\":NaN}",
        "{\"pk\":-Infinity}",
        "{\"pk\":1}/*secret*/",
        "secret"
      })
  void malformedRecords(String json) {
    assertThat(refused(Reason.MALFORMED, json), not(containsString("secret")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{\"pk\":\"a\"}]", "\"a\"", "1", "null", "true"})
  void recordsThatAreNoObject(String json) {
    refused(Reason.NOT_AN_ITEM, json);
  }

  @Test
  void textThatIsNotUtf8() {
    for (String bytes : List.of("\u00e9", "\u00c0\u00af", "\u00ed\u00a0\u0080\u00ed\u00b0\u0080")) {
      byte[] record = ("{\"pk\":\"" + bytes + "\"}").getBytes(ISO_8859_1);
      assertThat(
          assertRefused(Reason.NOT_UTF8, () -> PlainJson.parseRecord(record, 0, record.length)),
          containsString("byte 7 "));
    }
    byte[] utf16 = "{\"pk\":\"a\"}".getBytes(UTF_16BE);
    assertRefused(Reason.MALFORMED, () -> PlainJson.parseRecord(utf16, 0, utf16.length));
  }

  @Test
  void loneSurrogates() throws InvalidItemException {
    assertThat(record("{\"a\":\"\\ud83d\\ude00\"}"), equalTo(Map.of("a", fromS("😀"))));
    for (String bad : List.of("\\ud800", "\\udc00", "\\ud800x", "\\ude00\\ud83d")) {
      assertThat(refused(Reason.NOT_UTF8, "{\"at\":\"" + bad + "\"}"), containsString("'at'"));
      assertThat(refused(Reason.NOT_UTF8, "{\"at\":[\"" + bad + "\"]}"), containsString("'at[0]'"));
      refused(Reason.NOT_UTF8, "{\"" + bad + "\":1}");
      refused(Reason.NOT_UTF8, "{\"a\":{\"" + bad + "\":1}}");
    }
  }

  @Test
  void nesting() throws InvalidItemException {
    assertThat(record("{\"a\":" + "[".repeat(31) + "1" + "]".repeat(31) + "}").size(), is(1));
    assertThat(record("{\"a\":" + "{\"m\":".repeat(31) + "1" + "}".repeat(32)).size(), is(1));

    assertThat(
        refused(Reason.NESTING, "{\"a\":" + "[".repeat(32) + "1" + "]".repeat(32) + "}"),
        containsString("attribute 'a[0][0]"));
    refused(Reason.NESTING, "{\"a\":" + "[".repeat(1_000_000));
    refused(Reason.NESTING, "{\"a\":".repeat(1_000_000));
    refused(Reason.NOT_AN_ITEM, "[".repeat(1_000_000));
  }

  @Test
  void aRecordMayLieAnywhereInAnArray() throws InvalidItemException {
    byte[] utf8 = "xx{\"pk\":\"a\"}yy".getBytes(UTF_8);
    byte[] bad = "xxxxx{\"pk\" {}}yy".getBytes(UTF_8);

    assertThat(PlainJson.parseRecord(utf8, 2, utf8.length - 4), equalTo(Map.of("pk", fromS("a"))));
    assertThat(
        assertRefused(Reason.MALFORMED, () -> PlainJson.parseRecord(bad, 5, bad.length - 7)),
        allOf(matchesPattern(".*near byte [67] of the record")));
  }

  @Property(tries = 2000)
  void anyStringComesBack(@ForAll String name, @ForAll String value) throws InvalidItemException {
    String json = "{" + quoted(name) + ":[" + quoted(value) + "]}";
    if (isUnicode(name) && isUnicode(value)) {
      assertThat(record(json), equalTo(Map.of(name, fromL(List.of(fromS(value))))));
    } else {
      refused(Reason.NOT_UTF8, json);
    }
  }

  private static boolean isUnicode(String text) {
    return Utf8.length(text) != Utf8.LONE_SURROGATE;
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.chars().forEach(c -> out.append(String.format("\\u%04x", c)));
    return out.append('"').toString();
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.ion;

import static io.sluice.source.Records.item;
import static io.sluice.source.Records.refused;
import static io.sluice.source.Records.skipped;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import io.sluice.item.Reason;
import io.sluice.source.Records;
import io.sluice.source.Records.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class IonFormatTest {
  private static final IonFormat ION = new IonFormat();

  private static List<Result> read(String file) throws IOException {
    return Records.of(ION, file);
  }

  private static AttributeValue value(String ion) throws IOException {
    Result one = read("$ion_1_0 {Item:{a:" + ion + "}}\n").get(0);
    return one.item() == null ? null : one.item().get("a");
  }

  private static Reason refusal(String record) throws IOException {
    List<Result> read = read(record + "\n");
    assertThat(read.size(), is(1));
    assertThat(read.get(0).item(), nullValue());
    return read.get(0).reason();
  }

  private static Map<String, AttributeValue> pk(String value) {
    return Map.of("pk", fromS(value));
  }

  /** The example of the service's documentation. */
  @Test
  void anItemAsDynamoDbExportsIt() throws IOException {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("Authors", fromSs(List.of("Author1", "Author2")));
    item.put("Dimensions", fromS("8.5 x 11.0 x 1.5"));
    item.put("ISBN", fromS("333-3333333333"));
    item.put("Id", fromN("103"));
    item.put("InPublication", fromBool(false));
    item.put("PageCount", fromN("600"));
    item.put("Price", fromN("2000"));
    item.put("ProductCategory", fromS("Book"));
    item.put("Title", fromS("Book 103 Title"));
    assertThat(
        read(
            "$ion_1_0 {Item:{Authors:$dynamodb_SS::[\"Author1\",\"Author2\"],"
                + "Dimensions:\"8.5 x 11.0 x 1.5\",ISBN:\"333-3333333333\",Id:103.,"
                + "InPublication:false,PageCount:6d2,Price:2d3,ProductCategory:\"Book\","
                + "Title:\"Book 103 Title\"}}\n"),
        contains(item(0, item)));
  }

  @Test
  void everyType() throws IOException {
    SdkBytes bytes = SdkBytes.fromByteArray(new byte[] {0, (byte) 255});
    assertThat(value("\"a\\\"b\\x41\\u00e9é\\n\""), is(fromS("a\"bAéé\n")));
    assertThat(value("'''long ''' '''string'''"), is(fromS("long string")));
    assertThat(value("{{AP8=}}"), is(fromB(bytes)));
    assertThat(value("{{ AP 8= }}"), is(fromB(bytes)));
    assertThat(value("\"\\ud83d\\ude00\\U0001f600\\\"\""), is(fromS("😀😀\"")));
    assertThat(value("'''a\\\\''' /*/ c */"), is(fromS("a\\")));
    assertThat(value("true"), is(fromBool(true)));
    assertThat(value("null"), is(fromNul(true)));
    assertThat(value("$dynamodb_NS::[1., -2.5]"), is(fromNs(List.of("1", "-2.5"))));
    assertThat(value("$dynamodb_BS::[{{AP8=}}]"), is(fromBs(List.of(bytes))));
    assertThat(
        value("[1., \"x\", null, []]"),
        is(fromL(List.of(fromN("1"), fromS("x"), fromNul(true), fromL(List.of())))));
    assertThat(
        value("{'a b':{}, \"c\":false, d /* e */ : 1.}"),
        is(fromM(Map.of("a b", fromM(Map.of()), "c", fromBool(false), "d", fromN("1")))));
  }

  @ParameterizedTest
  @CsvSource({
    "103., 103",
    "1.50, 1.50",
    "0.1, 0.1",
    "-0., 0",
    "0d-5, 0",
    "6d2, 600",
    "1.5d-130, 1.5E-130",
    "9.9999999999999999999999999999999999999d125, 9.9999999999999999999999999999999999999E125",
    "12345678901234567890123456789012345678., 12345678901234567890123456789012345678",
    "0.12345678901234567890123456789012345678, 0.12345678901234567890123456789012345678",
    "42, 42",
    "-7, -7",
    "1_000., 1000",
  })
  void aNumberKeepsItsDigits(String ion, String n) throws IOException {
    assertThat(value(ion), is(fromN(n)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{Item:{a:1e2}}|NOT_OF_TYPE",
        "{Item:{a:null.string}}|NOT_OF_TYPE",
        "{Item:{a:x}}|NOT_OF_TYPE",
        "{Item:{a:2024-01-31T}}|NOT_OF_TYPE",
        "{Item:{a:(1)}}|NOT_OF_TYPE",
        "{Item:{a:{{\"clob\"}}}}|NOT_OF_TYPE",
        "{Item:{a:foo::1.}}|NOT_OF_TYPE",
        "{Item:{a:foo::[1.]}}|NOT_OF_TYPE",
        "{Item:{a:'foo'::[1.]}}|NOT_OF_TYPE",
        "{Item:{a:$dynamodb_SS::\"x\"}}|NOT_OF_TYPE",
        "{Item:{a:$dynamodb_BS::[1.]}}|NOT_OF_TYPE",
        "{Item:{a:nan}}|NOT_OF_TYPE",
        "{Item:{a:+inf}}|NOT_OF_TYPE",
        "{Item:{a:0x1F}}|NOT_OF_TYPE",
        "{Item:{a:2024T}}|NOT_OF_TYPE",
        "{Item:{a:$dynamodb_SS::[1.]}}|NOT_OF_TYPE",
        "{Item:{a:$dynamodb_SS::[null.string]}}|NOT_OF_TYPE",
        "{Item:{a:$dynamodb_NS::[\"1\"]}}|NOT_OF_TYPE",
        "{Item:{a:$dynamodb_SS::foo::[]}}|NOT_OF_TYPE",
        "{Item:foo::{a:1.}}|NOT_AN_ITEM",
        "foo::{Item:{a:1.}}|NOT_AN_ITEM",
        "{a:1.}|NOT_AN_ITEM",
        "{}|NOT_AN_ITEM",
        "{Item:1.}|NOT_AN_ITEM",
        "{Item:{},Item:{}}|NOT_AN_ITEM",
        "{Item:{},Other:1}|NOT_AN_ITEM",
        "[{Item:{}}]|NOT_AN_ITEM",
        "abc|NOT_AN_ITEM",
        "{Item:{a:1.,a:2.}}|MALFORMED",
        "{Item:{a:1.}}x|MALFORMED",
        "{Item:{a:1.}}{Item:{a:1.}|MALFORMED",
        "{Item:{a:1.}|MALFORMED",
        "{Item:{a:\"x}}|MALFORMED",
        "{Item:{a:1.}}}|MALFORMED",
        "{Item:{a:,}}|MALFORMED",
        "{Item:{$99:1.}}|MALFORMED",
        "{Item:{a:\"\\q\"}}|MALFORMED",
        "{Item:{a:{{?}}}}|MALFORMED",
        "{Item:{a:{{AQ=}}}}|MALFORMED",
        "{Item:{a:{{AQ==} }}}|MALFORMED",
        "{Item:{a:01.}}|MALFORMED",
        "{Item:{a:1.5.}}|MALFORMED",
        "{Item:{a:1__0.}}|MALFORMED",
        "{Item:{a:1d}}|MALFORMED",
        "{Item:{a:--1.}}|MALFORMED",
        "{Item:{null:1.}}|MALFORMED",
        "{Item:{a b:1.}}|MALFORMED",
        "{Item:{a:1. b:2.}}|MALFORMED",
        "{Item:{a:[1.}}}|MALFORMED",
        "{Item:{a:[1.;2.]}}|MALFORMED",
        "{Item:{a:é}}|MALFORMED",
        "{Item:{a:\"\t\u0001\"}}|MALFORMED",
        "{Item:{a:\"\\ud800\"}}|MALFORMED",
        "{Item:{a:\"\\udc00\"}}|MALFORMED",
        "{Item:{a:\"\\ud800x\"}}|MALFORMED",
        "{Item:{'\\ud800':1.}}|MALFORMED",
        "{Item:{'x\\udc00':1.}}|MALFORMED",
        "{Item:{a:1d9999999999999999999}}|NUMBER_RANGE",
      })
  void whatIsNoItem(String record, Reason reason) throws IOException {
    assertThat(refusal(record), is(reason));
  }

  @Test
  void bytesThatAreNoText() throws IOException {
    byte[] file = "{Item:{a:\"?\"}}\n{Item:{pk:\"k\"}}\n".getBytes(UTF_8);
    file[10] = (byte) 0xFF;
    assertThat(Records.of(ION, file), contains(refused(0, Reason.NOT_UTF8), item(15, pk("k"))));
  }

  @Test
  void linesAreIndependentOfEachOther() throws IOException {
    String good = "$ion_1_0 {Item:{pk:\"k\"}}\n";
    for (String bad :
        List.of(
            "{Item:{pk:\"x", "{Item:{pk:'''", "{Item:{a:{{", "{Item:{}}}", "/*", "{Item:{a:[")) {
      int second = good.length() + bad.length() + 1;
      assertThat(
          bad,
          read(good + bad + "\n" + good),
          contains(
              item(0, pk("k")), refused(good.length(), Reason.MALFORMED), item(second, pk("k"))));
      assertThat(
          bad,
          read(bad + "\n" + good),
          contains(refused(0, Reason.MALFORMED), item(bad.length() + 1, pk("k"))));
    }
  }

  @Test
  void blankLinesCommentsAndMarkersAreNoRecords() throws IOException {
    assertThat(
        read("$ion_1_0\n\n// none\n{Item:{pk:\"k\"}} // a comment\r\n"),
        contains(skipped(0), skipped(9), skipped(10), item(18, pk("k"))));
  }

  /** Values over several lines, and several on one. */
  @Test
  void aDocument() throws IOException {
    assertThat(
        read(
            "\uFEFF$ion_1_0\n{\n  Item:{\n    pk:\"}{\" // }\n  }\n}\n"
                + "$ion_1_0 {Item:{pk:'''\n''' /* { */}}{Item:{pk:\"b\"}} abc {Item:{pk:\"c\"}}"),
        contains(
            item(12, pk("}{")),
            item(55, pk("\n")),
            item(82, pk("b")),
            refused(98, Reason.NOT_AN_ITEM),
            item(102, pk("c"))));
  }

  @Test
  void aDocumentGoesOnBehindAValueThatIsNotClosed() throws IOException {
    for (String bad : List.of("{\n  Item:{", "{\n Item:{pk:'''x", "{Item:{pk:{{AA\n", "{\n/* ")) {
      String first = "{Item:{\npk:\"a\"}}\n";
      assertThat(
          bad,
          read(first + bad + "\n$ion_1_0 {Item:{pk:\"k\"}}"),
          contains(
              item(0, pk("a")),
              refused(first.length(), Reason.MALFORMED),
              item(first.length() + bad.length() + 10, pk("k"))));
    }
  }

  @Test
  void binaryIonIsRefusedByName() {
    byte[] file = {(byte) 0xE0, 1, 0, (byte) 0xEA, 0x0F};
    IOException e = assertThrows(IOException.class, () -> ION.open(new ByteArrayInputStream(file)));
    assertThat(e.getMessage(), is("it is binary Ion; only Ion text is read"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$ion_1_0 {Record:{Keys:{pk:\"a\"},Metadata:{WriteTimestampMicros:1.}}}",
        "{Record : {\n Metadata:{WriteTimestampMicros:1.}}}",
        "{Metadata:{WriteTimestampMicros:1.},Keys:{pk:\"a\"}}",
      })
  void changesAreRecognised(String file) {
    assertThat(ION.changesIn(file.getBytes(UTF_8)), is("an incremental export of DynamoDB"));
    assertThat(ION.changesIn("$ion_1_0 {Item:{Keys:{a:1.}}}".getBytes(UTF_8)), nullValue());
  }

  /** Each would take a parser that is not warned deep, or for ever. */
  @Test
  @Timeout(20)
  void hostileRecords() throws IOException {
    int size = 2 << 20;
    assertThat(refusal("{Item:{a:" + "[".repeat(size)), is(Reason.NESTING));
    assertThat(refusal("{Item:{a:" + "{a:".repeat(size)), is(Reason.NESTING));
    assertThat(
        refusal("{Other:" + "(".repeat(size) + ")".repeat(size) + "}"), is(Reason.NOT_AN_ITEM));
    assertThat(refusal("{Item:{a:" + "(".repeat(size)), is(Reason.NOT_OF_TYPE));
    assertThat(refusal("{Item:{a:" + "x::".repeat(size)), is(Reason.NOT_OF_TYPE));
    assertThat(refusal("{Item:{a:" + "/**/".repeat(size / 2)), is(Reason.MALFORMED));
    assertThat(refusal("{Item:{a:" + "9".repeat(size) + ".}}"), is(Reason.NUMBER_RANGE));
    assertThat(refusal("{Item:{a:-0." + "0".repeat(size) + "1}}"), is(Reason.NUMBER_RANGE));
    assertThat(refusal("{Item:{a:1d-999999999999999999999}}"), is(Reason.NUMBER_RANGE));
    assertThat(refusal("{Item:{a:\"" + "x".repeat(9 << 20)), is(Reason.RECORD_TOO_LONG));
    assertThat(value("\"" + "'".repeat(size) + "\"").s().length(), is(size));
  }

  @Test
  void nestingOfAnItem() throws IOException {
    assertThat(value("[".repeat(32) + "]".repeat(32)) == null, is(false));
    assertThat(refusal("{Item:{a:" + "[".repeat(33) + "]".repeat(33) + "}}"), is(Reason.NESTING));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.format.stream.ColumnText;
import io.sluice.format.stream.RecordSplitter;
import io.sluice.item.KeyAttribute;
import io.sluice.item.Reason;
import io.sluice.source.Reads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class JsonFormatTest {
  private static final JsonFormat JSON = JsonFormat.withColumns(Map.of());
  private static final Map<String, AttributeValue> ONE = Map.of("a", fromN("1"));
  private static final Map<String, AttributeValue> TWO =
      Map.of("a", fromL(List.of(fromN("2"), fromM(Map.of("b", fromS("]}"))))));

  private static JsonFormat keyed(String partitionKey, String sortKey) {
    return JSON.withKeys(List.of(KeyAttribute.parse(partitionKey), KeyAttribute.parse(sortKey)));
  }

  private static boolean splittable(String head) {
    return JSON.splittable(head.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}\n{\"a\":[2,{\"b\":\"]}\"}]}\n",
        "{\"a\":1}\r\n\r\n{\"a\":[2,{\"b\":\"]}\"}]}",
        "\n \n{\"a\":1}\n{\"a\":[2,{\"b\":\"]}\"}]}\n\n",
        "\uFEFF{\"a\":1}\n{\"a\":[2,{\"b\":\"]}\"}]}\n",
        "[{\"a\":1},{\"a\":[2,{\"b\":\"]}\"}]}]",
        "[\n  {\n    \"a\": 1\n  },\n  {\"a\":[2,\n{\"b\":\"]}\"}]}\n]\n",
        "\uFEFF [{\"a\":1},\n{\"a\":[2,{\"b\":\"]}\"}]}]",
        "{\n  \"a\": 1\n}\n{\n  \"a\": [\n    2,\n    {\"b\": \"]}\"}\n  ]\n}\n",
        "{\r\n\t\"a\": 1\r\n}\r\n{\r\n\t\"a\": [2,{\"b\":\"]}\"}]\r\n}",
        "{\"a\":1}{\"a\":[2,{\"b\":\"]}\"}]}",
        "{\"a\":1} \t{\"a\":[2,{\"b\":\"]}\"}]}\n"
      })
  void everyLayout(String file) {
    assertThat(Reads.outcomes(JSON, file), equalTo(List.of(ONE, TWO)));
  }

  @Test
  void anArrayInAnObjectIsNoEnvelope() {
    assertThat(
        Reads.outcomes(JSON, "{\"Items\":[{\"a\":1}],\"Count\":1}\n{\"a\":1}\n"),
        equalTo(List.of(Map.of("Items", fromL(List.of(fromM(ONE))), "Count", fromN("1")), ONE)));
    assertThat(
        Reads.outcomes(JSON, "{\n \"t\": [\n  {\"a\":1}\n ]\n}"),
        equalTo(List.of(Map.of("t", fromL(List.of(fromM(ONE)))))));
  }

  @Test
  void linesAreReadFromTheMiddleAndDocumentsAreNot() {
    assertThat(splittable("{\"a\":[1]}\n{\"a\":[2]}\n"), is(true));
    assertThat(splittable("{\"a\":[1]\n{\"a\":[2]}\n"), is(true));
    assertThat(splittable("{\"a\":[{\"b\":[1]}]}"), is(true));
    assertThat(splittable("garbage\n{\"a\":[1]}\n"), is(true));
    assertThat(splittable("\n\n{\"a\":\"}{\"}\n"), is(true));
    assertThat(splittable(""), is(true));
    assertThat(splittable(" [{\"a\":1}"), is(false));
    assertThat(splittable("{\n\"a\":1}"), is(false));
    assertThat(splittable("{\"a\":[\n1]}"), is(false));
    assertThat(splittable("{\"a\":1}{\"a\":2}\n"), is(false));
  }

  @Test
  void theOldLookIsAsItWas() {
    byte[] plain = "{\"a\":[1]}\n{\"a\":[2]}\n".getBytes(UTF_8);
    assertThat(JsonLayout.of(plain, JsonLayout.Envelopes.OPENED), is(JsonLayout.DOCUMENT));
    byte[] joined = "{\"a\":{}}{\"b\":{}}\n".getBytes(UTF_8);
    assertThat(JsonLayout.of(joined, JsonLayout.Envelopes.OPENED), is(JsonLayout.LINES));
  }

  @Test
  void aDamagedLineIsOneRejection() {
    assertThat(
        Reads.outcomes(
            JSON, "{\"a\":1}\n{\"a\":[\n{\"a\":1}\n[1,2]\n5\n{\"a\":1} x\nnull\n{\"a\":1}"),
        equalTo(
            List.of(
                ONE,
                Reason.MALFORMED,
                ONE,
                Reason.NOT_AN_ITEM,
                Reason.NOT_AN_ITEM,
                Reason.MALFORMED,
                Reason.NOT_AN_ITEM,
                ONE)));
    assertThat(
        Reads.outcomes(JSON, "{\"a\":[1,\n{\"a\":1}\n"), equalTo(List.of(Reason.MALFORMED, ONE)));
  }

  @Test
  void whatIsNoObjectInADocumentIsRejected() {
    assertThat(
        Reads.outcomes(
            JSON, "[{\"a\":1},5,[{\"a\":1}],\"x\",null,{\"a\" 1},{\"a\":1}] x\n{\"a\":1}"),
        equalTo(
            List.of(
                ONE,
                Reason.NOT_AN_ITEM,
                Reason.NOT_AN_ITEM,
                Reason.NOT_AN_ITEM,
                Reason.NOT_AN_ITEM,
                Reason.MALFORMED,
                ONE,
                Reason.MALFORMED,
                ONE)));
  }

  @Test
  void aDocumentThatIsCutShortIsSeen() {
    assertThat(Reads.outcomes(JSON, "[{\"a\":1},{\"a\":"), equalTo(List.of(ONE, Reason.MALFORMED)));
    assertThat(Reads.outcomes(JSON, "{\n\"a\":1}\n{"), equalTo(List.of(ONE, Reason.MALFORMED)));

    List<Reads.Read> reads = Reads.all(JSON, "[{\"a\":1},\n");
    assertThat(reads, hasSize(2));
    assertThat(
        reads.get(1),
        equalTo(
            new Reads.Read(
                10L,
                "",
                null,
                Reason.MALFORMED,
                "the JSON value is not closed before the end of the file")));
  }

  @Test
  void emptyFilesHoldNothing() {
    for (String file : List.of("", "\n \n", "\uFEFF", "[]", " [ ] \n")) {
      assertThat(Reads.outcomes(JSON, file), empty());
    }
  }

  @Test
  void offsetsAreThoseOfTheFile() {
    assertThat(
        Reads.all(JSON, "\uFEFF[ {\"a\":1} ,\n{\"é\":2}]").stream()
            .map(Reads.Read::offset)
            .toList(),
        equalTo(List.of(5L, 15L)));
  }

  @Test
  void aFileOfLinesIsReadInSlices() {
    byte[] file = "\uFEFF{\"a\":1}\r\n\n{\"b\":[2]}\n{\"c\":3}".getBytes(UTF_8);
    List<Reads.Read> whole = Reads.all(JSON, file);
    // No split is so small that it ends within the byte order mark.
    for (int cut = 4; cut < file.length; cut++) {
      List<Reads.Read> parts = new ArrayList<>(Reads.slice(JSON, file, 0, cut));
      parts.addAll(Reads.slice(JSON, file, cut, file.length));
      assertThat(parts, equalTo(whole));
    }
  }

  @Test
  void anArrayIsStreamed() throws IOException {
    // About 260 MB of records, of which only one is in memory at a time.
    int chunks = 4_000;
    byte[] records = ("{\"a\":[" + "1,".repeat(500) + "1]},").repeat(65).getBytes(UTF_8);
    Enumeration<InputStream> parts =
        Collections.enumeration(
            IntStream.rangeClosed(0, chunks + 1)
                .<InputStream>mapToObj(
                    i ->
                        new ByteArrayInputStream(
                            i == 0
                                ? "[".getBytes(UTF_8)
                                : i > chunks ? "{}]".getBytes(UTF_8) : records))
                .toList());
    RecordSplitter splitter = JSON.open(new SequenceInputStream(parts)).splitter();
    long count = 0;
    while (splitter.next()) {
      count++;
    }
    assertThat(count, is(chunks * 65L + 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "N; \"5\"; N 5",
        "N; \" .50 \"; N 0.5",
        "N; \"40.719382000000003\"; N 40.719382000000003",
        "N; \"0e99999999999\"; N 0",
        "N; 1.50; N 1.50",
        "N; \"1e400\"; NUMBER_RANGE",
        "N; \"x\"; NOT_OF_TYPE",
        "N; \"\"; NOT_OF_TYPE",
        "N; true; NOT_OF_TYPE",
        "N; null; NULL",
        "S; 1.50; S 1.50",
        "S; 1E+2; S 1E+2",
        "S; \"x\"; S x",
        "S; true; NOT_OF_TYPE",
        "S; [\"x\"]; NOT_OF_TYPE",
        "S; null; NULL",
        "B; \"AQL/\"; B AQL/",
        "B; \"*\"; NOT_OF_TYPE",
        "B; 1234; NOT_OF_TYPE",
        "B; {\"x\":1}; NOT_OF_TYPE",
        "BOOL; true; BOOL true",
        "BOOL; \"No\"; BOOL false",
        "BOOL; 1; BOOL true",
        "BOOL; 2; NOT_OF_TYPE",
        "BOOL; \"maybe\"; NOT_OF_TYPE",
        "BOOL; []; NOT_OF_TYPE",
        "SS; [\"x\",\"y\"]; SS [x, y]",
        "SS; \"[\\\"x\\\"]\"; SS [x]",
        "SS; [\"x\",1]; NOT_OF_TYPE",
        "SS; \"maybe\"; NOT_OF_TYPE",
        "NS; [1.50,-2]; NS [-2, 1.5]",
        "NS; [\"1\"]; NOT_OF_TYPE",
        "NS; [1e400]; NUMBER_RANGE",
        "BS; [\"*\"]; NOT_OF_TYPE",
        "L; \"[1]\"; L",
        "L; {}; NOT_OF_TYPE",
        "M; 1; NOT_OF_TYPE",
        "M; null; NULL",
        "JSON; \"1.50\"; N 1.50",
        "JSON; \"maybe\"; NOT_OF_TYPE",
        "JSON; 1.50; N 1.50"
      })
  void columnsHaveTypes(ColumnText.Type type, String value, String expected) {
    JsonFormat format = JsonFormat.withColumns(Map.of("at", type));
    Reads.Read read = Reads.all(format, "{\"at\":" + value + ",\"x\":\"5\"}\n").get(0);

    if (read.item() == null) {
      assertThat(String.valueOf(read.reason()), equalTo(expected));
      assertThat(read.message(), containsString("attribute 'at'"));
      assertThat(read.message(), not(containsString("maybe")));
    } else {
      assertThat(shown(read.item().get("at")), equalTo(expected));
      assertThat(read.item().get("x"), equalTo(fromS("5")));
    }
  }

  private static String shown(AttributeValue value) {
    return switch (value.type()) {
      case S -> "S " + value.s();
      case N -> "N " + value.n();
      case BOOL -> "BOOL " + value.bool();
      case B -> "B " + Base64.getEncoder().encodeToString(value.b().asByteArray());
      case SS -> "SS " + value.ss();
      case NS -> "NS " + value.ns();
      case L -> "L";
      default -> "NULL";
    };
  }

  @Test
  void aMissingColumnIsNoError() {
    JsonFormat format = JsonFormat.withColumns(Map.of("b", ColumnText.Type.N));
    assertThat(Reads.outcomes(format, "{\"a\":1}"), equalTo(List.of(ONE)));
  }

  @Test
  void onlyTheTopLevelHasColumns() {
    JsonFormat format = JsonFormat.withColumns(Map.of("b", ColumnText.Type.N));
    assertThat(
        Reads.outcomes(format, "{\"a\":{\"b\":\"5\"},\"b\":\"5\"}"),
        equalTo(List.of(Map.of("a", fromM(Map.of("b", fromS("5"))), "b", fromN("5")))));
  }

  @Test
  void keysTakeTheTypesOfTheTable() {
    assertThat(
        Reads.outcomes(keyed("pk:N", "sk:S"), "{\"pk\":\"0012.50\",\"sk\":1.50,\"x\":\"1\"}"),
        equalTo(List.of(Map.of("pk", fromN("12.5"), "sk", fromS("1.50"), "x", fromS("1")))));
    assertThat(
        Reads.outcomes(keyed("pk:B", "sk:N"), "{\"pk\":\"AQL/\",\"sk\":12345678901234567890.10}"),
        equalTo(
            List.of(
                Map.of(
                    "pk", fromB(SdkBytes.fromByteArray(new byte[] {1, 2, -1})),
                    "sk", fromN("12345678901234567890.10")))));
    assertThat(
        Reads.outcomes(keyed("pk:N", "sk:S"), "{\"pk\":\"x\",\"sk\":\"\"}"),
        equalTo(List.of(Reason.NOT_OF_TYPE)));
    assertThat(
        Reads.outcomes(keyed("pk:N", "sk:S"), "{\"pk\":null}"),
        equalTo(List.of(Map.of("pk", fromNul(true)))));
  }

  @Test
  void columnsGoBeforeKeys() {
    JsonFormat format =
        JsonFormat.withColumns(Map.of("pk", ColumnText.Type.BOOL))
            .withKeys(List.of(KeyAttribute.parse("pk:N")));
    assertThat(
        Reads.outcomes(format, "{\"pk\":\"1\"}"), equalTo(List.of(Map.of("pk", fromBool(true)))));
  }

  @Test
  void theFormatIsSerializable() {
    SerializableUtils.ensureSerializable(keyed("pk:N", "sk:S"));
  }

  @Test
  void messagesHoldNoContents() {
    Reads.Read read = Reads.all(JSON, "{\"a\":secret}").get(0);
    assertThat(read.item(), nullValue());
    assertThat(read.message(), allOf(not(containsString("secret")), containsString("near byte")));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import static io.sluice.file.Records.item;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.item.InvalidItemException;
import io.sluice.testing.ShortReads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Every shape in which DynamoDB JSON is met, and what becomes of damaged ones. */
class DynamoDbJsonFormatTest {
  private static final DynamoDbJsonFormat FORMAT = new DynamoDbJsonFormat();
  private static final String A = "{\"pk\":{\"S\":\"a\"}}";
  private static final String B = "{\"pk\":{\"S\":\"b\"}}";
  private static final String ITEM_A = "{\"Item\":" + A + "}";
  private static final String ITEM_B = "{\"Item\":" + B + "}";
  private static final String PUT_A = "{\"PutRequest\":" + ITEM_A + "}";
  private static final String PUT_B = "{\"PutRequest\":" + ITEM_B + "}";

  private static final Map<String, Map<String, AttributeValue>> ITEM =
      Map.of("a", Map.of("pk", fromS("a")), "b", Map.of("pk", fromS("b")));

  /** As `aws dynamodb scan` prints it. */
  private static final String SCAN =
      """
      {
          "Items": [
              {
                  "pk": {
                      "S": "a"
                  }
              },
              {
                  "pk": {
                      "S": "b"
                  }
              }
          ],
          "Count": 2,
          "ScannedCount": 2,
          "ConsumedCapacity": null
      }
      """;

  private static boolean splittable(String head) {
    return FORMAT.splittable(head.getBytes(UTF_8));
  }

  private static List<String> lines(String file) throws IOException {
    assertThat("is a file of lines", splittable(file), is(true));
    return read(file);
  }

  private static List<String> document(String file) throws IOException {
    assertThat("is a file of lines", splittable(file), is(false));
    return read(file);
  }

  private static List<String> read(String file) throws IOException {
    return read(file.getBytes(UTF_8));
  }

  /** What became of the records, which is the same however few bytes a read gives. */
  private static List<String> read(byte[] file) throws IOException {
    List<String> results = read(file, FORMAT.open(new ByteArrayInputStream(file)));
    if (file.length < 10_000) {
      for (int most : new int[] {1, 2, 3, 7}) {
        assertThat(read(file, FORMAT.open(new ShortReads(file, most))), equalTo(results));
      }
    }
    return results;
  }

  /** The key of {@code A} and {@code B}, other items, or the reason why it is none. */
  private static List<String> read(byte[] file, FileRecords records) throws IOException {
    List<String> results = new ArrayList<>();
    RecordSplitter splitter = records.splitter();
    while (splitter.next()) {
      int offset = (int) splitter.offset();
      byte[] record = splitter.record();
      assertThat(Arrays.copyOfRange(file, offset, offset + record.length), equalTo(record));
      try {
        splitter.checkWhole();
        Map<String, AttributeValue> item = records.parser().parse(record);
        results.add(
            item == null
                ? "skipped"
                : item.equals(ITEM.get("a"))
                    ? "a"
                    : item.equals(ITEM.get("b")) ? "b" : new TreeMap<>(item).toString());
      } catch (InvalidItemException e) {
        results.add(e.reason().name());
      }
    }
    return results;
  }

  @Test
  void linesWithItem() throws IOException {
    assertThat(lines(ITEM_A + "\n" + ITEM_B + "\n"), contains("a", "b"));
    assertThat(lines(ITEM_A + "\r\n" + ITEM_B), contains("a", "b"));
    assertThat("one line, not ended", lines(ITEM_A), contains("a"));
  }

  @Test
  void bareLines() throws IOException {
    assertThat(lines(A + "\n" + B + "\n"), contains("a", "b"));
    assertThat(lines(PUT_A + "\n" + PUT_B + "\n"), contains("a", "b"));
  }

  @Test
  void blankLinesAreSkipped() throws IOException {
    assertThat(lines(A + "\n\n \t\n" + B), contains("a", "skipped", "skipped", "b"));
    assertThat(lines("\n" + A + "\r\n\r\n"), contains("skipped", "a", "skipped"));
  }

  @Test
  void emptyFiles() throws IOException {
    assertThat(lines(""), empty());
    assertThat(lines("\ufeff"), empty());
    assertThat(document("[]"), empty());
    assertThat(document("{\"Items\":[],\"Count\":0}"), empty());
    assertThat(document("{\n  \"Items\": [],\n  \"Count\": 0\n}\n"), empty());
  }

  @Test
  void byteOrderMarks() throws IOException {
    assertThat(lines("\ufeff" + A + "\n" + B), contains("a", "b"));
    assertThat(document("\ufeff[" + A + "," + B + "]"), contains("a", "b"));
  }

  @Test
  void linesWithListsAtAnyDepth() throws IOException {
    Map<String, AttributeValue> item =
        Map.of("pk", fromL(List.of(fromL(List.of(fromM(Map.of("x", fromS("}]\"[{\\"))))))));
    String json = "{\"pk\":{\"L\":[{\"L\":[{\"M\":{\"x\":{\"S\":\"}]\\\"[{\\\\\"}}}]}]}}";
    assertThat(lines(json), contains(item.toString()));
    assertThat(lines(json + "\n" + A), contains(item.toString(), "a"));
    assertThat(lines("{\"Item\":" + json + "}\n"), contains(item.toString()));
    assertThat(document("[" + json + "," + A + "]"), contains(item.toString(), "a"));
    assertThat(document("{\"Items\":[" + json + "," + A + "]}"), contains(item.toString(), "a"));
  }

  @Test
  void scanOutput() throws IOException {
    assertThat(document(SCAN), contains("a", "b"));
    assertThat(document(SCAN.replace("\n", "\r\n")), contains("a", "b"));
    assertThat(document(SCAN.replaceAll("\\s+", "")), contains("a", "b"));
    assertThat(document(SCAN.replaceAll("\\s+", " ")), contains("a", "b"));
  }

  @Test
  void scanOutputWithTheCountFirst() throws IOException {
    String line =
        "{\"Count\":2,\"ConsumedCapacity\":{\"Table\":{\"CapacityUnits\":0.5}},\"Items\":["
            + A
            + ","
            + B
            + "]}";
    assertThat(document(line), contains("a", "b"));
    assertThat(
        document("{\n  \"Count\": 1,\n  \"Items\": [\n    " + A + "\n  ]\n}\n"), contains("a"));
  }

  @Test
  void whatFollowsTheItemsOfAnEnvelopeIsPassedOver() throws IOException {
    assertThat(
        document(
            "{\"Items\":["
                + A
                + "],\"NextToken\":\"]}[{\\\"\",\"LastEvaluatedKey\":{\"pk\":{\"S\":\"}\"}}}\n"
                + B),
        contains("a", "b"));
  }

  @Test
  void batchWriteRequests() throws IOException {
    assertThat(document("[" + PUT_A + "," + PUT_B + "]"), contains("a", "b"));
    assertThat(document("{\"trips\":[" + PUT_A + "," + PUT_B + "]}"), contains("a", "b"));
    assertThat(
        document("{\n \"trips\": [\n  " + PUT_A + ",\n  " + PUT_B + "\n ]\n}"), contains("a", "b"));
  }

  @Test
  void ofTwoTablesTheSecondIsRefused() throws IOException {
    assertThat(
        document("{\"trips\":[" + PUT_A + "],\"zones\":[" + PUT_B + "," + PUT_A + "]}"),
        contains("a", "NOT_AN_ITEM"));
    assertThat(
        "three of them",
        document("{\"t\":[" + PUT_A + "],\"u\":[" + PUT_B + "],\"v\":[]}"),
        contains("a", "NOT_AN_ITEM", "NOT_AN_ITEM"));
    JsonSplitter splitter =
        new JsonSplitter(
            new ByteArrayInputStream("{\"t\":[],\"u\":[{\"a]\": 1}]}".getBytes(UTF_8)));
    assertThat(splitter.next(), is(true));
    assertThat(new String(splitter.record(), UTF_8), is("[{\"a]\": 1}]"));
    InvalidItemException e = assertThrows(InvalidItemException.class, splitter::checkWhole);
    assertThat(e.getMessage(), containsString("second list"));
    assertThat(splitter.next(), is(false));
  }

  @Test
  void deleteRequestsAreRefused() throws IOException {
    String delete = "{\"DeleteRequest\":{\"Key\":" + A + "}}";
    assertThat(document("[" + delete + "," + PUT_A + "]"), contains("NOT_AN_ITEM", "a"));
    assertThat(lines(delete + "\n" + A), contains("NOT_AN_ITEM", "a"));
  }

  @Test
  void oneBigArray() throws IOException {
    assertThat(document("[" + A + "," + B + "]"), contains("a", "b"));
    assertThat(document("[\n" + A + ",\n" + B + "\n]\n"), contains("a", "b"));
    assertThat(document(" [ " + ITEM_A + " , " + B + " ] "), contains("a", "b"));
  }

  @Test
  void objectsOverSeveralLines() throws IOException {
    assertThat(
        document("{\n \"pk\": {\"S\": \"a\"}\n}\n{\n \"pk\": {\"S\": \"b\"}\n}\n"),
        contains("a", "b"));
    assertThat(
        document("{\n\"pk\": {\"S\": \"a\"}\n}{\n\"pk\": {\"S\": \"b\"}\n}"), contains("a", "b"));
  }

  @Test
  void stringsThatLookLikeStructure() throws IOException {
    String odd = "{\"}]\":{\"S\":\"[{\\\"\\\\\"}}";
    Map<String, AttributeValue> item = Map.of("}]", fromS("[{\"\\"));
    assertThat(lines(odd + "\n" + A), contains(item.toString(), "a"));
    assertThat(document("[" + odd + "," + A + "]"), contains(item.toString(), "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Item\":{\"pk\":{\"S\":\"x\"",
        "{\"Item\":{\"pk\":{\"S\":\"x",
        "{\"Item\":{\"pk\":{\"S\":\"x\\",
        "{\"Item\":{\"l\":{\"L\":[{\"S\":\"x\"},",
        "{\"Item\":{\"pk\":{\"S\":\"x\"}}}}",
        "{",
        ":{\"S\":\"x\"}}}",
        "pk,name",
      })
  void aDamagedFirstLineCostsOnlyItself(String damaged) throws IOException {
    List<String> rest = List.of("a", "b");
    for (String file :
        List.of(
            damaged + "\n" + ITEM_A + "\n" + ITEM_B + "\n",
            damaged + "\n" + ITEM_A + "\n" + ITEM_B)) {
      List<String> results = lines(file);
      assertThat(results.get(0), is("MALFORMED"));
      assertThat(results.subList(1, results.size()), equalTo(rest));
    }
    List<String> withBlanks = lines(damaged + "\r\n\r\n" + ITEM_A);
    assertThat(withBlanks.get(0), is("MALFORMED"));
    assertThat(withBlanks.subList(1, withBlanks.size()), contains("skipped", "a"));
  }

  @Test
  void aDamagedLineCostsOnlyItself() throws IOException {
    assertThat(
        lines(A + "\n{\"pk\":{\"S\":\n" + B + "\n{\"pk\""),
        contains("a", "MALFORMED", "b", "MALFORMED"));
  }

  @Test
  void linesOfOtherThings() throws IOException {
    assertThat(
        lines("1\n\"x\"\nnull\n" + A), contains("NOT_AN_ITEM", "NOT_AN_ITEM", "NOT_AN_ITEM", "a"));
    assertThat(lines(A + B), contains("MALFORMED"));
    assertThat("no types", lines("{\"a\":1}"), contains("NOT_OF_TYPE"));
  }

  @Test
  void elementsThatAreNoObjects() throws IOException {
    assertThat(
        document("[1,\"a,b]\"," + A + ",[{\"x\":[1,2]}],null\n]"),
        contains("NOT_AN_ITEM", "NOT_AN_ITEM", "a", "NOT_AN_ITEM", "NOT_AN_ITEM"));
  }

  @Test
  void aDamagedItemOfADocumentCostsOnlyItself() throws IOException {
    assertThat(document("[{\"pk\":{\"S\":a}}," + B + "]"), contains("MALFORMED", "b"));
  }

  @Test
  void anUnclosedItemTakesTheRestOfTheDocument() throws IOException {
    assertThat(
        "the end of the list closes the item, and the list has none",
        document("[" + A + ",{\"pk\":{\"S\":\"a\"}," + B + "]"),
        contains("a", "MALFORMED", "MALFORMED"));
    assertThat(document("[" + A + ",{\"pk\":{\"S\":\"a}}," + B + "]"), contains("a", "MALFORMED"));
  }

  /** Whatever is missing at the end of a document, it does not pass for a whole one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[A,B]",
        "{\"Items\":[A,B],\"Count\":2,\"x\":{\"y\":\"z\"}}",
        "{\"Items\":[A,B]}",
        "{\"t\":[A,B],\"u\":[A]}"
      })
  void aDocumentThatIsCutShortIsRefused(String shape) throws IOException {
    String whole = shape.replace("A", A).replace("B", B);
    int items = whole.indexOf('[') + 1;
    for (int length = items; length < whole.length(); length++) {
      String cut = whole.substring(0, length);
      List<String> results = document(cut);
      int last = results.size() - 1;
      assertThat(cut, results.get(last), is("MALFORMED"));
      assertThat(cut, results.subList(0, last), equalTo(read(whole).subList(0, last)));
    }
  }

  /** However little of a list is there, its items are not taken for all of them. */
  @Test
  void aListWithoutItsEndIsRefusedOnce() throws IOException {
    assertThat(document("["), contains("MALFORMED"));
    assertThat(document("{\"Items\":["), contains("MALFORMED"));
    assertThat(document("[" + A + "\n"), contains("a", "MALFORMED"));
    assertThat(document("{\"Items\":[" + A + "]\n"), contains("a", "MALFORMED"));
  }

  @Test
  void linesCanBeReadFromTheMiddle() throws IOException {
    byte[] file = (ITEM_A + "\n" + ITEM_B + "\n").getBytes(UTF_8);
    assertThat(Records.between(FORMAT, file, 0, 10), contains(item(0, ITEM.get("a"))));
    assertThat(Records.between(FORMAT, file, 10, 20), empty());
    assertThat(Records.between(FORMAT, file, 20, file.length), contains(item(26, ITEM.get("b"))));
  }

  @Test
  void theFirstItemMayFillTheHead() throws IOException {
    String large = "{\"pk\":{\"S\":\"" + "x".repeat(Format.HEAD_BYTES) + "\"}}";
    assertThat(splittable(large.substring(0, Format.HEAD_BYTES)), is(true));
    String file = large + "\n" + A;
    assertThat(
        read(file), contains(Map.of("pk", fromS("x".repeat(Format.HEAD_BYTES))).toString(), "a"));
    assertThat(
        read("[" + file.replace("\n", ",") + "]"),
        contains(Map.of("pk", fromS("x".repeat(Format.HEAD_BYTES))).toString(), "a"));
  }

  @Test
  void aRecordOfADocumentMayBeTooLong() throws Exception {
    byte[] file = new byte[RecordSplitter.MAX_RECORD_BYTES * 2];
    Arrays.fill(file, (byte) ' ');
    byte[] start = "[{\"pk\":".getBytes(UTF_8);
    System.arraycopy(start, 0, file, 0, start.length);
    byte[] end = ("{\"S\":\"a\"}}," + B + "]").getBytes(UTF_8);
    System.arraycopy(end, 0, file, file.length - end.length, end.length);
    assertThat(read(file), contains("RECORD_TOO_LONG", "b"));
  }

  @Test
  void numbersKeepTheirText() throws IOException {
    Map<String, AttributeValue> item = Map.of("n", fromN("40.719382000000003"), "z", fromN("1e5"));
    assertThat(
        lines("{\"n\":{\"N\":\"40.719382000000003\"},\"z\":{\"N\":1e5}}"),
        contains(new TreeMap<>(item).toString()));
  }

  @Test
  void notUtf8() throws IOException {
    byte[] file = (A + "\n" + B).getBytes(UTF_8);
    file[12] = (byte) 0xE9;
    assertThat(read(file), contains("NOT_UTF8", "b"));
  }

  /** Plain JSON in the place of DynamoDB JSON: whatever its lists look like, no record vanishes. */
  @Test
  void noRecordVanishesThatOnlyLooksLikeAnEnvelope() throws IOException {
    for (String line :
        List.of(
            "{\"id\":\"x\",\"tags\":[]}",
            "{\"id\":{\"S\":\"x\"},\"tags\":[]}",
            "{\"tags\":[],\"id\":\"x\"}",
            "{\"tags\":[],\"id\":{\"S\":\"x\"}}",
            "{\"Items\":[],\"id\":1}")) {
      List<Records.Result> results = Records.of(FORMAT, line + "\n");
      assertThat(line, results.stream().filter(r -> r.reason() != null).count() > 0, is(true));
    }
    assertThat(
        Records.of(
            FORMAT,
            "{\"Count\":0,\"Items\":[],\"ScannedCount\":0,\"NextToken\":\"abc\",\"ConsumedCapacity\":null}"),
        is(List.of()));
  }
}

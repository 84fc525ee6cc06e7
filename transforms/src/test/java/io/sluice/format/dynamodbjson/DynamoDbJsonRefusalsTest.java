/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.dynamodbjson;

import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.A;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.B;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.FORMAT;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.ITEM_A;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.ITEM_B;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.PUT_A;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.PUT_B;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.document;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.lines;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.json.JsonSplitter;
import io.sluice.format.stream.RecordSplitter;
import io.sluice.item.InvalidItemException;
import io.sluice.source.Records;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Anything in DynamoDB JSON that is damaged or not an item is refused, and costs no other record.
 */
class DynamoDbJsonRefusalsTest {
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

  /** Whatever is missing at the end of a document, it does not pass for a complete one. */
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
  void notUtf8() throws IOException {
    byte[] file = (A + "\n" + B).getBytes(UTF_8);
    file[12] = (byte) 0xE9;
    assertThat(read(file), contains("NOT_UTF8", "b"));
  }

  /** Plain JSON read as DynamoDB JSON: whatever its lists look like, no record is lost. */
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

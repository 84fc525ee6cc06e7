/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.dynamodbjson;

import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.A;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.B;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.FORMAT;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.ITEM;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.ITEM_A;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.ITEM_B;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.PUT_A;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.PUT_B;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.document;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.lines;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.read;
import static io.sluice.format.dynamodbjson.DynamoDbJsonFiles.splittable;
import static io.sluice.source.Records.item;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.format.Format;
import io.sluice.source.Records;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Every shape in which DynamoDB JSON occurs. */
class DynamoDbJsonFormatTest {
  /** The output of `aws dynamodb scan`. */
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
  void numbersKeepTheirText() throws IOException {
    Map<String, AttributeValue> item = Map.of("n", fromN("40.719382000000003"), "z", fromN("1e5"));
    assertThat(
        lines("{\"n\":{\"N\":\"40.719382000000003\"},\"z\":{\"N\":1e5}}"),
        contains(new TreeMap<>(item).toString()));
  }
}

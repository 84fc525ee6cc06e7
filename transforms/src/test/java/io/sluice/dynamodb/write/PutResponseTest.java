/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.capacity.Throttle;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class PutResponseTest {
  private static final String CONSUMED =
      """
      [{"TableName": "t", "CapacityUnits": 11.5, "Table": {"CapacityUnits": 5.0},
        "LocalSecondaryIndexes": {"l": {"CapacityUnits": 2.5}},
        "GlobalSecondaryIndexes": {"g": {"CapacityUnits": 3.0}, "h": {"CapacityUnits": 1.0}}}]""";

  private static PutResponse parse(String json) throws IOException {
    return PutResponse.parse(json.getBytes(UTF_8));
  }

  @Test
  void unitsAreThoseOfTheTableWithItsLocalIndexesAndOfEachGlobalOne() throws IOException {
    PutResponse response =
        parse("{\"UnprocessedItems\": {}, \"ConsumedCapacity\": " + CONSUMED + "}");

    assertThat(response.consumed(), is(Map.of(Throttle.TABLE, 7.5, "g", 3.0, "h", 1.0)));
    assertThat(response.units(), is(11.5));
    assertThat(response.unprocessed(), is(List.of()));
  }

  @Test
  void aTotalWithoutTheTableIsTheTables() throws IOException {
    PutResponse response =
        parse(
            "{\"ConsumedCapacity\": [{\"CapacityUnits\": 4}], \"UnprocessedItems\": {}, \"x\": [1]}");

    assertThat(response.consumed(), is(Map.of(Throttle.TABLE, 4.0)));
  }

  @Test
  void itemsThatWereLeftOverAreRead() throws IOException {
    PutResponse response =
        parse(
            """
            {"UnprocessedItems": {"t": [
              {"PutRequest": {"Item": {"id": {"S": "a"}}}},
              {"PutRequest": {"Item": {"id": {"S": "b"}, "n": {"N": "1"}}}}]}}""");

    assertThat(
        response.unprocessed(),
        is(List.of(Map.of("id", fromS("a")), Map.of("id", fromS("b"), "n", fromN("1")))));
    assertThat(response.consumed(), is(Map.of()));
  }

  @Test
  void keysWhoseItemsWereNotDeletedAreRead() throws IOException {
    PutResponse response =
        parse(
            """
            {"UnprocessedItems": {"t": [
              {"DeleteRequest": {"Key": {"id": {"S": "a"}}}},
              {"PutRequest": {"Item": {"id": {"S": "b"}}}}]}}""");

    assertThat(
        response.unprocessed(), is(List.of(Map.of("id", fromS("a")), Map.of("id", fromS("b")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"UnprocessedItems\": null}",
        "{\"UnprocessedItems\": {\"t\": null}}",
        "{\"UnprocessedItems\": {\"t\": [1]}}",
        "{\"UnprocessedItems\": {\"t\": [{\"DeleteRequest\": 1}]}}",
        "{\"UnprocessedItems\": {}",
        "<html></html>"
      })
  void whatDoesNotSayWhatWasLeftOverIsNoResponse(String body) {
    assertThrows(IOException.class, () -> parse(body));
  }

  @Test
  void theResponseOfTheSdkSaysTheSame() throws IOException {
    Capacity three = Capacity.builder().capacityUnits(3.0).build();
    BatchWriteItemResponse sdks =
        BatchWriteItemResponse.builder()
            .unprocessedItems(
                Map.of(
                    "t",
                    List.of(
                        WriteRequest.builder()
                            .putRequest(put -> put.item(Map.of("id", fromS("a"))))
                            .build(),
                        WriteRequest.builder()
                            .deleteRequest(delete -> delete.key(Map.of("id", fromS("b"))))
                            .build())))
            .consumedCapacity(
                ConsumedCapacity.builder()
                    .capacityUnits(11.5)
                    .table(t -> t.capacityUnits(5.0))
                    .localSecondaryIndexes(
                        Map.of("l", Capacity.builder().capacityUnits(2.5).build()))
                    .globalSecondaryIndexes(
                        Map.of("g", three, "h", Capacity.builder().capacityUnits(1.0).build()))
                    .build())
            .build();

    assertThat(
        PutResponse.of(sdks),
        is(
            parse(
                "{\"UnprocessedItems\": {\"t\": [{\"PutRequest\": {\"Item\": {\"id\": {\"S\": \"a\"}}}},"
                    + " {\"DeleteRequest\": {\"Key\": {\"id\": {\"S\": \"b\"}}}}]},"
                    + " \"ConsumedCapacity\": "
                    + CONSUMED
                    + "}")));
  }
}

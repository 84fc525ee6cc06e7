/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.emptyArray;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynamoDbExceptionTest {

  @ParameterizedTest
  @CsvSource({
    "ValidationException, com.amazon.coral.validate#ValidationException, message",
    "SerializationException, com.amazon.coral.service#SerializationException, Message",
    "AccessDeniedException, com.amazon.coral.service#AccessDeniedException, Message",
    "UnrecognizedClientException, com.amazon.coral.service#UnrecognizedClientException, message",
    "ConditionalCheckFailedException,"
        + " com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException, message",
    "TransactionCanceledException,"
        + " com.amazonaws.dynamodb.v20120810#TransactionCanceledException, Message",
  })
  void writesTypeAndMessageAsTheServiceDoes(String type, String qualified, String member)
      throws IOException {
    DynamoDbException e = DynamoDbException.of(type, "a \"b\"");

    assertThat(e.type(), is(type));
    assertThat(e.status(), is(400));
    assertThat(e.getMessage(), is("a \"b\""));
    assertThat(
        json(e), is("{\"__type\":\"" + qualified + "\",\"" + member + "\":\"a \\\"b\\\"\"}"));
  }

  @Test
  void writesNoMessageWhenThereIsNone() throws IOException {
    assertThat(
        json(DynamoDbException.of("UnknownOperationException", null)),
        is("{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}"));
  }

  @Test
  void writesMembersInTheirOrder() throws IOException {
    DynamoDbException e = DynamoDbException.conditionalCheckFailed();
    DynamoDbException more =
        e.with("Item", json -> ValueJson.writeItem(json, Map.of("a", new Value.S("b"))))
            .with("Other", json -> json.writeNumber(1));

    assertThat(
        json(more),
        is(
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                + "\"message\":\"The conditional request failed\","
                + "\"Item\":{\"a\":{\"S\":\"b\"}},\"Other\":1}"));
    assertThat(
        json(e),
        is(
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                + "\"message\":\"The conditional request failed\"}"));
  }

  @Test
  void hasAStatusOfItsOwnForAFaultOfTheServer() {
    DynamoDbException e = DynamoDbException.internal("oops").with("a", json -> json.writeNull());

    assertThat(e.status(), is(500));
    assertThat(e.type(), is("InternalServerError"));
  }

  @Test
  void namesTheCommonTypes() {
    assertThat(DynamoDbException.validation("a").type(), is("ValidationException"));
    assertThat(DynamoDbException.serialization("a").type(), is("SerializationException"));
    assertThat(DynamoDbException.notFound("a").type(), is("ResourceNotFoundException"));
    assertThat(DynamoDbException.inUse("a").type(), is("ResourceInUseException"));
  }

  @Test
  void hasNoStackTrace() {
    assertThat(DynamoDbException.validation("a").getStackTrace(), emptyArray());
  }

  private static String json(DynamoDbException e) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      e.write(json);
    }
    return text.toString();
  }
}

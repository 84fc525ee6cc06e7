/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WriteAnswerTest {

  private static final JsonFactory JSON = new JsonFactory();

  private static JsonParser parser(String json) throws IOException {
    return JSON.createParser(json.replace('\'', '"'));
  }

  private static Table table() throws IOException {
    String table =
        "{'TableName':'table','BillingMode':'PAY_PER_REQUEST',"
            + "'KeySchema':[{'AttributeName':'h','KeyType':'HASH'}],"
            + "'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'}]}";
    return new Tables(() -> Instant.EPOCH).create(JsonTree.read(parser(table)), "eu-west-1");
  }

  @Test
  void looksAtNoItemThatNobodyAskedFor() throws IOException {
    JsonParser json = parser("{'TableName':'table','Key':{'h':{'S':'a'}}}");
    json.nextToken();
    Request request = Request.read(json, ItemShapes.DELETE, Wording.CURRENT);
    // This has a size and no item, so that it cannot be decoded.
    StoredItem deleted = StoredItem.wrap(new byte[] {0, 0, 1});
    Change change = new Change(Optional.of(deleted), Optional.empty());

    StringWriter answer = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(answer)) {
      out.writeStartObject();
      WriteAnswer.of(request, table(), change, Optional.empty()).write(out);
      out.writeEndObject();
    }

    assertThat(answer.toString(), is("{}"));
  }
}

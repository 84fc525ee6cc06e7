/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.recovery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonFactory;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecoveryTest {

  private final InstantSource clock = () -> Instant.EPOCH;
  private final Tables tables = new Tables(clock);
  private final Recovery recovery = new Recovery(clock);

  private static Map<String, Object> tree(String json) throws IOException {
    return JsonTree.read(new JsonFactory().createParser(json.replace('\'', '"')));
  }

  private Table create() throws IOException {
    return tables.create(
        tree(
            "{'TableName':'abc','KeySchema':[{'AttributeName':'h','KeyType':'HASH'}],"
                + "'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'}],"
                + "'BillingMode':'PAY_PER_REQUEST'}"),
        "eu-west-1");
  }

  @Test
  void forgetsATableThatIsDeleted() throws IOException {
    Table table = create();
    recovery.enable(table, 1);
    tables.delete(tree("{'TableName':'abc'}"));
    assertThat(recovery.of(table), is(Optional.empty()));

    recovery.enable(table, 1);
    assertThat(recovery.of(table), is(Optional.empty()));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.store.Segment;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DeletedTableTest {

  private final Instant now = Instant.parse("2026-03-04T05:06:07.089Z");
  private final Tables tables = new Tables(() -> now);

  private Table create() {
    return tables.create(
        Requests.tree(
            "{'TableName':'one','AttributeDefinitions':[{'AttributeName':'id',"
                + "'AttributeType':'S'}],'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}],"
                + "'BillingMode':'PAY_PER_REQUEST'}"),
        "eu-west-1");
  }

  private static String error(Executable action) {
    DynamoDbException error = assertThrows(DynamoDbException.class, action);
    return error.type() + ": " + error.getMessage();
  }

  @Test
  void changesNoTableThatIsDeletedMeanwhile() {
    Table table = create();
    tables.delete(Requests.tree("{'TableName':'one'}"));
    Table later = create();
    String notFound =
        "ResourceNotFoundException: Requested resource not found: Table: one not found";

    UpdateTable update =
        UpdateTable.read(Requests.tree("{'TableName':'one','DeletionProtectionEnabled':true}"));
    assertThat(error(() -> table.update(update, now)), is(notFound));
    assertThat(error(() -> table.updateTags(tags -> Map.of("a", "b"))), is(notFound));
    assertThat(
        error(
            () ->
                table.updateTimeToLive(
                    TableShapes.TIME_TO_LIVE.convert(
                        Requests.tree(
                            "{'TableName':'one','TimeToLiveSpecification':"
                                + "{'AttributeName':'until','Enabled':true}}")))),
        is(notFound));
    assertThat(later.definition().deletionProtection(), is(false));
  }

  @Test
  void readsNoTableThatIsDeletedMeanwhile() {
    Table table = create();
    Map<String, Value> item = Map.of("id", new Value.S("abc"));
    table.store().put(item);
    Iterator<StoredItem> items = table.store().items().scan(Segment.WHOLE, Optional.empty());
    tables.delete(Requests.tree("{'TableName':'one'}"));

    String notFound = "ResourceNotFoundException: Requested resource not found";
    assertThat(error(items::hasNext), is(notFound));
    assertThat(error(() -> table.store().get(item)), is(notFound));
  }
}

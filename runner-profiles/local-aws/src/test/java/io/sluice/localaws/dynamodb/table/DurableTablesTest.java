/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.storage.Batch;
import io.sluice.localaws.dynamodb.storage.DiskStorage;
import io.sluice.localaws.dynamodb.storage.Storage;
import io.sluice.localaws.dynamodb.store.ItemStore;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableTablesTest {

  private static final String KEY =
      "'AttributeDefinitions':[{'AttributeName':'id','AttributeType':'S'}],"
          + "'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}]";

  private static final String RICH =
      "{'TableName':'rich','BillingMode':'PROVISIONED',"
          + "'ProvisionedThroughput':{'ReadCapacityUnits':7,'WriteCapacityUnits':8},"
          + "'WarmThroughput':{'ReadUnitsPerSecond':13000,'WriteUnitsPerSecond':5000},"
          + "'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'},"
          + "{'AttributeName':'r','AttributeType':'N'},{'AttributeName':'b','AttributeType':'B'}],"
          + "'KeySchema':[{'AttributeName':'h','KeyType':'HASH'},"
          + "{'AttributeName':'r','KeyType':'RANGE'}],"
          + "'LocalSecondaryIndexes':[{'IndexName':'local','KeySchema':["
          + "{'AttributeName':'h','KeyType':'HASH'},{'AttributeName':'b','KeyType':'RANGE'}],"
          + "'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['x','y']}}],"
          + "'GlobalSecondaryIndexes':[{'IndexName':'global','KeySchema':["
          + "{'AttributeName':'b','KeyType':'HASH'},{'AttributeName':'r','KeyType':'RANGE'}],"
          + "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':2},"
          + "'Projection':{'ProjectionType':'ALL'}}],"
          + "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'NEW_IMAGE'},"
          + "'TableClass':'STANDARD_INFREQUENT_ACCESS','DeletionProtectionEnabled':true,"
          + "'Tags':[{'Key':'a','Value':'b'},{'Key':'c','Value':''}]}";

  @TempDir private Path folder;

  private Instant now = Instant.parse("2026-03-04T05:06:07.089Z");
  private Tables tables;

  @BeforeEach
  void open() {
    tables = new Tables(() -> now, DiskStorage.open(folder));
  }

  @AfterEach
  void close() {
    tables.close();
  }

  private void reopen() {
    close();
    now = now.plusSeconds(60);
    open();
  }

  @Test
  void keepsAllThatIsSaidOfATable() {
    tables.create(Requests.tree(RICH), "eu-west-1");
    tables
        .get("rich")
        .store()
        .put(Map.of("h", new Value.S("one"), "r", new Value.N(BigDecimal.ONE)));
    tables.updateTimeToLive(
        Requests.tree(
            "{'TableName':'rich','TimeToLiveSpecification':"
                + "{'AttributeName':'until','Enabled':true}}"));
    String described = describe("rich");
    assertThat(described, containsString("eu-west-1"));
    Map<String, String> tags = tables.get("rich").definition().tags();
    reopen();

    assertThat(describe("rich"), is(described));
    assertThat(tables.get("rich").definition().tags(), is(tags));
    assertThat(tables.get("rich").timeToLive(), is(new TimeToLive(Optional.of("until"))));
  }

  @Test
  void keepsWhatIsChanged() {
    tables.create(
        Requests.tree("{'TableName':'one','BillingMode':'PAY_PER_REQUEST'," + KEY + "}"),
        "us-east-1");
    tables.get("one").store().put(Map.of("id", new Value.S("a"), "x", new Value.S("b")));
    tables.update(
        Requests.tree(
            "{'TableName':'one',"
                + "'AttributeDefinitions':[{'AttributeName':'x','AttributeType':'S'}],"
                + "'GlobalSecondaryIndexUpdates':[{'Create':{'IndexName':'new','KeySchema':["
                + "{'AttributeName':'x','KeyType':'HASH'}],"
                + "'Projection':{'ProjectionType':'KEYS_ONLY'}}}]}"));
    tables.tag(
        Requests.tree(
            "{'ResourceArn':'" + tables.get("one").arn() + "','Tags':[{'Key':'k','Value':'v'}]}"));
    reopen();

    assertThat(tables.get("one").store().index("new").get().count(), is(1L));
    assertThat(tables.get("one").definition().tags(), is(Map.of("k", "v")));
    tables.update(
        Requests.tree(
            "{'TableName':'one',"
                + "'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'new'}}]}"));
    reopen();

    assertThat(tables.get("one").definition().indexes(), is(List.of()));
    assertThat(tables.get("one").store().items().count(), is(1L));
    assertThat(tables.storage().names(), hasSize(2));
  }

  @Test
  void forgetsADeletedTableAndItsItems() {
    Map<String, Object> create =
        Requests.tree("{'TableName':'one','BillingMode':'PAY_PER_REQUEST'," + KEY + "}");
    Table deleted = tables.create(create, "us-east-1");
    deleted.store().put(Map.of("id", new Value.S("a")));
    tables.delete(Requests.tree("{'TableName':'one'}"));

    assertThat(
        assertThrows(
                DynamoDbException.class, () -> deleted.store().put(Map.of("id", new Value.S("b"))))
            .getMessage(),
        is("Requested resource not found"));
    reopen();
    assertThat(tables.list(Map.of()).names(), is(List.of()));
    tables.create(create, "us-east-1");
    assertThat(tables.get("one").store().items().count(), is(0L));
  }

  @Test
  void staysAsItWasWhenAChangeCannotBeSaved() {
    Map<String, Object> create =
        Requests.tree("{'TableName':'one','BillingMode':'PAY_PER_REQUEST'," + KEY + "}");
    Table table = tables.create(create, "us-east-1");
    TableDefinition definition = table.definition();
    tables.close();

    for (String change :
        List.of(
            "'DeletionProtectionEnabled':true",
            "'AttributeDefinitions':[{'AttributeName':'x','AttributeType':'S'}],"
                + "'GlobalSecondaryIndexUpdates':[{'Create':{'IndexName':'new','KeySchema':["
                + "{'AttributeName':'x','KeyType':'HASH'}],"
                + "'Projection':{'ProjectionType':'KEYS_ONLY'}}}]",
            "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'KEYS_ONLY'}")) {
      assertThrows(
          IllegalStateException.class,
          () -> tables.update(Requests.tree("{'TableName':'one'," + change + "}")));
    }
    assertThrows(
        IllegalStateException.class,
        () ->
            tables.updateTimeToLive(
                Requests.tree(
                    "{'TableName':'one','TimeToLiveSpecification':"
                        + "{'AttributeName':'until','Enabled':true}}")));
    assertThrows(
        IllegalStateException.class,
        () ->
            tables.tag(
                Requests.tree(
                    "{'ResourceArn':'" + table.arn() + "','Tags':[{'Key':'k','Value':'v'}]}")));
    assertThrows(
        IllegalStateException.class, () -> tables.delete(Requests.tree("{'TableName':'one'}")));

    assertThat(tables.get("one").definition(), is(definition));
    assertThat(table.store().index("new"), is(Optional.empty()));
    assertThat(table.stream(), is(Optional.empty()));
    assertThat(table.timeToLive(), is(TimeToLive.DISABLED));
  }

  @Test
  void hasNoRulesOfAnIndexWhoseEntriesCannotBeRemoved() {
    ItemStore store =
        tables
            .create(
                Requests.tree(
                    "{'TableName':'one','BillingMode':'PAY_PER_REQUEST',"
                        + KEY.replace("'S'}", "'S'},{'AttributeName':'x','AttributeType':'S'}")
                        + ",'GlobalSecondaryIndexes':[{'IndexName':'index','KeySchema':["
                        + "{'AttributeName':'x','KeyType':'HASH'}],"
                        + "'Projection':{'ProjectionType':'ALL'}}]}"),
                "us-east-1")
            .store();
    Map<String, Value> item = Map.of("id", new Value.S("a"), "x", new Value.S(""));
    assertThrows(DynamoDbException.class, () -> store.rules().checkPut(item));
    tables.close();
    assertThrows(IllegalStateException.class, () -> store.removeIndex("index"));

    assertThat(store.index("index"), is(Optional.empty()));
    assertDoesNotThrow(() -> store.rules().checkPut(item));
  }

  @Test
  void removesWhatAnUnfinishedDeletionLeft() {
    Storage storage = tables.storage();
    storage.write(new Batch().put(storage.map("items/left/index"), new byte[1], new byte[1]));
    storage.write(new Batch().put(storage.map("others"), new byte[1], new byte[1]));
    reopen();

    assertThat(List.copyOf(tables.storage().names()), is(List.of("others", "tables")));
  }

  private String describe(String name) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      TableJson.write(json, tables.get(name), "ACTIVE");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}

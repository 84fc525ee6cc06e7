/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TablesTest {

  private static final String KEY =
      "'AttributeDefinitions':[{'AttributeName':'id','AttributeType':'S'}],"
          + "'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}]";

  private Instant now = Instant.parse("2026-03-04T05:06:07.089Z");
  private final Tables tables = new Tables(() -> now);

  @Test
  void createsDescribesAndDeletes() {
    Table table = create("one", "");

    assertThat(tables.get("one"), is(sameInstance(table)));
    assertThat(tables.describe(named("one")), is(sameInstance(table)));
    assertThat(
        tables.describe(named("arn:aws:dynamodb:us-east-1:000000000000:table/one")),
        is(sameInstance(table)));
    assertThat(tables.delete(named("one")), is(sameInstance(table)));
    assertThat(
        error(() -> tables.get("one")),
        is("ResourceNotFoundException: Requested resource not found"));
    String notFound =
        "ResourceNotFoundException: Requested resource not found: Table: one not found";
    assertThat(error(() -> tables.describe(named("one"))), is(notFound));
    assertThat(error(() -> tables.delete(named("one"))), is(notFound));
    assertThat(
        error(
            () ->
                tables.update(
                    Requests.tree("{'TableName':'one','BillingMode':'PAY_PER_REQUEST'}"))),
        is(notFound));
  }

  @Test
  void createsATableOnce() {
    create("one", "");

    assertThat(
        error(() -> create("one", "")), is("ResourceInUseException: Table already exists: one"));
  }

  @Test
  void keepsAProtectedTable() {
    create("one", ",'DeletionProtectionEnabled':true");

    assertThat(
        error(() -> tables.delete(named("one"))),
        is(
            "ValidationException: Resource cannot be deleted as it is currently protected against "
                + "deletion. Disable deletion protection first."));
  }

  @Test
  void listsPages() {
    List.of("two", "one", "three").forEach(name -> create(name, ""));

    assertThat(list("{}"), is(new Tables.Names(List.of("one", "three", "two"), Optional.empty())));
    assertThat(
        list("{'Limit':3}"),
        is(new Tables.Names(List.of("one", "three", "two"), Optional.empty())));
    assertThat(
        list("{'Limit':2}"), is(new Tables.Names(List.of("one", "three"), Optional.of("three"))));
    assertThat(
        list("{'Limit':2,'ExclusiveStartTableName':'three'}"),
        is(new Tables.Names(List.of("two"), Optional.empty())));
    assertThat(list("{'ExclusiveStartTableName':'onf'}").names(), is(List.of("three", "two")));
    assertThat(
        error(() -> list("{'Limit':0,'ExclusiveStartTableName':'a;'}")),
        is(
            "ValidationException: 3 validation errors detected: Value 'a;' at "
                + "'exclusiveStartTableName' failed to satisfy constraint: Member must satisfy "
                + "regular expression pattern: [a-zA-Z0-9_.-]+; Value 'a;' at "
                + "'exclusiveStartTableName' failed to satisfy constraint: Member must have length "
                + "greater than or equal to 3; Value '0' at 'limit' failed to satisfy constraint: "
                + "Member must have value greater than or equal to 1"));
  }

  @Test
  void listsAHundredTablesAtMost() {
    IntStream.range(0, 101).forEach(i -> create("table" + (1000 + i), ""));

    Tables.Names first = list("{}");
    assertThat(first.names().size(), is(100));
    assertThat(first.last(), is(Optional.of("table1099")));
  }

  @Test
  void describesASmallTable() {
    Table table = create("one", "");
    table.store().put(Map.of("id", new Value.S("abc")));

    assertThat(
        description(table, "ACTIVE"),
        is(
            "{'AttributeDefinitions':[{'AttributeName':'id','AttributeType':'S'}],"
                + "'TableName':'one','KeySchema':[{'AttributeName':'id','KeyType':'HASH'}],"
                + "'TableStatus':'ACTIVE','CreationDateTime':1772600767.089,"
                + "'ProvisionedThroughput':{'NumberOfDecreasesToday':0,'ReadCapacityUnits':0,"
                + "'WriteCapacityUnits':0},'TableSizeBytes':5,'ItemCount':1,"
                + "'TableArn':'arn:aws:dynamodb:eu-west-1:000000000000:table/one',"
                + "'TableId':'an id','BillingModeSummary':{'BillingMode':'PAY_PER_REQUEST',"
                + "'LastUpdateToPayPerRequestDateTime':1772600767.089},"
                + "'TableThroughputModeSummary':{'TableThroughputMode':'PAY_PER_REQUEST',"
                + "'LastUpdateToPayPerRequestDateTime':1772600767.089},"
                + "'DeletionProtectionEnabled':false,"
                + "'WarmThroughput':{'ReadUnitsPerSecond':12000,'WriteUnitsPerSecond':4000,"
                + "'Status':'ACTIVE'}}"));
  }

  @Test
  void describesATableWithAllThatItCanHave() {
    Table table =
        tables.create(
            Requests.tree(
                "{'TableName':'all','AttributeDefinitions':["
                    + "{'AttributeName':'a','AttributeType':'S'},"
                    + "{'AttributeName':'b','AttributeType':'N'},"
                    + "{'AttributeName':'c','AttributeType':'B'}],"
                    + "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'},"
                    + "{'AttributeName':'b','KeyType':'RANGE'}],"
                    + "'ProvisionedThroughput':{'ReadCapacityUnits':3,'WriteCapacityUnits':4},"
                    + "'LocalSecondaryIndexes':[{'IndexName':'loc',"
                    + "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'},"
                    + "{'AttributeName':'c','KeyType':'RANGE'}],"
                    + "'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['x']}}],"
                    + "'GlobalSecondaryIndexes':[{'IndexName':'glo',"
                    + "'KeySchema':[{'AttributeName':'c','KeyType':'HASH'}],"
                    + "'Projection':{'ProjectionType':'ALL'},"
                    + "'ProvisionedThroughput':{'ReadCapacityUnits':5,'WriteCapacityUnits':6}}],"
                    + "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'OLD_IMAGE'},"
                    + "'TableClass':'STANDARD'}"),
            "us-east-1");

    assertThat(
        description(table, "CREATING"),
        is(
            "{'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'},"
                + "{'AttributeName':'b','AttributeType':'N'},"
                + "{'AttributeName':'c','AttributeType':'B'}],'TableName':'all',"
                + "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'},"
                + "{'AttributeName':'b','KeyType':'RANGE'}],'TableStatus':'CREATING',"
                + "'CreationDateTime':1772600767.089,'ProvisionedThroughput':{"
                + "'NumberOfDecreasesToday':0,'ReadCapacityUnits':3,'WriteCapacityUnits':4},"
                + "'TableSizeBytes':0,'ItemCount':0,"
                + "'TableArn':'arn:aws:dynamodb:us-east-1:000000000000:table/all',"
                + "'TableId':'an id','LocalSecondaryIndexes':[{'IndexName':'loc',"
                + "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'},"
                + "{'AttributeName':'c','KeyType':'RANGE'}],"
                + "'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['x']},"
                + "'IndexSizeBytes':0,'ItemCount':0,'IndexArn':"
                + "'arn:aws:dynamodb:us-east-1:000000000000:table/all/index/loc'}],"
                + "'GlobalSecondaryIndexes':[{'IndexName':'glo',"
                + "'KeySchema':[{'AttributeName':'c','KeyType':'HASH'}],"
                + "'Projection':{'ProjectionType':'ALL'},'IndexSizeBytes':0,'ItemCount':0,"
                + "'IndexArn':'arn:aws:dynamodb:us-east-1:000000000000:table/all/index/glo',"
                + "'IndexStatus':'CREATING','ProvisionedThroughput':{'NumberOfDecreasesToday':0,"
                + "'ReadCapacityUnits':5,'WriteCapacityUnits':6},"
                + "'WarmThroughput':{'ReadUnitsPerSecond':5,'WriteUnitsPerSecond':6,"
                + "'Status':'ACTIVE'}}],"
                + "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'OLD_IMAGE'},"
                + "'LatestStreamLabel':'2026-03-04T05:06:07.089','LatestStreamArn':"
                + "'arn:aws:dynamodb:us-east-1:000000000000:table/all/stream/"
                + "2026-03-04T05:06:07.089','TableClassSummary':{'TableClass':'STANDARD'},"
                + "'DeletionProtectionEnabled':false,"
                + "'WarmThroughput':{'ReadUnitsPerSecond':3,'WriteUnitsPerSecond':4,"
                + "'Status':'ACTIVE'}}"));
  }

  @Test
  void updatesIndexesAndItsDates() {
    Table table = create("one", "");
    table.store().put(Map.of("id", new Value.S("abc"), "x", new Value.S("y")));
    now = now.plusMillis(1000);
    tables.update(
        Requests.tree(
            "{'TableName':'one','AttributeDefinitions':[{'AttributeName':'x',"
                + "'AttributeType':'S'}],'GlobalSecondaryIndexUpdates':[{'Create':{"
                + "'IndexName':'new','KeySchema':[{'AttributeName':'x','KeyType':'HASH'}],"
                + "'Projection':{'ProjectionType':'ALL'}}}]}"));
    assertThat(table.store().index("new").get().count(), is(1L));

    tables.update(
        Requests.tree(
            "{'TableName':'one','StreamSpecification':{'StreamEnabled':true,"
                + "'StreamViewType':'KEYS_ONLY'}}"));
    String description = description(table, "UPDATING");
    assertThat(description.contains("'LatestStreamLabel':'2026-03-04T05:06:08.089'"), is(true));
    assertThat(
        description.contains("'LastUpdateToPayPerRequestDateTime':1772600767.089}"), is(true));

    tables.update(
        Requests.tree(
            "{'TableName':'one','GlobalSecondaryIndexUpdates':[{'Delete':{"
                + "'IndexName':'new'}}]}"));
    assertThat(table.store().index("new").isPresent(), is(false));
    assertThat(table.definition().indexes(), is(List.of()));
  }

  @Test
  void hasItemsExpire() {
    Table table = create("one", "");

    assertThat(timeToLive("when", true).timeToLive(), is(new TimeToLive(Optional.of("when"))));
    assertThat(
        error(() -> timeToLive("when", true)),
        is("ValidationException: TimeToLive is already enabled"));
    assertThat(
        error(() -> timeToLive("other", false)),
        is(
            "ValidationException: TimeToLive is active on a different AttributeName: current "
                + "AttributeName is when"));
    timeToLive("when", false);
    assertThat(table.timeToLive(), is(TimeToLive.DISABLED));
    assertThat(
        error(() -> timeToLive("when", false)),
        is("ValidationException: TimeToLive is already disabled"));
    assertThat(
        error(
            () ->
                tables.updateTimeToLive(
                    Requests.tree("{'TableName':'one','TimeToLiveSpecification':{}}"))),
        is(
            "ValidationException: 2 validation errors detected: Value null at "
                + "'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member "
                + "must not be null; Value null at 'timeToLiveSpecification.enabled' failed to "
                + "satisfy constraint: Member must not be null"));
  }

  @Test
  void tagsTables() {
    Table table = create("one", ",'Tags':[{'Key':'a','Value':'1'}]");
    String arn = "{'ResourceArn':'" + table.arn() + "'";
    tables.tag(Requests.tree(arn + ",'Tags':[{'Key':'a','Value':'2'},{'Key':'b','Value':'3'}]}"));
    tables.tag(Requests.tree(arn + ",'Tags':[{'Key':'c','Value':''}]}"));
    tables.untag(Requests.tree(arn + ",'TagKeys':['b','none']}"));

    assertThat(tables.tags(Requests.tree(arn + "}")), is(Map.of("a", "2", "c", "")));
    assertThat(
        error(() -> tables.tag(Requests.tree(arn + ",'Tags':[]}"))),
        is("ValidationException: Atleast one Tag needs to be provided as Input."));
    assertThat(
        error(() -> tables.untag(Requests.tree(arn + ",'TagKeys':[]}"))),
        is("ValidationException: Atleast one Tag Key needs to be provided as Input."));
    assertThat(
        error(() -> tables.tags(Requests.tree("{'ResourceArn':'one'}"))),
        is(
            "ValidationException: One or more parameter values were invalid: ARNs must start with "
                + "'arn:': one"));
    assertThat(
        error(
            () ->
                tables.tag(
                    Requests.tree(
                        arn
                            + ",'Tags':["
                            + IntStream.range(0, 49)
                                .mapToObj(i -> "{'Key':'" + i + "','Value':''}")
                                .collect(Collectors.joining(","))
                            + "]}"))),
        is(
            "ValidationException: Number of Tags exceed the current limit for the provided "
                + "ResourceArn"));
  }

  private Table create(String name, String more) {
    return tables.create(
        Requests.tree(
            "{'TableName':'" + name + "'," + KEY + ",'BillingMode':'PAY_PER_REQUEST'" + more + "}"),
        "eu-west-1");
  }

  private Tables.Names list(String json) {
    return tables.list(Requests.tree(json));
  }

  private Table timeToLive(String attribute, boolean enabled) {
    return tables.updateTimeToLive(
        Requests.tree(
            "{'TableName':'one','TimeToLiveSpecification':{'AttributeName':'"
                + attribute
                + "','Enabled':"
                + enabled
                + "}}"));
  }

  private static Map<String, Object> named(String name) {
    return Requests.tree("{'TableName':'" + name + "'}");
  }

  private static String error(Executable action) {
    DynamoDbException error = assertThrows(DynamoDbException.class, action);
    return error.type() + ": " + error.getMessage();
  }

  /** Writes the description of a table, without its random id. */
  private static String description(Table table, String status) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      TableJson.write(json, table, status);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString()
        .replace('"', '\'')
        .replaceAll("'TableId':'[0-9a-f-]{36}'", "'TableId':'an id'");
  }
}

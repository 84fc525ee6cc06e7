/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.capacity.Index;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.table.TableDefinition.Part;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.testing.ScriptedDynamoDb;
import io.sluice.testing.ScriptedDynamoDb.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Definitions of tables, by answers that a server of tests would not give. */
@Timeout(60)
class DefinitionsTest {
  private static final KeySchema KEY = KeySchema.of(KeyAttribute.parse("id:S"));

  private final ScriptedDynamoDb db = ScriptedDynamoDb.start();
  private final DynamoDbClient client =
      DynamoDbClient.builder()
          .endpointOverride(db.endpoint())
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
          .httpClientBuilder(ApacheHttpClient.builder())
          .build();
  private final List<String> refused = new ArrayList<>();

  @AfterEach
  void close() {
    client.close();
    db.close();
  }

  private static Answer error(String type) {
    return new Answer(400, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\"}", null);
  }

  private static Answer timeToLive(String status, String attribute) {
    return Answer.of(
        "{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"%s\",\"AttributeName\":\"%s\"}}"
            .formatted(status, attribute));
  }

  private static Answer described(String more) {
    String table = ScriptedDynamoDb.table("ACTIVE");
    return Answer.of(
        "{\"Table\":"
            + table.substring(0, table.length() - 1)
            + ",\"TableArn\":\"arn:t\""
            + more
            + "}}");
  }

  private static final Answer NO_ITEM = Answer.of("{\"Count\":0,\"Items\":[]}");
  private static final Answer ONE_ITEM =
      Answer.of("{\"Count\":1,\"Items\":[{\"id\":{\"S\":\"x\"}}]}");

  private TableDefinition definition() {
    return DescribeDefinition.named("t", client, refused::add).orElseThrow();
  }

  @Test
  void whatIsRefusedIsNotRecorded() {
    db.answer("DescribeTable", List.of(described("")));
    db.answer("DescribeTimeToLive", List.of(error("AccessDeniedException")));
    db.answer("ListTagsOfResource", List.of(error("UnknownOperationException")));
    assertThat(definition().notRecorded(), is(Set.of(Part.TIME_TO_LIVE, Part.TAGS)));
    assertThat(
        refused,
        contains(
            "the time to live of t: AccessDeniedException (HTTP 400)",
            "the tags of t: UnknownOperationException (HTTP 400)"));
  }

  @Test
  void tagsComeInPages() {
    db.answer("DescribeTable", List.of(described("")));
    db.answer("DescribeTimeToLive", List.of(timeToLive("DISABLING", "ends")));
    db.answer(
        "ListTagsOfResource",
        List.of(
            Answer.of("{\"Tags\":[{\"Key\":\"b\",\"Value\":\"1\"}],\"NextToken\":\"more\"}"),
            Answer.of("{\"Tags\":[{\"Key\":\"aws:x\",\"Value\":\"2\"}]}")));
    TableDefinition definition = definition();
    assertThat(refused, is(empty()));
    assertThat(definition.tags(), is(Map.of("b", "1", "aws:x", "2")));
    assertThat(definition.ownTags(), is(Map.of("b", "1")));
    assertThat(definition.timeToLive() == null, is(true));
    assertThat(CreationRequest.of("t", definition).tags().toString(), is("[Tag(Key=b, Value=1)]"));
  }

  @Test
  void vectorIndexesAndThoseThatAreDeleted() {
    db.answer(
        "DescribeTable",
        List.of(
            described(
                ",\"VectorIndexes\":[{\"IndexName\":\"v\"}],\"GlobalSecondaryIndexes\":["
                    + "{\"IndexName\":\"gone\",\"IndexStatus\":\"DELETING\",\"KeySchema\":["
                    + "{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],"
                    + "\"Projection\":{\"ProjectionType\":\"ALL\"}}]")));
    TableDefinition definition = definition();
    assertThat(definition.notRecorded().contains(Part.VECTOR_INDEXES), is(true));
    assertThat(definition.indexes(), is(empty()));
  }

  @Test
  void aDescriptionThatDescribesNoTable() {
    db.answer(
        "DescribeTable",
        List.of(
            described(
                ",\"LocalSecondaryIndexes\":[{\"IndexName\":\"x\",\"KeySchema\":["
                    + "{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],"
                    + "\"Projection\":{\"ProjectionType\":\"INCLUDE\"}}]")));
    Exception e = assertThrows(SdkException.class, this::definition);
    assertThat(e.getCause().toString(), containsString("0 included attributes"));
  }

  private TableDefinition ending() {
    return TableDefinition.of(KEY, Billing.ON_DEMAND).withTimeToLive("ends");
  }

  private TableInfo create() {
    return CreateTable.named("t", ending(), client, OnDemandUnits.NONE);
  }

  @Test
  void anotherWorkerMayEnableTheTimeToLiveMeanwhile() {
    db.answer("DescribeTable", List.of(described("")));
    db.answer(
        "DescribeTimeToLive", List.of(timeToLive("DISABLED", ""), timeToLive("ENABLING", "ends")));
    db.answer("UpdateTimeToLive", List.of(error("ValidationException")));
    db.answer("Scan", List.of(NO_ITEM));
    assertThat(create().keySchema(), is(KEY));
    assertThat(db.asked("UpdateTimeToLive"), is(1L));
    assertThat(create().exists(), is(true));
    assertThat(db.asked("UpdateTimeToLive"), is(1L));
    assertThat(db.asked("CreateTable"), is(0L));
  }

  @Test
  void aTimeToLiveThatIsRefusedFailsTheCreation() {
    db.answer("DescribeTable", List.of(described("")));
    db.answer("DescribeTimeToLive", List.of(timeToLive("DISABLED", "")));
    db.answer("UpdateTimeToLive", List.of(error("AccessDeniedException")));
    db.answer("Scan", List.of(NO_ITEM));
    assertThrows(DynamoDbException.class, this::create);
  }

  @Test
  void itemsThatSomebodyElseHasWrittenDoNotBeginToExpire() {
    db.answer("DescribeTable", List.of(described("")));
    db.answer("DescribeTimeToLive", List.of(timeToLive("DISABLED", "")));
    db.answer("Scan", List.of(ONE_ITEM));
    assertThat(create().keySchema(), is(KEY));
    assertThat(db.asked("UpdateTimeToLive"), is(0L));
  }

  @Test
  void aTableThatIsStillBeingCreatedIsUnfinished() {
    TableInfo table = TableInfo.toBe("t", ending(), OnDemandUnits.NONE);
    db.answer("DescribeTimeToLive", List.of(timeToLive("DISABLED", "")));
    db.answer("Scan", List.of(error("ResourceNotFoundException")));
    assertThat(CreateTable.isUnfinished(table, ending(), client), is(true));
  }

  @Test
  void theTimeToLiveOfAnotherStays() {
    db.answer("DescribeTable", List.of(described("")));
    db.answer("DescribeTimeToLive", List.of(timeToLive("ENABLED", "other")));
    Exception e = assertThrows(IllegalStateException.class, this::create);
    assertThat(
        e.getMessage(),
        is("the table t was given a time to live by 'other' meanwhile, not by 'ends'"));
    assertThat(db.asked("UpdateTimeToLive"), is(0L));
  }

  @Test
  void itIsUnfinishedWithoutTimeToLiveAndItems() {
    TableInfo table = TableInfo.toBe("t", ending(), OnDemandUnits.NONE);
    db.answer(
        "DescribeTimeToLive", List.of(timeToLive("ENABLED", "ends"), timeToLive("DISABLED", "")));
    db.answer("Scan", List.of(ONE_ITEM, NO_ITEM));
    assertThat(CreateTable.isUnfinished(table, ending(), client), is(false));
    assertThat(db.asked("Scan"), is(0L));
    assertThat(CreateTable.isUnfinished(table, ending(), client), is(false));
    assertThat(CreateTable.isUnfinished(table, ending(), client), is(true));
    TableDefinition endless = TableDefinition.of(KEY, Billing.ON_DEMAND);
    assertThat(CreateTable.isUnfinished(table, endless, client), is(false));
  }

  @Test
  void whatIsContradictory() {
    Billing five = new Billing(new Billing.Provisioned(5, 5));
    IndexDefinition index =
        new IndexDefinition(
            "x", KEY.attributes(), List.of(), Index.Projection.ALL, List.of(), five);
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new TableDefinition(
                    KEY, List.of(index), Billing.ON_DEMAND, null, null, null, Map.of(), Set.of()));
    assertThat(e.getMessage(), is("the index 'x' has another billing mode than the table"));
    assertThrows(IllegalArgumentException.class, () -> new Billing.Maximum(null, null));
    assertThrows(IllegalArgumentException.class, () -> new Billing.Maximum(1L, 0L));
    Billing.Maximum one = new Billing.Maximum(1L, null);
    assertThrows(
        IllegalArgumentException.class, () -> new Billing(new Billing.Provisioned(1, 1), one));
  }
}

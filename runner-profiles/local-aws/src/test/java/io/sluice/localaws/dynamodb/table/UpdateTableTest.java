/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.schema.BillingMode;
import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.schema.Throughput;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateTableTest {

  private static final String INVALID = "One or more parameter values were invalid: ";

  private static final TableDefinition PROVISIONED =
      create(
          "'ProvisionedThroughput':{'ReadCapacityUnits':3,'WriteCapacityUnits':4}",
          ",'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':1}");

  private static final TableDefinition ON_DEMAND = create("'BillingMode':'PAY_PER_REQUEST'", "");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'GlobalSecondaryIndexUpdates':[]|At least one of ProvisionedThroughput, BillingMode, "
            + "UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or "
            + "ReplicaUpdates is required",
        "'BillingMode':'PROVISIONED'|One or more parameter values were invalid: "
            + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED",
        "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':1000000000001}|Given "
            + "value 1000000000001 for WriteCapacityUnits is out of bounds",
        "'GlobalSecondaryIndexUpdates':[{}]|One or more parameter values were invalid: One of "
            + "GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
            + "GlobalSecondaryIndexUpdate.Delete must not be null",
        "'GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'abc'},'Delete':{'IndexName':"
            + "'abc'}}]|One or more parameter values were invalid: Only one global secondary index "
            + "action is allowed per GlobalSecondaryIndexUpdate object",
        "'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'abc'}},{'Delete':{'IndexName':"
            + "'abc'}}]|One or more parameter values were invalid: Only one global secondary index "
            + "update per index is allowed simultaneously. Index: abc",
        "'GlobalSecondaryIndexUpdates':[{'Delete':{}},{'Create':{'IndexName':'a'}}]|4 validation "
            + "errors detected: Value null at "
            + "'globalSecondaryIndexUpdates.1.member.delete.indexName' failed to satisfy "
            + "constraint: Member must not be null; Value null at "
            + "'globalSecondaryIndexUpdates.2.member.create.projection' failed to satisfy "
            + "constraint: Member must not be null; Value 'a' at "
            + "'globalSecondaryIndexUpdates.2.member.create.indexName' failed to satisfy "
            + "constraint: Member must have length greater than or equal to 3; Value null at "
            + "'globalSecondaryIndexUpdates.2.member.create.keySchema' failed to satisfy "
            + "constraint: Member must not be null",
        "'TableClass':'FAST'|Invalid table-class parameter provided. Please try again with a valid "
            + "table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS].",
      })
  void checksRequests(String member, String message) {
    assertThat(
        assertThrows(DynamoDbException.class, () -> UpdateTable.read(Requests.tree(json(member))))
            .getMessage(),
        is(message));
  }

  @Test
  void changesProvisionedThroughput() {
    TableDefinition table =
        apply(
            PROVISIONED,
            "'ProvisionedThroughput':{'ReadCapacityUnits':5,'WriteCapacityUnits':4},"
                + "'GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'glo',"
                + "'ProvisionedThroughput':{'ReadCapacityUnits':7,'WriteCapacityUnits':8}}}]");

    assertThat(table.throughput(), is(Throughput.provisioned(5, 4)));
    assertThat(table.index("glo").get().throughput(), is(Throughput.provisioned(7, 8)));
    assertThat(
        rejects(
            PROVISIONED, "'ProvisionedThroughput':{'ReadCapacityUnits':3,'WriteCapacityUnits':4}"),
        is(
            "ValidationException: The provisioned throughput for the table will not change. The "
                + "requested value equals the current value. Current ReadCapacityUnits provisioned "
                + "for the table: 3. Requested ReadCapacityUnits: 3. Current WriteCapacityUnits "
                + "provisioned for the table: 4. Requested WriteCapacityUnits: 4. Refer to the "
                + "Amazon DynamoDB Developer Guide for current limits and how to request higher "
                + "limits."));
  }

  @Test
  void changesHowATableIsPaidFor() {
    TableDefinition onDemand =
        apply(
            PROVISIONED,
            "'BillingMode':'PAY_PER_REQUEST','OnDemandThroughput':{'MaxReadRequestUnits':9}");

    assertThat(onDemand.billing(), is(BillingMode.PAY_PER_REQUEST));
    assertThat(onDemand.throughput(), is(new Throughput(0, 0, 9, 0, 0, 0)));
    assertThat(onDemand.index("glo").get().throughput(), is(Throughput.ON_DEMAND));

    String units = "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':2}";
    assertThat(
        rejects(onDemand, "'BillingMode':'PROVISIONED'," + units),
        is(
            "ValidationException: "
                + INVALID
                + "ProvisionedThroughput must be specified for index: glo"));
    TableDefinition back =
        apply(
            onDemand,
            "'BillingMode':'PROVISIONED',"
                + units
                + ",'GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'glo',"
                + units
                + "}}]");
    assertThat(back.billing(), is(BillingMode.PROVISIONED));
    assertThat(back.throughput(), is(Throughput.provisioned(1, 2)));
    assertThat(back.index("glo").get().throughput(), is(Throughput.provisioned(1, 2)));

    assertThat(apply(ON_DEMAND, "'BillingMode':'PAY_PER_REQUEST'"), is(ON_DEMAND));
    assertThat(
        rejects(ON_DEMAND, units),
        is(
            "ValidationException: "
                + INVALID
                + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                + "BillingMode is PAY_PER_REQUEST"));
  }

  @Test
  void changesLimitsOnDemand() {
    TableDefinition limited =
        apply(
            ON_DEMAND,
            "'OnDemandThroughput':{'MaxReadRequestUnits':9,'MaxWriteRequestUnits':8},"
                + "'GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'glo',"
                + "'OnDemandThroughput':{'MaxReadRequestUnits':7}}}]");

    assertThat(limited.throughput(), is(new Throughput(0, 0, 9, 8, 0, 0)));
    assertThat(limited.index("glo").get().throughput(), is(new Throughput(0, 0, 7, 0, 0, 0)));
    assertThat(
        apply(limited, "'OnDemandThroughput':{'MaxReadRequestUnits':-1}").throughput(),
        is(new Throughput(0, 0, 0, 8, 0, 0)));
    assertThat(
        rejects(limited, "'OnDemandThroughput':{'MaxReadRequestUnits':0}"),
        is(
            "ValidationException: "
                + INVALID
                + "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of "
                + "valid range"));
    assertThat(
        rejects(PROVISIONED, "'OnDemandThroughput':{'MaxReadRequestUnits':1}"),
        is(
            "ValidationException: "
                + INVALID
                + "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table "
                + "BillingMode is PROVISIONED"));
  }

  @Test
  void raisesWarmThroughput() {
    TableDefinition warm = apply(ON_DEMAND, "'WarmThroughput':{'ReadUnitsPerSecond':20000}");

    assertThat(warm.throughput(), is(new Throughput(0, 0, 0, 0, 20000, 4000)));
    assertThat(
        rejects(warm, "'WarmThroughput':{'ReadUnitsPerSecond':19999}"),
        is(
            "ValidationException: "
                + INVALID
                + "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current "
                + "WarmThroughput, decreasing WarmThroughput is not supported"));
  }

  @Test
  void createsAndDeletesAnIndex() {
    TableDefinition more =
        apply(
            ON_DEMAND,
            "'AttributeDefinitions':[{'AttributeName':'d','AttributeType':'N'},"
                + "{'AttributeName':'e','AttributeType':'B'},"
                + "{'AttributeName':'unused','AttributeType':'S'}],"
                + "'GlobalSecondaryIndexUpdates':[{'Create':{'IndexName':'new',"
                + "'KeySchema':[{'AttributeName':'d','KeyType':'HASH'},"
                + "{'AttributeName':'e','KeyType':'RANGE'}],"
                + "'Projection':{'ProjectionType':'KEYS_ONLY'}}}]");

    KeyAttribute d = new KeyAttribute("d", KeyAttribute.Type.N);
    KeyAttribute e = new KeyAttribute("e", KeyAttribute.Type.B);
    assertThat(
        more.index("new"),
        is(
            Optional.of(
                new IndexDefinition(
                    "new",
                    IndexDefinition.Kind.GLOBAL,
                    new KeySchema(List.of(d), List.of(e)),
                    IndexDefinition.Projection.KEYS_ONLY,
                    List.of(),
                    Throughput.ON_DEMAND))));
    assertThat(
        more.attributes().stream().map(KeyAttribute::name).toList(),
        is(List.of("a", "b", "c", "d", "e")));
    assertThat(
        apply(more, "'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'new'}}]"),
        is(ON_DEMAND));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{'Delete':{'IndexName':'none'}}]|ResourceNotFoundException: Requested resource not "
            + "found: Index: none not found",
        "[{'Update':{'IndexName':'none'}}]|ResourceNotFoundException: Requested resource not "
            + "found: Index: none not found",
        "[{'Delete':{'IndexName':'loc'}}]|ValidationException: Cannot delete an index that is not "
            + "a GlobalSecondaryIndex: loc",
        "[{'Update':{'IndexName':'loc'}}]|ValidationException: Cannot update an index that is not "
            + "a GlobalSecondaryIndex: loc",
        "[{'Delete':{'IndexName':'glo'}},{'Delete':{'IndexName':'lob'}}]|LimitExceededException: "
            + "Subscriber limit exceeded: Only 1 online index can be created or deleted "
            + "simultaneously per table",
        "[{'Create':{'IndexName':'glo','KeySchema':[{'AttributeName':'z','KeyType':'HASH'}],"
            + "'Projection':{}}}]|ValidationException: Attempting to create an index which already "
            + "exists",
      })
  void checksIndexes(String updates, String message) {
    assertThat(rejects(ON_DEMAND, "'GlobalSecondaryIndexUpdates':" + updates), is(message));
  }

  @Test
  void startsAndStopsAStream() {
    String start = "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'KEYS_ONLY'}";
    String stop = "'StreamSpecification':{'StreamEnabled':false}";
    TableDefinition streaming = apply(ON_DEMAND, start);

    assertThat(streaming.stream(), is(Optional.of(TableDefinition.StreamView.KEYS_ONLY)));
    assertThat(apply(streaming, stop), is(ON_DEMAND));
    assertThat(
        rejects(streaming, start),
        is("ValidationException: Table already has an enabled stream: TableName: tab"));
    assertThat(
        rejects(ON_DEMAND, stop),
        is("ValidationException: Table has no stream to disable: TableName: tab"));
    assertThat(
        rejects(ON_DEMAND, "'StreamSpecification':{'StreamEnabled':true}"),
        is(
            "ValidationException: "
                + INVALID
                + "If stream is being enabled then UpdateViewType is required"));
    assertThat(
        rejects(
            streaming,
            "'StreamSpecification':{'StreamEnabled':false,'StreamViewType':'KEYS_ONLY'}"),
        is(
            "ValidationException: "
                + INVALID
                + "If stream is being disabled, then UpdateViewType must not be specified"));
  }

  @Test
  void changesOptionsOneByOne() {
    TableDefinition table = apply(ON_DEMAND, "'DeletionProtectionEnabled':true");
    table = apply(table, "'TableClass':'STANDARD'");

    assertThat(table, is(ON_DEMAND.withOptions(Optional.of("STANDARD"), true)));
    assertThat(
        rejects(table, "'DeletionProtectionEnabled':true,'BillingMode':'PAY_PER_REQUEST'"),
        is(
            "ValidationException: "
                + INVALID
                + "DeletionProtection modification must be the only operation in the request"));
    assertThat(
        rejects(table, "'DeletionProtectionEnabled':true,'TableClass':'STANDARD'"),
        is(
            "ValidationException: "
                + INVALID
                + "TableClass modification must be the only operation in the request"));
  }

  private static TableDefinition create(String billing, String indexThroughput) {
    return CreateTable.read(
        Requests.tree(
            "{'TableName':'tab',"
                + billing
                + ",'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'},"
                + "{'AttributeName':'b','AttributeType':'S'},"
                + "{'AttributeName':'c','AttributeType':'S'}],"
                + "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'},"
                + "{'AttributeName':'b','KeyType':'RANGE'}],"
                + "'LocalSecondaryIndexes':[{'IndexName':'loc',"
                + "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'},"
                + "{'AttributeName':'c','KeyType':'RANGE'}],"
                + "'Projection':{'ProjectionType':'ALL'}}],"
                + "'GlobalSecondaryIndexes':[{'IndexName':'glo',"
                + "'KeySchema':[{'AttributeName':'c','KeyType':'HASH'}],"
                + "'Projection':{'ProjectionType':'ALL'}"
                + indexThroughput
                + "}]}"));
  }

  private static TableDefinition apply(TableDefinition table, String members) {
    return UpdateTable.read(Requests.tree(json(members))).apply(table);
  }

  private static String rejects(TableDefinition table, String members) {
    DynamoDbException error = assertThrows(DynamoDbException.class, () -> apply(table, members));
    return error.type() + ": " + error.getMessage();
  }

  private static String json(String members) {
    return "{'TableName':'tab'," + members + "}";
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import static io.sluice.localaws.dynamodb.table.Requests.attributes;
import static io.sluice.localaws.dynamodb.table.Requests.keys;
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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateTableTest {

  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String UNITS = "{'ReadCapacityUnits':1,'WriteCapacityUnits':2}";
  private static final String THROUGHPUT = "'ProvisionedThroughput':" + UNITS;
  private static final String ON_DEMAND = "'BillingMode':'PAY_PER_REQUEST'";

  private static final KeyAttribute A = new KeyAttribute("a", KeyAttribute.Type.S);
  private static final KeyAttribute B = new KeyAttribute("b", KeyAttribute.Type.S);
  private static final KeyAttribute C = new KeyAttribute("c", KeyAttribute.Type.S);

  @Test
  void readsATableWithAllThatItCanHave() {
    TableDefinition table =
        read(
            attributes("a", "b", "c"),
            keys("aH", "bR"),
            "'LocalSecondaryIndexes':[{'IndexName':'loc',"
                + keys("aH", "cR")
                + ",'Projection':{'ProjectionType':'KEYS_ONLY'}}]",
            "'GlobalSecondaryIndexes':[{'IndexName':'glo',"
                + keys("cH", "bH", "aR")
                + ",'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['x','y']},"
                + "'OnDemandThroughput':{'MaxReadRequestUnits':5},"
                + "'WarmThroughput':{'ReadUnitsPerSecond':13000,'WriteUnitsPerSecond':4000}}]",
            ON_DEMAND,
            "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'NEW_IMAGE'}",
            "'OnDemandThroughput':{'MaxWriteRequestUnits':7}",
            "'WarmThroughput':{'WriteUnitsPerSecond':5000}",
            "'TableClass':'STANDARD_INFREQUENT_ACCESS'",
            "'DeletionProtectionEnabled':true",
            "'Tags':[{'Key':'k','Value':'v'},{'Key':'l','Value':''}]");

    assertThat(
        table,
        is(
            new TableDefinition(
                "tab",
                List.of(A, B, C),
                new KeySchema(List.of(A), List.of(B)),
                BillingMode.PAY_PER_REQUEST,
                new Throughput(0, 0, 0, 7, 12000, 5000),
                List.of(
                    new IndexDefinition(
                        "loc",
                        IndexDefinition.Kind.LOCAL,
                        new KeySchema(List.of(A), List.of(C)),
                        IndexDefinition.Projection.KEYS_ONLY,
                        List.of(),
                        Throughput.ON_DEMAND),
                    new IndexDefinition(
                        "glo",
                        IndexDefinition.Kind.GLOBAL,
                        new KeySchema(List.of(C, B), List.of(A)),
                        IndexDefinition.Projection.INCLUDE,
                        List.of("x", "y"),
                        new Throughput(0, 0, 5, 0, 13000, 4000))),
                Optional.of(TableDefinition.StreamView.NEW_IMAGE),
                Optional.of("STANDARD_INFREQUENT_ACCESS"),
                true,
                Map.of("k", "v", "l", ""))));
  }

  @Test
  void readsASmallTable() {
    assertThat(
        read(attributes("a"), keys("aH"), THROUGHPUT),
        is(
            new TableDefinition(
                "tab",
                List.of(A),
                new KeySchema(List.of(A), List.of()),
                BillingMode.PROVISIONED,
                Throughput.provisioned(1, 2),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Map.of())));
  }

  @Test
  void readsANameFromAnArn() {
    TableDefinition table =
        CreateTable.read(
            Requests.tree(
                "{'TableName':'arn:aws:dynamodb:us-east-1:000000000000:table/abc',"
                    + String.join(",", attributes("a"), keys("aH"), THROUGHPUT)
                    + "}"));

    assertThat(table.name(), is("abc"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|The parameter 'TableName' is required but was not present in the request",
        "{'TableName':''}|1 validation error detected: Value '' at 'tableName' failed to satisfy "
            + "constraint: Member must have length greater than or equal to 1",
        "{'TableName':'ab'}|1 validation error detected: Value 'ab' at 'tableName' failed to "
            + "satisfy constraint: Member must have length greater than or equal to 3",
        "{'TableName':'abc;','KeySchema':[]}|1 validation error detected: Value 'abc;' at "
            + "'tableName' failed to satisfy constraint: Member must satisfy regular expression "
            + "pattern: [a-zA-Z0-9_.-]+",
        "{'TableName':'abc'}|2 validation errors detected: Value null at 'attributeDefinitions' "
            + "failed to satisfy constraint: Member must not be null; Value null at 'keySchema' "
            + "failed to satisfy constraint: Member must not be null",
        "{'TableName':'abc','AttributeDefinitions':[],'ProvisionedThroughput':{}}|3 validation "
            + "errors detected: Value null at 'provisionedThroughput.writeCapacityUnits' failed "
            + "to satisfy constraint: Member must not be null; Value null at "
            + "'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member "
            + "must not be null; Value null at 'keySchema' failed to satisfy constraint: Member "
            + "must not be null",
        "{'TableName':'abc','AttributeDefinitions':[],'KeySchema':[],'ProvisionedThroughput':"
            + "{'ReadCapacityUnits':-1,'WriteCapacityUnits':0},'BillingMode':'A'}|4 validation "
            + "errors detected: Value 'A' at 'billingMode' failed to satisfy constraint: Member "
            + "must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]; Value '0' at "
            + "'provisionedThroughput.writeCapacityUnits' failed to satisfy constraint: Member "
            + "must have value greater than or equal to 1; Value '-1' at "
            + "'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member "
            + "must have value greater than or equal to 1; Value '[]' at 'keySchema' failed to "
            + "satisfy constraint: Member must have length greater than or equal to 1",
        "{'TableName':'abc','AttributeDefinitions':[{'AttributeName':'a','AttributeType':'SS'}],"
            + "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'},{'AttributeName':'b',"
            + "'KeyType':'RANGE'},{'AttributeName':'c','KeyType':'Woop'}]}|3 validation errors "
            + "detected: Value 'SS' at 'attributeDefinitions.1.member.attributeType' failed to "
            + "satisfy constraint: Member must satisfy enum value set: [B, N, S]; Value "
            + "'[KeySchemaElement(attributeName=a, keyType=HASH), KeySchemaElement("
            + "attributeName=b, keyType=RANGE), KeySchemaElement(attributeName=c, keyType=Woop)]'"
            + " at 'keySchema' failed to satisfy constraint: Member must have length less than or "
            + "equal to 2; Value 'Woop' at 'keySchema.3.member.keyType' failed to satisfy "
            + "constraint: Member must satisfy enum value set: [HASH, RANGE]",
      })
  void checksConstraints(String json, String message) {
    assertThat(error(() -> CreateTable.read(Requests.tree(json))), is(message));
  }

  @Test
  void checksThroughput() {
    String table = attributes("a") + "," + keys("aH");
    assertThat(
        rejects(table),
        is(
            INVALID
                + "ReadCapacityUnits and WriteCapacityUnits must both be specified when "
                + "BillingMode is PROVISIONED"));
    assertThat(
        rejects(table, THROUGHPUT, ON_DEMAND),
        is(
            INVALID
                + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                + "BillingMode is PAY_PER_REQUEST"));
    assertThat(
        rejects(
            table,
            "'ProvisionedThroughput':{'ReadCapacityUnits':1000000000001,"
                + "'WriteCapacityUnits':1000000000001}"),
        is("Given value 1000000000001 for ReadCapacityUnits is out of bounds"));
    assertThat(
        rejects(
            table,
            "'ProvisionedThroughput':{'ReadCapacityUnits':1000000000000,"
                + "'WriteCapacityUnits':1000000000001}"),
        is("Given value 1000000000001 for WriteCapacityUnits is out of bounds"));
  }

  @Test
  void checksLimitsOnDemand() {
    String table = attributes("a") + "," + keys("aH");
    assertThat(
        rejects(table, THROUGHPUT, "'OnDemandThroughput':{'MaxReadRequestUnits':1}"),
        is(
            INVALID
                + "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table "
                + "BillingMode is PROVISIONED"));
    for (int units : new int[] {0, -1, -2}) {
      assertThat(
          rejects(table, ON_DEMAND, "'OnDemandThroughput':{'MaxWriteRequestUnits':" + units + "}"),
          is(
              INVALID
                  + "Requested MaxWriteRequestUnits for OnDemandThroughput for table is outside of "
                  + "valid range"));
    }
    assertThat(
        read(table, ON_DEMAND, "'OnDemandThroughput':{}").throughput(), is(Throughput.ON_DEMAND));
  }

  @Test
  void checksWarmThroughput() {
    String table = attributes("a") + "," + keys("aH");
    assertThat(
        rejects(table, ON_DEMAND, "'WarmThroughput':{'ReadUnitsPerSecond':11999}"),
        is(
            INVALID
                + "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than initial "
                + "throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/"
                + "developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial"));
    assertThat(
        rejects(table, THROUGHPUT, "'WarmThroughput':{'WriteUnitsPerSecond':1}"),
        is(
            INVALID
                + "Requested WriteUnitsPerSecond for WarmThroughput for table is lower than "
                + "WriteCapacityUnits of ProvisionedThroughput"));
  }

  @Test
  void checksTheKeyOfTheTable() {
    assertThat(
        rejects(attributes("a"), keys("aH", "aH"), THROUGHPUT),
        is("Invalid KeySchema: Some index key attribute have no definition"));
    assertThat(
        rejects(attributes("b"), keys("aH"), THROUGHPUT),
        is(
            INVALID
                + "Some index key attributes are not defined in AttributeDefinitions. Keys: [a], "
                + "AttributeDefinitions: [b]"));
    assertThat(
        rejects(attributes("a", "b"), keys("aH", "aR"), THROUGHPUT),
        is("Both the Hash Key and the Range Key element in the KeySchema have the same name"));
    assertThat(
        rejects(attributes("a", "b"), keys("aR", "bH"), THROUGHPUT),
        is("Invalid KeySchema: The first KeySchemaElement is not a HASH key type"));
    assertThat(
        rejects(attributes("a", "b"), keys("aH", "bH"), THROUGHPUT),
        is("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"));
    assertThat(
        rejects(attributes("a", "b"), keys("aH"), THROUGHPUT),
        is(
            INVALID
                + "Number of attributes in KeySchema does not exactly match number of attributes "
                + "defined in AttributeDefinitions"));
    assertThat(
        rejects(attributes("a", "a"), keys("aH"), THROUGHPUT),
        is("Attribute Name is duplicated: a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'StreamSpecification':{'StreamEnabled':true}|One or more parameter values were invalid: "
            + "Table is being created with a stream enabled, UpdateViewType is required",
        "'StreamSpecification':{'StreamEnabled':false,'StreamViewType':'NEW_IMAGE'}|One or more "
            + "parameter values were invalid: Table is being created with a stream disabled, "
            + "UpdateViewType should not be specified",
        "'StreamSpecification':{}|1 validation error detected: Value null at "
            + "'streamSpecification.streamEnabled' failed to satisfy constraint: Member must not "
            + "be null",
        "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'new_image'}|1 validation "
            + "error detected: Value 'new_image' at 'streamSpecification.streamViewType' failed to "
            + "satisfy constraint: Member must satisfy enum value set: [OLD_IMAGE, KEYS_ONLY, "
            + "NEW_AND_OLD_IMAGES, NEW_IMAGE]",
        "'TableClass':'FAST'|Invalid table-class parameter provided. Please try again with a valid "
            + "table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS].",
        "'Tags':[{}]|The Tag Key provided is invalid, Key: null",
        "'Tags':[{'Key':'k'}]|The Tag Value provided is invalid, Value: null",
        "'Tags':[{'Key':'aws:k','Value':''}]|Tag Key cannot be prefixed with aws:, Key: aws:k",
        "'Tags':[{'Key':'k','Value':''},{'Key':'k','Value':'v'}]|Duplicate Tag Keys provided as "
            + "input: Duplicate Tag Key found k",
      })
  void checksOptions(String option, String message) {
    assertThat(rejects(attributes("a"), keys("aH"), ON_DEMAND, option), is(message));
  }

  private static TableDefinition read(String... members) {
    return CreateTable.read(Requests.tree("{'TableName':'tab'," + String.join(",", members) + "}"));
  }

  private static String rejects(String... members) {
    return error(() -> read(members));
  }

  private static String error(Executable action) {
    DynamoDbException error = assertThrows(DynamoDbException.class, action);
    assertThat(error.type(), is("ValidationException"));
    return error.getMessage();
  }
}

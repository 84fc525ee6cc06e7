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

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CreateTableIndexesTest {

  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String THROUGHPUT =
      "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':2}";
  private static final String ON_DEMAND = "'BillingMode':'PAY_PER_REQUEST'";
  private static final String ALL = "'Projection':{'ProjectionType':'ALL'}";

  @Test
  void checksLocalIndexes() {
    assertThat(locals(keys("aH"), ""), is(INVALID + "List of LocalSecondaryIndexes is empty"));
    assertThat(
        locals(keys("aH"), index("loc", keys("aH", "bR"))),
        is(
            INVALID
                + "Table KeySchema does not have a range key, which is required when specifying a "
                + "LocalSecondaryIndex"));
    String table = keys("aH", "bR");
    assertThat(
        locals(table, index("loc", keys("aH", "dR"))),
        is(
            INVALID
                + "Some index key attributes are not defined in AttributeDefinitions. Keys: [a, d],"
                + " AttributeDefinitions: [a, b, c]"));
    assertThat(
        locals(table, index("loc", keys("aH", "aR"))),
        is("Both the Hash Key and the Range Key element in the KeySchema have the same name"));
    assertThat(
        locals(table, index("loc", keys("aR"))),
        is("Invalid KeySchema: The first KeySchemaElement is not a HASH key type"));
    assertThat(
        locals(table, index("loc", keys("aH", "cH"))),
        is("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"));
    assertThat(
        locals(table, index("loc", keys("bH"))),
        is(INVALID + "Index KeySchema does not have a range key for index: loc"));
    assertThat(
        locals(table, index("loc", keys("bH", "aR"))),
        is(
            INVALID
                + "Index KeySchema does not have the same leading hash key as table KeySchema for "
                + "index: loc. index hash key: b, table hash key: a"));
    String good = index("loc", keys("aH", "cR"));
    assertThat(locals(table, good + "," + good), is(INVALID + "Duplicate index name: loc"));
    assertThat(
        locals(
            table,
            IntStream.range(0, 6)
                .mapToObj(i -> index("loc" + i, keys("aH", "cR")))
                .collect(Collectors.joining(","))),
        is(INVALID + "Number of LocalSecondaryIndexes exceeds per-table limit of 5"));
  }

  @Test
  void checksProjections() {
    assertThat(projection("{}"), is(INVALID + "Unknown ProjectionType: null"));
    assertThat(
        projection("{'ProjectionType':'ALL','NonKeyAttributes':['x']}"),
        is(INVALID + "ProjectionType is ALL, but NonKeyAttributes is specified"));
    assertThat(
        projection("{'ProjectionType':'KEYS_ONLY','NonKeyAttributes':['x']}"),
        is(INVALID + "ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified"));
    assertThat(
        projection("{'ProjectionType':'INCLUDE'}"),
        is(INVALID + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified"));
    assertThat(
        projection("{'ProjectionType':'INCLUDE','NonKeyAttributes':['x','x']}"),
        is(INVALID + "Duplicate element in NonKeyAttributes: x"));
    assertThat(
        projection("{'ProjectionType':'abc','NonKeyAttributes':[]}"),
        is(
            "2 validation errors detected: Value 'abc' at "
                + "'globalSecondaryIndexes.1.member.projection.projectionType' failed to satisfy "
                + "constraint: Member must satisfy enum value set: [ALL, INCLUDE, KEYS_ONLY]; "
                + "Value '[]' at 'globalSecondaryIndexes.1.member.projection.nonKeyAttributes' "
                + "failed to satisfy constraint: Member must have length greater than or equal to "
                + "1"));
  }

  @Test
  void checksGlobalIndexes() {
    assertThat(globals(""), is(INVALID + "List of GlobalSecondaryIndexes is empty"));
    assertThat(
        globals(index("glo", keys("cH", "cR"))),
        is("Both the Hash Key and the Range Key element in the KeySchema have the same name"));
    assertThat(
        globals(index("glo", keys("bH", "cH", "bR"))),
        is("The KeySchema contains multiple key attributes with the same name"));
    assertThat(
        globals(index("glo", keys("bR"))),
        is("Invalid KeySchema: The first KeySchemaElement is not a HASH key type"));
    assertThat(
        globals(index("glo", keys("aH", "bR", "cH"))),
        is(INVALID + "All HASH key attributes must precede RANGE key attributes in the KeySchema"));
    String good = index("glo", keys("bH", "cR"));
    assertThat(globals(good + "," + good), is(INVALID + "Duplicate index name: glo"));
    assertThat(
        globals(
            IntStream.range(0, 21)
                .mapToObj(i -> index("glo" + i, keys("bH", "cR")))
                .collect(Collectors.joining(","))),
        is(INVALID + "GlobalSecondaryIndex count exceeds the per-table limit of 20"));
    assertThat(
        globals(index("glo", keys("bH"))),
        is(
            INVALID
                + "Some AttributeDefinitions are not used. AttributeDefinitions: [a, b, c], keys "
                + "used: [a, b]"));
  }

  @Test
  void checksHowManyAttributesAGlobalIndexHas() {
    String[] five = {"bH", "cH", "dH", "eH", "fH"};
    assertThat(
        rejects(
            attributes("a", "b", "c", "d", "e", "f"),
            keys("aH"),
            ON_DEMAND,
            "'GlobalSecondaryIndexes':[" + index("glo", keys(five)) + "]"),
        is(INVALID + "The KeySchema exceeds the maximum allowed number of HASH key attributes"));
    assertThat(
        rejects(
            attributes("a", "b", "c", "d", "e", "f"),
            keys("aH"),
            ON_DEMAND,
            "'GlobalSecondaryIndexes':["
                + index("glo", keys("aH", "bR", "cR", "dR", "eR", "fR"))
                + "]"),
        is(INVALID + "The KeySchema exceeds the maximum allowed number of RANGE key attributes"));
  }

  @Test
  void checksTheThroughputOfGlobalIndexes() {
    String index = "{'IndexName':'glo'," + keys("aH") + "," + ALL;
    assertThat(
        rejects(
            attributes("a"), keys("aH"), THROUGHPUT, "'GlobalSecondaryIndexes':[" + index + "}]"),
        is(INVALID + "ProvisionedThroughput is not specified for index: glo"));
    assertThat(
        rejects(
            attributes("a"),
            keys("aH"),
            ON_DEMAND,
            "'GlobalSecondaryIndexes':[" + index + "," + THROUGHPUT + "}]"),
        is(
            INVALID
                + "ProvisionedThroughput should not be specified for index: glo when BillingMode "
                + "is PAY_PER_REQUEST"));
    assertThat(
        rejects(
            attributes("a"),
            keys("aH"),
            ON_DEMAND,
            "'GlobalSecondaryIndexes':["
                + index
                + ",'OnDemandThroughput':{'MaxReadRequestUnits':0}}]"),
        is(
            INVALID
                + "Requested MaxReadRequestUnits for OnDemandThroughput for index : glo is outside "
                + "of valid range"));
  }

  private static String projection(String projection) {
    return globals("{'IndexName':'glo'," + keys("bH", "cR") + ",'Projection':" + projection + "}");
  }

  private static String locals(String tableKeys, String indexes) {
    return rejects(
        attributes("a", "b", "c"),
        tableKeys,
        ON_DEMAND,
        "'LocalSecondaryIndexes':[" + indexes + "]");
  }

  private static String globals(String indexes) {
    return rejects(
        attributes("a", "b", "c"),
        keys("aH"),
        ON_DEMAND,
        "'GlobalSecondaryIndexes':[" + indexes + "]");
  }

  private static String index(String name, String keys) {
    return "{'IndexName':'" + name + "'," + keys + "," + ALL + "}";
  }

  private static String rejects(String... members) {
    String json = "{'TableName':'tab'," + String.join(",", members) + "}";
    DynamoDbException error =
        assertThrows(DynamoDbException.class, () -> CreateTable.read(Requests.tree(json)));
    assertThat(error.type(), is("ValidationException"));
    return error.getMessage();
  }
}

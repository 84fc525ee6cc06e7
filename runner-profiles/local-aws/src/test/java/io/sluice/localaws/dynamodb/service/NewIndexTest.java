/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks what a request defines for an index that it adds to a table: the names of the tests in
 * tests/tier2/updateTable/gsi.test.ts of paritysuite/dynamodb-conformance, v3.3.0.
 */
class NewIndexTest {

  private final Service service = Service.with("abc", Service.HASH_ONLY);

  private static String create(String key, String definitions) {
    return "{'TableName':'abc','AttributeDefinitions':["
        + definitions
        + "],'GlobalSecondaryIndexUpdates':[{'Create':{'IndexName':'new','KeySchema':[{"
        + "'AttributeName':'"
        + key
        + "','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}}}]}";
  }

  private static String define(String name, String type) {
    return "{'AttributeName':'" + name + "','AttributeType':'" + type + "'}";
  }

  @ParameterizedTest
  @CsvSource({"h, x", "y, x"})
  void isOfAttributesThatTheRequestDefines(String key, String defined) {
    assertThat(
        service.error("UpdateTable", create(key, define(defined, "S"))),
        is(
            "ValidationException: One or more parameter values were invalid: Some index key "
                + "attributes are not defined in AttributeDefinitions. Keys: ["
                + key
                + "], AttributeDefinitions: ["
                + defined
                + "]"));
  }

  @Test
  void changesNoTypeAndAddsNothingThatIsNotUsed() {
    String definitions = define("h", "N") + "," + define("x", "S") + "," + define("unused", "S");
    assertThat(
        service.ok("UpdateTable", create("x", definitions)),
        containsString(
            "'AttributeDefinitions':["
                + "{'AttributeName':'h','AttributeType':'S'},"
                + "{'AttributeName':'x','AttributeType':'S'}]"));
  }
}

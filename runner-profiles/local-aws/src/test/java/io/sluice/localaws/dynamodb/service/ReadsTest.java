/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares how the operations that read an item spell it. */
class ReadsTest {

  private static final String ITEM = "{'h':{'S':'\ud83d\ude00'}}";

  private final Service service = Service.with("one", Service.HASH_ONLY);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GetItem|{'TableName':'one','Key':ITEM}",
        "BatchGetItem|{'RequestItems':{'one':{'Keys':[ITEM]}}}",
        "TransactGetItems|{'TransactItems':[{'Get':{'TableName':'one','Key':ITEM}}]}",
        "Scan|{'TableName':'one'}"
      })
  void spellAnItemAlike(String operation, String request) {
    service.ok("PutItem", "{'TableName':'one','Item':" + ITEM + "}");

    assertThat(service.ok(operation, request.replace("ITEM", ITEM)), containsString(ITEM));
  }
}

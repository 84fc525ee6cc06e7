/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TransactTokenTest {

  private final Service service = Service.with("abc", Service.HASH_ONLY);

  private static String add(String token, String set, String capacity) {
    return "{'ClientRequestToken':'"
        + token
        + "','ReturnConsumedCapacity':'"
        + capacity
        + "','TransactItems':[{'Update':{'TableName':'abc','Key':{'h':{'S':'a'}},"
        + "'UpdateExpression':'ADD n :n SET #s = :s','ExpressionAttributeNames':{'#s':'s'},"
        + "'ExpressionAttributeValues':{':n':{'N':'1'},':s':{'SS':["
        + set
        + "]}}}}]}";
  }

  private String count() {
    return service.ok(
        "GetItem", "{'TableName':'abc','Key':{'h':{'S':'a'}},'ProjectionExpression':'n'}");
  }

  @Test
  void doesATransactionOnceForItsToken() {
    service.ok("TransactWriteItems", add("t", "'x','y'", "NONE"));
    service.ok("TransactWriteItems", add("t", "'y','x'", "NONE"));
    assertThat(count(), is("{'Item':{'n':{'N':'1'}}}"));
    service.ok("TransactWriteItems", add("other", "'x','y'", "NONE"));
    assertThat(count(), is("{'Item':{'n':{'N':'2'}}}"));
  }

  @Test
  void refusesAnotherTransactionWithTheSameToken() {
    service.ok("TransactWriteItems", add("t", "'x'", "NONE"));
    assertThat(
        service.error("TransactWriteItems", add("t", "'y'", "NONE")),
        startsWith("IdempotentParameterMismatchException: "));
    assertThat(count(), is("{'Item':{'n':{'N':'1'}}}"));
  }

  @Test
  void forgetsTokensAfterTenMinutes() {
    service.ok("TransactWriteItems", add("t", "'x'", "NONE"));
    service.pass(Duration.ofMinutes(10).minusMillis(1));
    service.ok("TransactWriteItems", add("t", "'x'", "NONE"));
    assertThat(count(), is("{'Item':{'n':{'N':'1'}}}"));
    service.pass(Duration.ofMillis(1));
    service.ok("TransactWriteItems", add("t", "'y'", "NONE"));
    assertThat(count(), is("{'Item':{'n':{'N':'2'}}}"));
  }

  @Test
  void chargesRepeatedTransactionsForReading() {
    String large = "'" + "x".repeat(1500) + "'";
    assertThat(
        service.ok("TransactWriteItems", add("t", large, "TOTAL")),
        is(
            "{'ConsumedCapacity':[{'TableName':'abc','CapacityUnits':4.0,"
                + "'WriteCapacityUnits':4.0}]}"));
    service.ok("DeleteItem", "{'TableName':'abc','Key':{'h':{'S':'a'}}}");
    assertThat(
        service.ok("TransactWriteItems", add("t", large, "INDEXES")),
        is(
            "{'ConsumedCapacity':[{'TableName':'abc','CapacityUnits':2.0,"
                + "'ReadCapacityUnits':2.0,"
                + "'Table':{'CapacityUnits':2.0,'ReadCapacityUnits':2.0}}]}"));
    assertThat(service.ok("TransactWriteItems", add("t", large, "NONE")), is("{}"));
  }

  @Test
  void triesAgainWhatWasCancelled() {
    String guarded =
        "{'ClientRequestToken':'t','TransactItems':[{'Put':{'TableName':'abc',"
            + "'Item':{'h':{'S':'b'}},'ConditionExpression':'attribute_not_exists(h)'}}]}";
    service.ok("PutItem", "{'TableName':'abc','Item':{'h':{'S':'b'}}}");
    assertThat(
        service.error("TransactWriteItems", guarded), startsWith("TransactionCanceledException"));
    service.ok("DeleteItem", "{'TableName':'abc','Key':{'h':{'S':'b'}}}");
    service.ok("TransactWriteItems", guarded);
    service.ok("TransactWriteItems", guarded);
  }

  @Test
  void doesATransactionOnceForThreadsWithTheSameToken() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String token = "t" + i / 8;
        answers.add(
            threads.submit(() -> service.ok("TransactWriteItems", add(token, "'x'", "NONE"))));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get(), is("{}"));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(count(), is("{'Item':{'n':{'N':'5'}}}"));
  }
}

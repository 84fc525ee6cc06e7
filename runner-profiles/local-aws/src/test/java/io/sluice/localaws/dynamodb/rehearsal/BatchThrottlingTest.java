/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.rehearsal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.fault.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchThrottlingTest {

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  @Test
  void leavesUnprocessedWhatThereIsNoCapacityFor() {
    Stage stage = Stage.provisioned(10, 3);
    String answer = Stage.text(stage.batch(5));
    assertThat(
        answer,
        is(
            "{'UnprocessedItems':{'tab':[{'PutRequest':{'Item':{'h':{'S':'b3'}}}},"
                + "{'PutRequest':{'Item':{'h':{'S':'b4'}}}}]}}"));
    assertThat(stage.items(), is(3L));
    assertThat(stage.books().requests("BatchWriteItem", "PARTLY"), is(1L));
    assertThat(stage.tableBooks().itemsUnprocessed(), is(2L));
    assertThat(stage.tableBooks().itemsThrottled(), is(0L));
  }

  @Test
  void failsABatchOfWhichNothingIsProcessed() {
    Stage stage = Stage.provisioned(10, 3);
    stage.batch(3);
    assertThat(
        Stage.text(stage.batch(4)), containsString("TableWriteProvisionedThroughputExceeded"));
    assertThat(stage.tableBooks().itemsUnprocessed(), is(0L));
    assertThat(stage.tableBooks().itemsThrottled(), is(4L));
    assertThat(
        stage.books().requests("BatchWriteItem", "ProvisionedThroughputExceededException"), is(1L));
  }

  @Test
  void tellsDeletesThatAreUnprocessed() {
    Stage stage = Stage.provisioned(10, 1);
    assertThat(
        stage.ok(
            "BatchWriteItem",
            "{'ReturnConsumedCapacity':'TOTAL','RequestItems':{'tab':["
                + "{'DeleteRequest':{'Key':{'h':{'S':'a'}}}},"
                + "{'DeleteRequest':{'Key':{'h':{'S':'b'}}}}]}}"),
        is(
            "{'UnprocessedItems':{'tab':[{'DeleteRequest':{'Key':{'h':{'S':'b'}}}}]},"
                + "'ConsumedCapacity':[{'TableName':'tab','CapacityUnits':1.0}]}"));
    assertThat(stage.tableBooks().itemsDeleted(), is(1L));
  }

  @Test
  void leavesKeysUnprocessed() {
    Stage stage = Stage.provisioned(2, 100);
    stage.batch(6);
    String get =
        "{'RequestItems':{'tab':{'ConsistentRead':true,'Keys':[{'h':{'S':'b0'}},{'h':{'S':'b1'}},"
            + "{'h':{'S':'b2'}}]}}}";
    assertThat(
        stage.ok("BatchGetItem", get),
        is(
            "{'Responses':{'tab':[{'h':{'S':'b0'}},{'h':{'S':'b1'}}]},"
                + "'UnprocessedKeys':{'tab':{'Keys':[{'h':{'S':'b2'}}],'ConsistentRead':true}}}"));
    assertThat(
        Stage.text(stage.respond("BatchGetItem", get).reply()),
        containsString("TableReadProvisionedThroughputExceeded"));
    assertThat(count(stage.after(Duration.ofSeconds(1)).ok("BatchGetItem", get), "'S':'b"), is(3));
  }

  @Test
  void booksKeysThatAnAnswerHasNoRoomFor() {
    Stage stage = Stage.unlimited();
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 42; i++) {
      stage.put("k" + i, 400_000);
      keys.append(i == 0 ? "" : ",").append("{'h':{'S':'k" + i + "'}}");
    }
    String answer = stage.ok("BatchGetItem", "{'RequestItems':{'tab':{'Keys':[" + keys + "]}}}");
    assertThat(answer, containsString("'UnprocessedKeys':{'tab':{'Keys':[{'h':{'S':'k41'}}]}}"));
    assertThat(stage.books().requests("BatchGetItem", "PARTLY"), is(1L));
    assertThat(stage.tableBooks().itemsUnprocessed(), is(1L));
    assertThat(stage.tableBooks().itemsRead(), is(41L));
    assertThat(stage.tableBooks().throttles(), is(Map.of()));
  }

  @Test
  void leavesAPartUnprocessedAtRandom() {
    for (int i = 0; i < 50; i++) {
      Stage stage = Stage.unlimited();
      stage.rehearsal.faults().next("BatchWriteItem", 1, Fault.of(Fault.Kind.UNPROCESSED));
      int left = count(Stage.text(stage.batch(2 + i % 24)), "PutRequest");
      assertThat(left > 0 && left < 2 + i % 24, is(true));
      assertThat(stage.items(), is(2L + i % 24 - left));
      assertThat(stage.tableBooks().itemsUnprocessed(), is((long) left));
    }
  }

  @Test
  void processesABatchOfOneWhateverTheFault() {
    Stage stage = Stage.unlimited();
    stage.rehearsal.faults().next("*", 1, Fault.of(Fault.Kind.UNPROCESSED));
    stage.put("a", 10);
    assertThat(Stage.text(stage.batch(1)), is("{'UnprocessedItems':{}}"));
    assertThat(stage.books().faults(), is(Map.of()));
    assertThat(count(Stage.text(stage.batch(2)), "PutRequest"), is(1));
    assertThat(stage.books().faults(), is(Map.of("UNPROCESSED", 1L)));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.rehearsal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.throttle.Direction;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Compares books, throttle and answers of transactions on a table with a global index. */
class TransactionBooksTest {

  private static final String CHECK =
      "{'ConditionCheck':{'TableName':'tab','Key':{'h':{'S':'%s'}},"
          + "'ConditionExpression':'attribute_not_exists(h)'}}";

  private final Stage stage = Stage.indexed(100, 100);

  private static String put(String key) {
    return "{'Put':{'TableName':'tab','Item':{'h':{'S':'" + key + "'},'g':{'S':'x'}}}}";
  }

  private static String get(String key) {
    return "{'Get':{'TableName':'tab','Key':{'h':{'S':'" + key + "'}}}}";
  }

  private static String transaction(String more, String... actions) {
    return "{'ReturnConsumedCapacity':'INDEXES',"
        + more
        + "'TransactItems':["
        + String.join(",", actions)
        + "]}";
  }

  private double taken(Direction direction, String... index) {
    return stage
        .rehearsal
        .throttle()
        .taken(stage.table(), Optional.ofNullable(index.length > 0 ? index[0] : null), direction);
  }

  private void checkWritten(double table, double index) {
    assertThat(stage.tableBooks().write().total(), is(table));
    assertThat(taken(Direction.WRITE), is(table));
    assertThat(
        stage.tableBooks().indexWrite().values().stream().mapToDouble(units -> units.total()).sum(),
        is(index));
    assertThat(taken(Direction.WRITE, "byG"), is(index));
  }

  @Test
  void chargeTheTableTwiceAndTheIndexOnceAndChecksToo() {
    assertThat(
        stage.ok("TransactWriteItems", transaction("", put("a"), CHECK.formatted("b"))),
        containsString(
            "'CapacityUnits':5.0,'WriteCapacityUnits':5.0,"
                + "'Table':{'CapacityUnits':4.0,'WriteCapacityUnits':4.0},"
                + "'GlobalSecondaryIndexes':{'byG':{'CapacityUnits':1.0,"));
    checkWritten(4, 1);
    assertThat(stage.tableBooks().itemsPut(), is(1L));
    assertThat(stage.tableBooks().itemsDeleted(), is(0L));
    assertThat(stage.tableBooks().distinctKeys(), is(1L));
    stage.ok("PutItem", "{'TableName':'tab','Item':{'h':{'S':'a'}}}");
    assertThat(stage.tableBooks().distinctKeys(), is(1L));
  }

  @Test
  void chargeWhatACancelledOneLookedAt() {
    stage.put("a", 3000);
    checkWritten(3, 0);
    String answer =
        Stage.text(
            stage
                .respond("TransactWriteItems", transaction("", put("b"), CHECK.formatted("a")))
                .reply());
    assertThat(answer, containsString("[None, ConditionalCheckFailed]"));
    checkWritten(3 + 2 + 6, 0);
    assertThat(stage.tableBooks().itemsPut(), is(1L));
  }

  @Test
  void chargeReadsForOneThatIsRepeated() {
    String request = transaction("'ClientRequestToken':'t',", put("a"), CHECK.formatted("b"));
    stage.ok("TransactWriteItems", request);
    checkWritten(4, 1);
    assertThat(
        stage.ok("TransactWriteItems", request),
        containsString("'CapacityUnits':4.0,'ReadCapacityUnits':4.0"));
    checkWritten(4, 1);
    assertThat(stage.tableBooks().read().total(), is(4.0));
    assertThat(taken(Direction.READ), is(4.0));
    assertThat(stage.tableBooks().itemsPut(), is(1L));
  }

  @Test
  void refuseReadsTogetherAndThenChargeNothing() {
    Stage two = Stage.provisioned(2, 100);
    two.put("a", 4 * 4096);
    String request = transaction("", get("a"), get("b"));
    assertThat(two.ok("TransactGetItems", request), containsString("'CapacityUnits':10.0"));
    assertThat(two.tableBooks().read().total(), is(10.0));
    two.after(Duration.ofSeconds(4));
    assertThat(
        Stage.text(two.respond("TransactGetItems", request).reply()),
        containsString("TableReadProvisionedThroughputExceeded"));
    assertThat(two.tableBooks().read().total(), is(10.0));
    assertThat(two.tableBooks().itemsThrottled(), is(2L));
    assertThat(
        two.tableBooks().throttles(), is(Map.of("TableReadProvisionedThroughputExceeded", 2L)));
    two.after(Duration.ofSeconds(1));
    two.ok("TransactGetItems", request);
    assertThat(two.tableBooks().read().total(), is(20.0));
  }
}

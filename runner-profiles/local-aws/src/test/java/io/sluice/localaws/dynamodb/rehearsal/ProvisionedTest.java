/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.rehearsal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvisionedTest {

  @Test
  void takesWhatIsProvisioned() {
    Stage stage = Stage.provisioned(10, 10);
    assertThat(stage.putMany(25), is(10));
    assertThat(stage.after(Duration.ofSeconds(1)).putMany(25), is(10));
    assertThat(stage.after(Duration.ofMillis(100)).putMany(25), is(1));
    assertThat(stage.tableBooks().write().total(), is(21.0));
    assertThat(stage.items(), is(10L));
  }

  @Test
  void saysWhyItThrottles() {
    Stage stage = Stage.provisioned(10, 1);
    stage.putMany(1);
    assertThat(
        stage.put("a", 100),
        is(
            "{'__type':'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',"
                + "'message':'The level of configured provisioned throughput for the table was "
                + "exceeded. Consider increasing your provisioning level with the UpdateTable API."
                + "','ThrottlingReasons':[{'reason':'TableWriteProvisionedThroughputExceeded',"
                + "'resource':'"
                + stage.table().arn()
                + "'}]}"));
    assertThat(
        stage.tableBooks().throttles(), is(Map.of("TableWriteProvisionedThroughputExceeded", 1L)));
  }

  @Test
  void savesFiveMinutes() {
    Stage stage = Stage.provisioned(10, 5);
    assertThat(stage.after(Duration.ofSeconds(60)).putMany(2000), is(305));
    assertThat(stage.after(Duration.ofHours(1)).putMany(2000), is(1000));
    // Of 1,500 its only partition gave 1,000.
    assertThat(stage.after(Duration.ofSeconds(60)).putMany(2000), is(800));
    Stage rested = Stage.provisioned(10, 3);
    assertThat(rested.after(Duration.ofHours(1)).putMany(2000), is(900));
  }

  @Test
  void consumesExactlyWhatIsProvisionedOverAnyTime() {
    Stage stage = Stage.provisioned(10, 40);
    for (int tick = 0; tick < 600; tick++) {
      stage.putMany(9);
      stage.after(Duration.ofMillis(100));
    }
    assertThat(stage.tableBooks().write().between(0, 60), is(40.0 * 60 + 36));
    assertThat(stage.tableBooks().write().between(10, 60), is(40.0 * 50));
    assertThat(stage.tableBooks().write().perSecond().size(), is(60));
  }

  @Test
  void chargesAWriteByTheLargerOfBothItems() {
    Stage stage = Stage.provisioned(10, 10);
    assertThat(stage.put("a", 9 * 1024), is("{}"));
    assertThat(stage.put("a", 100), is("{}"));
    assertThat(stage.tableBooks().write().total(), is(18.0));
    // It has -8, and 0 is not more than 0.
    assertThat(
        stage.after(Duration.ofMillis(800)).put("a", 100), containsString("ThroughputExceeded"));
    assertThat(stage.after(Duration.ofMillis(1)).put("a", 100), is("{}"));
  }

  @Test
  void chargesForAConditionThatIsNotMet() {
    Stage stage = Stage.provisioned(10, 10);
    stage.put("a", 3 * 1024);
    String answer =
        Stage.text(
            stage
                .respond(
                    "DeleteItem",
                    "{'TableName':'tab','Key':{'h':{'S':'a'}},"
                        + "'ConditionExpression':'attribute_not_exists(h)'}")
                .reply());
    assertThat(answer, containsString("ConditionalCheckFailedException"));
    assertThat(stage.tableBooks().write().total(), is(6.0));
    assertThat(stage.tableBooks().itemsDeleted(), is(0L));
    assertThat(stage.putMany(20), is(4));
  }

  @Test
  void chargesTransactionsTwiceAndEndsNoneInItsMiddle() {
    Stage stage = Stage.provisioned(10, 3);
    String put = "{'Put':{'TableName':'tab','Item':{'h':{'S':'%s'}}}}";
    stage.ok(
        "TransactWriteItems",
        "{'TransactItems':["
            + put.formatted("a")
            + ","
            + put.formatted("b")
            + ","
            + put.formatted("c")
            + "]}");
    assertThat(stage.items(), is(3L));
    assertThat(stage.tableBooks().write().total(), is(6.0));
    assertThat(stage.after(Duration.ofSeconds(1)).putMany(5), is(0));
    assertThat(stage.after(Duration.ofSeconds(1)).putMany(5), is(3));
    stage.ok(
        "TransactGetItems",
        "{'TransactItems':[{'Get':{'TableName':'tab','Key':{'h':{'S':'a'}}}}]}");
    assertThat(stage.tableBooks().read().total(), is(2.0));
  }

  @Test
  void throttlesATableForItsIndex() {
    Stage stage = Stage.indexed(100, 2);
    for (int i = 0; i < 2; i++) {
      stage.ok("PutItem", "{'TableName':'tab','Item':{'h':{'S':'" + i + "'},'g':{'S':'x'}}}");
    }
    String third =
        Stage.text(
            stage
                .respond("PutItem", "{'TableName':'tab','Item':{'h':{'S':'2'},'g':{'S':'x'}}}")
                .reply());
    assertThat(third, containsString("one or more global secondary indexes"));
    assertThat(
        third,
        containsString(
            "{'reason':'IndexWriteProvisionedThroughputExceeded','resource':'"
                + stage.table().arn()
                + "/index/byG'}"));
    assertThat(stage.items(), is(2L));
    assertThat(stage.putMany(5), is(5));
    assertThat(stage.tableBooks().write().total(), is(7.0));
    assertThat(stage.tableBooks().indexWrite().get("byG").total(), is(2.0));
  }

  @Test
  void followsUpdateTable() {
    Stage stage = Stage.provisioned(10, 5);
    assertThat(stage.putMany(20), is(5));
    stage.ok("UpdateTable", "{'TableName':'tab'," + Stage.throughput(10, 12) + "}");
    assertThat(stage.putMany(20), is(0));
    assertThat(stage.after(Duration.ofSeconds(1)).putMany(20), is(12));
  }

  @Test
  void throttlesReads() {
    Stage stage = Stage.provisioned(10, 4000);
    stage.put("a", 8 * 4096);
    String get =
        "{'TableName':'tab','ConsistentRead':true,'ReturnConsumedCapacity':'TOTAL',"
            + "'Key':{'h':{'S':'a'}}}";
    assertThat(stage.ok("GetItem", get), containsString("'CapacityUnits':8.0"));
    assertThat(stage.ok("Scan", "{'TableName':'tab'}"), containsString("'Count':1"));
    for (String operation : new String[] {"GetItem", "Scan"}) {
      String request = operation.equals("Scan") ? "{'TableName':'tab'}" : get;
      assertThat(
          Stage.text(stage.respond(operation, request).reply()),
          containsString("TableReadProvisionedThroughputExceeded"));
    }
    assertThat(stage.tableBooks().read().total(), is(12.0));
    assertThat(stage.tableBooks().itemsRead(), is(2L));
    assertThat(stage.tableBooks().itemsThrottled(), is(2L));
  }
}

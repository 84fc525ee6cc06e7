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
import io.sluice.localaws.dynamodb.fault.FaultRule;
import io.sluice.localaws.dynamodb.fault.Latency;
import io.sluice.localaws.dynamodb.service.Outcome;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RehearsalTest {

  private static final String PUT = "{'TableName':'tab','Item':{'h':{'S':'a'}}}";

  private final Stage stage = Stage.unlimited();

  private Outcome hit(Fault fault) {
    stage.rehearsal.faults().next("PutItem", 1, fault);
    return stage.respond("PutItem", PUT);
  }

  private static void check(Outcome outcome, Outcome.Delivery delivery, String body) {
    assertThat(outcome.delivery(), is(delivery));
    assertThat(Stage.text(outcome.reply()), is(body));
  }

  @Test
  void answersWithAnErrorAndDoesNothing() {
    Outcome outcome = hit(Fault.error("InternalServerError"));
    check(
        outcome,
        Outcome.Delivery.WHOLE,
        "{'__type':'com.amazonaws.dynamodb.v20120810#InternalServerError',"
            + "'message':'Internal server error'}");
    assertThat(outcome.reply().status(), is(500));
    assertThat(hit(Fault.error("ServiceUnavailable")).reply().status(), is(503));
    assertThat(stage.items(), is(0L));
    assertThat(
        stage.books().requests(),
        is(
            Map.of(
                "CreateTable",
                Map.of("OK", 1L),
                "PutItem",
                Map.of("InternalServerError", 1L, "ServiceUnavailable", 1L))));
  }

  @Test
  void answersWithAnyText() {
    Outcome outcome = hit(Fault.answer(201, "<html>"));
    check(outcome, Outcome.Delivery.WHOLE, "<html>");
    assertThat(outcome.reply().status(), is(201));
    assertThat(stage.items(), is(0L));
  }

  @Test
  void losesRequests() {
    assertThat(hit(Fault.of(Fault.Kind.RESET_BEFORE)).delivery(), is(Outcome.Delivery.DROP));
    assertThat(hit(Fault.of(Fault.Kind.HANG_BEFORE)).delivery(), is(Outcome.Delivery.HANG));
    assertThat(stage.items(), is(0L));
    assertThat(stage.tableBooks().itemsPut(), is(0L));
    assertThat(stage.books().requests("PutItem", "RESET_BEFORE"), is(1L));
    assertThat(stage.books().faults(), is(Map.of("RESET_BEFORE", 1L, "HANG_BEFORE", 1L)));
  }

  @Test
  void losesAnswers() {
    check(hit(Fault.of(Fault.Kind.RESET_AFTER)), Outcome.Delivery.DROP, "{}");
    check(hit(Fault.of(Fault.Kind.HANG_AFTER)), Outcome.Delivery.HANG, "{}");
    check(hit(Fault.of(Fault.Kind.CUT)), Outcome.Delivery.CUT, "{}");
    assertThat(stage.items(), is(1L));
    assertThat(stage.tableBooks().itemsPut(), is(3L));
    assertThat(stage.tableBooks().itemsUnheard(), is(3L));
    assertThat(stage.tableBooks().requests("PutItem", "OK"), is(3L));
  }

  @Test
  void spoilsAnswers() {
    check(hit(Fault.of(Fault.Kind.WRONG_CHECKSUM)), Outcome.Delivery.WRONG_CHECKSUM, "{}");
    Outcome bits = hit(Fault.of(Fault.Kind.TRICKLE, Duration.ofMillis(70)));
    check(bits, Outcome.Delivery.TRICKLE, "{}");
    assertThat(bits.span(), is(Duration.ofMillis(70)));
    Outcome late = hit(Fault.of(Fault.Kind.DELAY, Duration.ofMillis(70)));
    check(late, Outcome.Delivery.WHOLE, "{}");
    assertThat(late.delay(), is(Duration.ofMillis(70)));
    assertThat(stage.tableBooks().itemsUnheard(), is(0L));
  }

  @Test
  void delaysAnswers() {
    stage.rehearsal.setLatency(Latency.of(Duration.ofMillis(5)));
    assertThat(stage.respond("PutItem", PUT).delay(), is(Duration.ofMillis(5)));
    assertThat(
        hit(Fault.of(Fault.Kind.DELAY, Duration.ofMillis(70))).delay(), is(Duration.ofMillis(75)));
    assertThat(hit(Fault.error("ThrottlingException")).delay(), is(Duration.ofMillis(5)));
  }

  @Test
  void makesEmptyPages() {
    stage.batch(3);
    String first = "{'TableName':'tab','Limit':1}";
    String rest = "{'TableName':'tab','ReturnConsumedCapacity':'TOTAL','ExclusiveStartKey':";
    Fault empty = Fault.of(Fault.Kind.EMPTY_PAGE);
    stage.rehearsal.faults().next("Scan", 1, empty);
    String page = stage.ok("Scan", first);
    String key = page.replaceAll(".*'LastEvaluatedKey':(.*)}", "$1");
    assertThat(
        stage.ok("Scan", rest + key + "}"),
        is(
            "{'Items':[],'Count':0,'ScannedCount':0,'LastEvaluatedKey':"
                + key
                + ",'ConsumedCapacity':{'TableName':'tab','CapacityUnits':0.5}}"));
    assertThat(
        stage.ok("Scan", rest + key + "}").contains("'ScannedCount':2,'ConsumedCapacity'"),
        is(true));
    assertThat(stage.tableBooks().read().total(), is(1.5));
    assertThat(stage.tableBooks().itemsRead(), is(3L));
  }

  @Test
  void countsEmptyPagesThatItHasMade() {
    stage.batch(3);
    stage.rehearsal.faults().next("*", 1, Fault.of(Fault.Kind.EMPTY_PAGE));
    stage.ok("DescribeTable", "{'TableName':'tab'}");
    stage.ok("Scan", "{'TableName':'tab','Limit':1}");
    assertThat(stage.books().faults(), is(Map.of()));
    String start = ",'ExclusiveStartKey':{'h':{'S':'b1'}}}";
    assertThat(
        Stage.text(stage.respond("Scan", "{'TableName':'other'" + start).reply()),
        containsString("ResourceNotFoundException"));
    assertThat(
        Stage.text(stage.respond("Scan", "{'TableName':'tab','IndexName':'none'" + start).reply()),
        containsString("does not have the specified index"));
    assertThat(stage.books().faults(), is(Map.of()));
    assertThat(
        stage.ok(
            "Scan",
            "{'TableName':'tab','Select':'COUNT','ConsistentRead':true,"
                + "'ReturnConsumedCapacity':'TOTAL'"
                + start),
        is(
            "{'Count':0,'ScannedCount':0,'LastEvaluatedKey':{'h':{'S':'b1'}},"
                + "'ConsumedCapacity':{'TableName':'tab','CapacityUnits':1.0}}"));
    assertThat(stage.books().faults(), is(Map.of("EMPTY_PAGE", 1L)));
    assertThat(stage.rehearsal.faults().scripted(), is(0));
  }

  @Test
  void chargesAnEmptyPageToItsIndex() {
    Stage indexed = Stage.indexed(10, 10);
    indexed.rehearsal.faults().next("Query", 1, Fault.of(Fault.Kind.EMPTY_PAGE));
    indexed.ok(
        "Query",
        "{'TableName':'tab','IndexName':'byG','KeyConditionExpression':'g = :g',"
            + "'ExpressionAttributeValues':{':g':{'S':'x'}},"
            + "'ExclusiveStartKey':{'h':{'S':'a'},'g':{'S':'x'}}}");
    assertThat(indexed.books().faults(), is(Map.of("EMPTY_PAGE", 1L)));
    assertThat(indexed.tableBooks().read().total(), is(0.0));
    assertThat(indexed.tableBooks().indexRead().get("byG").total(), is(0.5));
  }

  @Test
  void hasAnEmptyPageWaitThatIsThrottled() {
    Stage small = Stage.provisioned(1, 100);
    small.put("a", 4 * 4096);
    small.ok("GetItem", "{'TableName':'tab','Key':{'h':{'S':'a'}},'ConsistentRead':true}");
    small.rehearsal.faults().next("Scan", 1, Fault.of(Fault.Kind.EMPTY_PAGE));
    String rest = "{'TableName':'tab','ExclusiveStartKey':{'h':{'S':'a'}}}";
    assertThat(
        Stage.text(small.respond("Scan", rest).reply()),
        containsString("ProvisionedThroughputExceededException"));
    assertThat(small.books().faults(), is(Map.of()));
    small.after(Duration.ofSeconds(10)).ok("Scan", rest);
    assertThat(small.books().faults(), is(Map.of("EMPTY_PAGE", 1L)));
  }

  @Test
  void booksWhatRulesHit() {
    stage.rehearsal.faults().set(FaultRule.of("items", 0.5, Fault.error("RequestLimitExceeded")));
    stage.putMany(200);
    long hit = stage.books().faults("RequestLimitExceeded");
    assertThat(hit > 70 && hit < 130, is(true));
    assertThat(stage.books().requests("PutItem", "RequestLimitExceeded"), is(hit));
    assertThat(stage.books().requests("PutItem", "OK"), is(200 - hit));
    assertThat(stage.tableBooks().distinctKeys(), is(200 - hit));
  }
}

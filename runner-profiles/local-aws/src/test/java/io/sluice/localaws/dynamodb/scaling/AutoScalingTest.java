/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.scaling;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.book.Bookkeeper;
import io.sluice.localaws.dynamodb.fault.Faults;
import io.sluice.localaws.dynamodb.rehearsal.Rehearsal;
import io.sluice.localaws.dynamodb.service.Operations;
import io.sluice.localaws.dynamodb.service.Reply;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.throttle.CapacitySettings;
import io.sluice.localaws.dynamodb.throttle.Throttle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scales a table of 10 write units by a clock of its own; apostrophes stand for quotes. */
class AutoScalingTest {

  private static final String WRITES =
      "'ServiceNamespace':'dynamodb','ResourceId':'table/tab',"
          + "'ScalableDimension':'dynamodb:table:WriteCapacityUnits'";

  private Instant now = Instant.ofEpochSecond(1_700_000_000);
  private final Tables tables = new Tables(() -> now);
  private final Throttle throttle = new Throttle(CapacitySettings.ENFORCED, () -> now);
  private final Rehearsal rehearsal =
      new Rehearsal(new Operations(tables), throttle, new Faults(42), new Bookkeeper(() -> now));
  private final AutoScaling scaling =
      new AutoScaling(rehearsal, tables, throttle, () -> now, ScalingSettings.SERVICE);

  @BeforeEach
  void createTable() {
    tables.listen(rehearsal::add);
    send(
        "DynamoDB_20120810.CreateTable",
        "{'TableName':'tab','KeySchema':[{'AttributeName':'h','KeyType':'HASH'}],"
            + "'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'}],"
            + "'ProvisionedThroughput':{'ReadCapacityUnits':5,'WriteCapacityUnits':10}}");
  }

  private String send(String target, String request) {
    Reply reply =
        scaling
            .respond(
                target, request.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "eu-west-1")
            .reply();
    return new String(reply.body(), StandardCharsets.UTF_8).replace('"', '\'');
  }

  private String scale(String operation, String members) {
    return send("AnyScaleFrontendService." + operation, "{" + members + "}");
  }

  private void follow(int least, int most, int target, String more) {
    assertThat(
        scale(
            "RegisterScalableTarget",
            WRITES + ",'MinCapacity':" + least + ",'MaxCapacity':" + most),
        is("{}"));
    assertThat(policy(target, more), containsString("{'PolicyARN':'arn:aws:autoscaling:eu-west-1"));
  }

  private String policy(int target, String more) {
    return scale(
        "PutScalingPolicy",
        WRITES
            + ",'PolicyName':'p','PolicyType':'TargetTrackingScaling',"
            + "'TargetTrackingScalingPolicyConfiguration':{'TargetValue':"
            + target
            + ".0,'PredefinedMetricSpecification':{'PredefinedMetricType':"
            + "'DynamoDBWriteCapacityUtilization'}"
            + more
            + "}");
  }

  /** Plays minutes in each second of which so many items of a unit are put. */
  private void play(int minutes, int perSecond) {
    for (int second = 0; second < minutes * 60; second++) {
      now = now.plus(Duration.ofSeconds(1));
      for (int i = 0; i < perSecond; i++) {
        send("DynamoDB_20120810.PutItem", "{'TableName':'tab','Item':{'h':{'S':'" + i + "'}}}");
      }
    }
    send("DynamoDB_20120810.ListTables", "{}");
  }

  private long write() {
    return tables.get("tab").definition().throughput().write();
  }

  @Test
  void risesAfterTwoMinutes() {
    follow(5, 100, 70, "");
    play(1, 9);
    assertThat(write(), is(10L));
    play(1, 9);
    // 9 is 70 % of 12.86.
    assertThat(write(), is(13L));
    assertThat(tables.get("tab").definition().throughput().read(), is(5L));
  }

  @Test
  void risesToItsMostAndNoFurther() {
    follow(5, 12, 50, "");
    play(6, 10);
    assertThat(write(), is(12L));
  }

  @Test
  void waitsOutItsCooldown() {
    follow(5, 100, 50, ",'ScaleOutCooldown':600");
    play(2, 8);
    assertThat(write(), is(16L));
    play(9, 15);
    assertThat(write(), is(16L));
    play(1, 15);
    assertThat(write(), is(30L));
  }

  @Test
  void fallsAfterFifteenMinutes() {
    follow(2, 100, 70, "");
    play(14, 3);
    assertThat(write(), is(10L));
    play(1, 3);
    assertThat(write(), is(5L));
  }

  @Test
  void fallsToItsLeast() {
    follow(2, 100, 70, "");
    now = now.plus(Duration.ofHours(1));
    play(0, 0);
    assertThat(write(), is(2L));
  }

  @Test
  void needsEnforcedCapacity() {
    throttle.change(CapacitySettings.OFF);
    scale("RegisterScalableTarget", WRITES + ",'MinCapacity':2,'MaxCapacity':100");
    assertThat(policy(70, ""), containsString("#ValidationException"));
    assertThat(policy(70, ""), containsString("need enforced capacity"));
    throttle.change(CapacitySettings.ENFORCED);
    follow(2, 100, 70, "");
    throttle.change(CapacitySettings.OFF);
    play(20, 6);
    throttle.change(CapacitySettings.ENFORCED);
    play(5, 6);
    assertThat(write(), is(10L));
  }

  @Test
  void beginsAnewWhenUseIsForgotten() {
    follow(5, 100, 70, "");
    play(1, 9);
    throttle.reset();
    // Without the reset, it would rise after one more minute.
    play(0, 0);
    play(1, 9);
    assertThat(write(), is(10L));
    play(1, 9);
    assertThat(write(), is(13L));
  }

  @Test
  void beginsAnewWithANewTableOfTheName() {
    follow(5, 100, 70, "");
    play(14, 4);
    now = now.plus(Duration.ofSeconds(1));
    send("DynamoDB_20120810.DeleteTable", "{'TableName':'tab'}");
    createTable();
    play(2, 4);
    assertThat(write(), is(10L));
  }

  @Test
  void keepsAPolicyWhenItsTableCannotBeScaledThisTime() {
    scale(
        "RegisterScalableTarget",
        WRITES + ",'MinCapacity':2000000000000,'MaxCapacity':2000000000000");
    policy(70, "");
    play(2, 9);
    assertThat(write(), is(10L));
    assertThat(
        scale("DescribeScalingPolicies", "'ServiceNamespace':'dynamodb'"),
        containsString("'PolicyName':'p'"));
    follow(5, 100, 70, "");
    play(2, 9);
    assertThat(write(), is(13L));
  }

  @Test
  void forgetsAPolicyOfATableThatIsOnDemand() {
    follow(5, 100, 70, "");
    send("DynamoDB_20120810.UpdateTable", "{'TableName':'tab','BillingMode':'PAY_PER_REQUEST'}");
    play(1, 1);
    assertThat(
        scale("DescribeScalingPolicies", "'ServiceNamespace':'dynamodb'"),
        is("{'ScalingPolicies':[]}"));
  }

  @Test
  void doesNotFallWhenItMustNot() {
    follow(2, 100, 70, ",'DisableScaleIn':true");
    play(20, 1);
    assertThat(write(), is(10L));
  }

  @Test
  void staysBetweenTargetAndTwentyPointsBelow() {
    follow(2, 100, 70, "");
    play(30, 6);
    assertThat(write(), is(10L));
  }

  @Test
  void tellsWhatItFollows() {
    follow(5, 100, 70, "");
    String at = "'CreationTime':1700000000.000";
    assertThat(
        scale("DescribeScalableTargets", "'ServiceNamespace':'dynamodb'"),
        is("{'ScalableTargets':[{" + WRITES + "," + at + ",'MinCapacity':5,'MaxCapacity':100}]}"));
    assertThat(
        scale("DescribeScalingPolicies", "'ServiceNamespace':'dynamodb','ResourceId':'table/tab'"),
        containsString(
            ",'PolicyName':'p',"
                + WRITES
                + ","
                + at
                + ",'PolicyType':'TargetTrackingScaling',"
                + "'TargetTrackingScalingPolicyConfiguration':{'TargetValue':70.0,"));
    assertThat(
        scale("DescribeScalingPolicies", "'ServiceNamespace':'dynamodb','ResourceId':'table/x'"),
        is("{'ScalingPolicies':[]}"));
  }

  @Test
  void followsNoMoreWhatItForgets() {
    follow(5, 100, 70, "");
    assertThat(scale("DeleteScalingPolicy", WRITES + ",'PolicyName':'p'"), is("{}"));
    play(5, 10);
    assertThat(write(), is(10L));
    follow(5, 100, 70, "");
    assertThat(scale("DeregisterScalableTarget", WRITES), is("{}"));
    play(5, 10);
    assertThat(write(), is(10L));
    assertThat(
        scale("DeregisterScalableTarget", WRITES), containsString("#ObjectNotFoundException"));
    assertThat(
        scale("DeleteScalingPolicy", WRITES + ",'PolicyName':'p'"),
        containsString("#ObjectNotFoundException"));
  }

  @Test
  void refusesWhatItCannotFollow() {
    assertThat(policy(70, ""), containsString("No scalable target registered"));
    assertThat(
        scale("RegisterScalableTarget", WRITES + ",'MinCapacity':5"),
        containsString("Value at 'maxCapacity' failed to satisfy constraint"));
    assertThat(
        scale("RegisterScalableTarget", WRITES + ",'MinCapacity':5,'MaxCapacity':4"),
        containsString("Maximum capacity cannot be less"));
    assertThat(
        scale("RegisterScalableTarget", WRITES.replace("table:", "index:")),
        containsString("#ValidationException"));
    follow(5, 100, 70, "");
    assertThat(policy(95, ""), containsString("between 20 and 90"));
    assertThat(scale("Other", WRITES), containsString("#UnknownOperationException"));
  }
}

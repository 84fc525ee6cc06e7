/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The states before the steps: one execution of a night is at work, one may wait, and each event
 * counts once. A table of DynamoDB has an item for each event, one for the turn and one for the
 * line, which are put only where nobody, or an execution that has ended, is in them. An execution
 * that finds another waiting ends: that one begins later, and sees what this one was started for.
 */
record Turn(String next) {
  private static final String PUT = "arn:aws:states:::dynamodb:putItem";
  private static final String GET = "arn:aws:states:::dynamodb:getItem";
  private static final String DESCRIBE = "arn:aws:states:::aws-sdk:sfn:describeExecution";
  private static final String ME = "{% $states.context.Execution.Id %}";
  private static final String NOBODY = "none";
  private static final String FREE = "attribute_not_exists(id) OR runBy IN (:me, :ended, :nobody)";

  /** The integration and the SDK write the service's name differently. */
  private static final List<String> IS_TAKEN =
      List.of(
          "DynamoDB.ConditionalCheckFailedException", "DynamoDb.ConditionalCheckFailedException");

  private static final List<String> IS_FORGOTTEN =
      List.of("Sfn.ExecutionDoesNotExistException", "Sfn.ExecutionDoesNotExist");

  private static final int WAIT_SECONDS = 60;

  static final String FIRST = "Note the event";
  private static final String TAKE = "Take the turn";
  private static final String LINE = "Stand in line";
  private static final String SEEN = "The event was seen before";
  private static final String OTHER = "The one in line sees it";
  private static final String LEAVE = "Leave the line";
  private static final String WAIT = "Wait";

  /**
   * Names what started an execution, the same for an event that is delivered twice. The sequencer
   * of S3 is another one when an object is written again; an ETag may be the same every night.
   */
  private static final String EVENT =
      "{% $exists($states.input.detail.object) ? 's3 ' & $states.input.detail.bucket.name & '/'"
          + " & $states.input.detail.object.key & ' ' & $states.input.detail.object.sequencer"
          + " : $states.input.source = 'aws.events' ? 'schedule ' & $states.input.time"
          + " : 'execution ' & $states.context.Execution.Name %}";

  /** DynamoDB deletes the item some time after that; an event is delivered within a day. */
  private static final String EXPIRES =
      "{% $string($floor($toMillis($states.context.Execution.StartTime) / 1000) + 1209600) %}";

  Map<String, Object> states() {
    Map<String, Object> states = new LinkedHashMap<>();
    Map<String, Object> note =
        put(
            Json.of("id", text(EVENT), "runBy", text(ME), "expires", Json.of("N", EXPIRES)),
            "attribute_not_exists(id) OR runBy = :me",
            Json.of(":me", text(ME)),
            SEEN);
    note.put("Assign", Json.of("turnEnded", NOBODY, "lineEnded", NOBODY));
    note.put("Next", TAKE);
    states.put(FIRST, note);
    states.put(SEEN, end("An event is delivered once or more often; it counts once."));
    slot(states, TAKE, "turn", LEAVE, LINE);
    slot(states, LINE, "line", WAIT, OTHER);
    states.put(WAIT, Json.of("Type", "Wait", "Seconds", WAIT_SECONDS, "Next", TAKE));
    states.put(OTHER, end("It begins after this one was started."));
    Map<String, Object> leave =
        put(
            Json.of("id", text("line"), "runBy", text(NOBODY)),
            "runBy = :me",
            Json.of(":me", text(ME)),
            next);
    leave.put("Next", next);
    states.put(LEAVE, leave);
    return states;
  }

  /** Adds the states that take a place, unless an execution that is at work has it. */
  private static void slot(
      Map<String, Object> states, String take, String slot, String taken, String busy) {
    String who = "Who has the " + slot;
    String ask = "Ask after the " + slot;
    String choose = "Is the " + slot + " free";
    String ended = slot + "Ended";
    String owner = slot + "Owner";
    String isBusy = slot + "IsBusy";
    Map<String, Object> put =
        put(
            Json.of("id", text(slot), "runBy", text(ME)),
            FREE,
            Json.of(
                ":me", text(ME),
                ":ended", text("{% $" + ended + " %}"),
                ":nobody", text(NOBODY)),
            who);
    put.put("Next", taken);
    states.put(take, put);
    Map<String, Object> get =
        task(
            GET,
            Json.of(
                "TableName", "${Runs}", "Key", Json.of("id", text(slot)), "ConsistentRead", true));
    get.put("Assign", Json.of(owner, "{% $states.result.Item.runBy.S %}"));
    get.put("Retry", List.of(again()));
    get.put("Next", "Is there anybody in the " + slot);
    states.put(who, get);
    states.put(
        "Is there anybody in the " + slot,
        choice("{% $" + owner + " = '" + NOBODY + "' %}", take, ask));
    Map<String, Object> describe = task(DESCRIBE, Json.of("ExecutionArn", "{% $" + owner + " %}"));
    String runs = "$states.result.Status = 'RUNNING'";
    describe.put(
        "Assign",
        Json.of(
            isBusy,
            "{% " + runs + " %}",
            ended,
            "{% " + runs + " ? $" + ended + " : $" + owner + " %}"));
    describe.put("Retry", List.of(never(IS_FORGOTTEN), again()));
    describe.put(
        "Catch",
        List.of(
            Json.of(
                "ErrorEquals",
                IS_FORGOTTEN,
                "Assign",
                Json.of(ended, "{% $" + owner + " %}"),
                "Next",
                take)));
    describe.put("Next", choose);
    states.put(ask, describe);
    states.put(choose, choice("{% $" + isBusy + " %}", busy, take));
  }

  private static Map<String, Object> put(
      Map<String, Object> item, String condition, Map<String, Object> values, String otherwise) {
    Map<String, Object> put =
        task(
            PUT,
            Json.of(
                "TableName",
                "${Runs}",
                "Item",
                item,
                "ConditionExpression",
                condition,
                "ExpressionAttributeValues",
                values));
    put.put("Retry", List.of(never(IS_TAKEN), again()));
    put.put("Catch", List.of(Json.of("ErrorEquals", IS_TAKEN, "Next", otherwise)));
    return put;
  }

  private static Map<String, Object> task(String resource, Map<String, Object> arguments) {
    return Json.of(
        "Type",
        "Task",
        "Resource",
        resource,
        "Arguments",
        arguments,
        "Output",
        "{% $states.input %}");
  }

  private static Map<String, Object> choice(String condition, String then, String otherwise) {
    return Json.of(
        "Type",
        "Choice",
        "Choices",
        List.of(Json.of("Condition", condition, "Next", then)),
        "Default",
        otherwise);
  }

  private static Map<String, Object> end(String why) {
    return Json.of("Type", "Succeed", "Comment", why);
  }

  private static Map<String, Object> text(String value) {
    return Json.of("S", value);
  }

  private static Map<String, Object> never(List<String> errors) {
    return Json.of("ErrorEquals", errors, "MaxAttempts", 0);
  }

  private static Map<String, Object> again() {
    return Json.of(
        "ErrorEquals",
        List.of("States.TaskFailed"),
        "IntervalSeconds",
        2,
        "MaxAttempts",
        6,
        "BackoffRate",
        2);
  }
}

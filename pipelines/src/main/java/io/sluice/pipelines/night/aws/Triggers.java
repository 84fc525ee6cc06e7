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
 * What starts a night and who hears of its failure: rules of EventBridge for a schedule and for new
 * objects in S3, each enabled if a parameter says so, and a topic for executions that fail, and for
 * events that could not start one.
 *
 * @param night its name
 */
record Triggers(String night) {
  static final String SCHEDULED = "IsScheduled";
  static final String ON_OBJECT = "IsOnObject";

  Map<String, Map<String, Object>> resources() {
    Map<String, Map<String, Object>> resources = new LinkedHashMap<>();
    resources.put(
        "ScheduleRule",
        startingRule(
            SCHEDULED,
            "ScheduleExpression",
            // A rule has one, also while it is disabled.
            Json.of("Fn::If", List.of(SCHEDULED, Json.ref("Schedule"), "rate(1 day)"))));
    resources.put("ScheduleAlarm", alarm("ScheduleRule"));
    Map<String, Object> created =
        Json.of(
            "source",
            List.of("aws.s3"),
            "detail-type",
            List.of("Object Created"),
            "detail",
            Json.of(
                "bucket",
                Json.of("name", List.of(Json.ref("ObjectBucket"))),
                "object",
                Json.of("key", List.of(Json.of("wildcard", Json.ref("ObjectKey"))))));
    resources.put("ObjectRule", startingRule(ON_OBJECT, "EventPattern", created));
    resources.put("ObjectAlarm", alarm("ObjectRule"));
    resources.put(
        "StartRole",
        resource(
            "AWS::IAM::Role",
            Json.of(
                "AssumeRolePolicyDocument",
                Json.trust("events.amazonaws.com", ofThisAccount()),
                "Policies",
                List.of(
                    Json.of(
                        "PolicyName",
                        "start",
                        "PolicyDocument",
                        Json.policy(
                            Json.of(
                                "Effect",
                                "Allow",
                                "Action",
                                "states:StartExecution",
                                "Resource",
                                Json.ref(NightTemplate.MACHINE))))))));
    resources.put(
        "FailureTopic",
        resource(
            "AWS::SNS::Topic",
            Json.of(
                "Subscription",
                List.of(Json.of("Protocol", "email", "Endpoint", Json.ref("FailureEmail"))))));
    resources.put("FailureTopicPolicy", topicPolicy());
    resources.put("FailureRule", failureRule());
    return resources;
  }

  static Map<String, Object> ofThisAccount() {
    return Json.of("StringEquals", Json.of("aws:SourceAccount", Json.ref("AWS::AccountId")));
  }

  private static Map<String, Object> resource(String type, Map<String, Object> properties) {
    return Json.of("Type", type, "Properties", properties);
  }

  private static Map<String, Object> startingRule(String condition, String what, Object value) {
    return resource(
        "AWS::Events::Rule",
        Json.of(
            "State",
            Json.of("Fn::If", List.of(condition, "ENABLED", "DISABLED")),
            what,
            value,
            "Targets",
            List.of(
                Json.of(
                    "Id",
                    "night",
                    "Arn",
                    Json.ref(NightTemplate.MACHINE),
                    "RoleArn",
                    Json.arnOf("StartRole")))));
  }

  /** Tells of an event that started nothing, also after all attempts within a day. */
  private static Map<String, Object> alarm(String rule) {
    return resource(
        "AWS::CloudWatch::Alarm",
        Json.of(
            "AlarmDescription",
            "An event could not start the night.",
            "Namespace",
            "AWS/Events",
            "MetricName",
            "FailedInvocations",
            "Dimensions",
            List.of(Json.of("Name", "RuleName", "Value", Json.ref(rule))),
            "Statistic",
            "Sum",
            "Period",
            300,
            "EvaluationPeriods",
            1,
            "Threshold",
            0,
            "ComparisonOperator",
            "GreaterThanThreshold",
            "TreatMissingData",
            "notBreaching",
            "AlarmActions",
            List.of(Json.ref("FailureTopic"))));
  }

  /** EventBridge documents no condition for its messages to a topic, and a lost one is silent. */
  private static Map<String, Object> topicPolicy() {
    return resource(
        "AWS::SNS::TopicPolicy",
        Json.of(
            "Topics",
            List.of(Json.ref("FailureTopic")),
            "PolicyDocument",
            Json.policy(
                publish("EventBridge", "events.amazonaws.com"),
                with(publish("CloudWatch", "cloudwatch.amazonaws.com"), ofThisAccount()))));
  }

  private static Map<String, Object> publish(String sid, String service) {
    return Json.of(
        "Sid",
        sid,
        "Effect",
        "Allow",
        "Principal",
        Json.of("Service", service),
        "Action",
        "sns:Publish",
        "Resource",
        Json.ref("FailureTopic"));
  }

  private static Map<String, Object> with(
      Map<String, Object> statement, Map<String, Object> condition) {
    statement.put("Condition", condition);
    return statement;
  }

  private Map<String, Object> failureRule() {
    Map<String, Object> ended =
        Json.of(
            "source",
            List.of("aws.states"),
            "detail-type",
            List.of("Step Functions Execution Status Change"),
            "detail",
            Json.of(
                "stateMachineArn",
                List.of(Json.ref(NightTemplate.MACHINE)),
                "status",
                List.of("FAILED", "TIMED_OUT", "ABORTED")));
    String text =
        "\"The execution <execution> of the night "
            + night
            + " has ended as <status>. Step Functions shows where; once the reason is gone,"
            + " redrive it, and it goes on with what is left.\"";
    return resource(
        "AWS::Events::Rule",
        Json.of(
            "EventPattern",
            ended,
            "Targets",
            List.of(
                Json.of(
                    "Id",
                    "mail",
                    "Arn",
                    Json.ref("FailureTopic"),
                    "InputTransformer",
                    Json.of(
                        "InputPathsMap",
                        Json.of("execution", "$.detail.name", "status", "$.detail.status"),
                        "InputTemplate",
                        text)))));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What the state machine may do: run jobs with the roles of the tables, and take turns.
 *
 * @param names of the roles of the jobs
 */
record MachineRole(Collection<String> names) {

  Map<String, Object> json() {
    List<Object> passed = new ArrayList<>();
    names.forEach(role -> passed.add(Json.arnOf(role)));
    String here = "arn:${AWS::Partition}:%s:${AWS::Region}:${AWS::AccountId}:";
    return Json.of(
        "Type",
        "AWS::IAM::Role",
        "Properties",
        Json.of(
            "AssumeRolePolicyDocument",
            Json.trust("states.amazonaws.com", Triggers.ofThisAccount()),
            "Policies",
            List.of(
                Json.of(
                    "PolicyName",
                    "night",
                    "PolicyDocument",
                    Json.policy(
                        allow(
                            "RunJobs",
                            List.of("emr-serverless:StartJobRun"),
                            NightTemplate.APPLICATION_ARN),
                        allow(
                            "WatchJobs",
                            List.of("emr-serverless:GetJobRun", "emr-serverless:CancelJobRun"),
                            NightTemplate.APPLICATION_ARN + "/jobruns/*"),
                        Json.of(
                            "Sid",
                            "GiveJobsTheirRoles",
                            "Effect",
                            "Allow",
                            "Action",
                            "iam:PassRole",
                            "Resource",
                            passed,
                            "Condition",
                            Json.of(
                                "StringEquals",
                                Json.of("iam:PassedToService", "emr-serverless.amazonaws.com"))),
                        allow(
                            "HearOfTheEndOfJobs",
                            List.of("events:PutTargets", "events:PutRule", "events:DescribeRule"),
                            here.formatted("events")
                                + "rule/StepFunctionsGetEventsForEMRServerlessJobRule"),
                        allow(
                            "TakeTurns",
                            List.of("dynamodb:PutItem", "dynamodb:GetItem"),
                            "${Runs.Arn}"),
                        allow(
                            "AskAfterOtherExecutions",
                            List.of("states:DescribeExecution"),
                            here.formatted("states") + "execution:${AWS::StackName}:*"))))));
  }

  private static Map<String, Object> allow(String sid, List<String> actions, String resource) {
    return Json.of(
        "Sid", sid, "Effect", "Allow", "Action", actions, "Resource", Json.sub(resource));
  }
}

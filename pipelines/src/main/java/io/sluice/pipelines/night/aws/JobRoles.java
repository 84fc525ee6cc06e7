/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.aws;

import io.sluice.pipelines.night.aws.VerbPolicy.Statement;
import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.file.NightTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The roles of a night's jobs: one for each table, with what its steps need and nothing else; and
 * those in other accounts that its steps assume ({@code --tableRole}, {@code --lakeRole}), each of
 * which is created where the template is deployed in its account.
 */
final class JobRoles {
  private final Night night;
  private final Map<String, List<Statement>> ofTables = new LinkedHashMap<>();
  private final Map<String, List<Statement>> assumed = new LinkedHashMap<>();
  private final Map<String, Set<String>> externalIds = new LinkedHashMap<>();

  JobRoles(Night night, List<ClusterStep> steps) {
    this.night = night;
    night.tables().forEach(table -> ofTables.put(table.name(), new ArrayList<>()));
    steps.forEach(this::add);
  }

  /** Returns the folder of a night for reports and logs, ending in a slash. */
  static String folder(Night night) {
    return night.ledger() + (night.ledger().endsWith("/") ? "" : "/") + night.name() + "/";
  }

  private static S3Name place(Night night) {
    return S3Name.parse(folder(night)).orElseThrow();
  }

  private void add(ClusterStep step) {
    List<Statement> statements = new ArrayList<>(new VerbPolicy(step).statements());
    if (step.step().reports()) {
      statements.add(
          new Statement(
              "WriteReports",
              List.of("s3:PutObject", "s3:DeleteObject"),
              List.of(VerbPolicy.s3(place(night).within("executions/*")))));
    }
    for (Statement statement : statements) {
      boolean isOfTable = statement.actions().get(0).startsWith("dynamodb:");
      @Nullable String role = step.value(isOfTable ? "tableRole" : "lakeRole").orElse(null);
      if (role == null) {
        ofTables.get(step.table()).add(statement);
        continue;
      }
      Statement assume =
          new Statement("AssumeRoles", List.of("sts:AssumeRole"), List.of(Json.literal(role)));
      ofTables.get(step.table()).add(assume);
      assumed.computeIfAbsent(role, name -> new ArrayList<>()).add(statement);
      externalIds
          .computeIfAbsent(role, name -> new LinkedHashSet<>())
          .addAll(step.values("externalId"));
    }
  }

  boolean hasOtherAccounts() {
    return !assumed.isEmpty();
  }

  /** Returns the names of the resources, by table. */
  Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    for (NightTable table : night.tables()) {
      names.put(table.name(), "JobRole" + (names.size() + 1) + Json.word(table.name()));
    }
    return names;
  }

  /** Returns the roles of the jobs, by the names of their resources. */
  Map<String, Map<String, Object>> ofJobs() {
    Map<String, Map<String, Object>> roles = new LinkedHashMap<>();
    names()
        .forEach(
            (table, name) -> {
              List<Statement> statements =
                  new ArrayList<>(VerbPolicy.together(ofTables.get(table)));
              statements.add(
                  new Statement(
                      "WriteLogs",
                      List.of("s3:PutObject"),
                      List.of(VerbPolicy.s3(place(night).within("logs/*")))));
              statements.add(
                  new Statement(
                      "ReadTheJar",
                      List.of("s3:GetObject"),
                      List.of("arn:${AWS::Partition}:s3:::${JarBucket}/${JarKey}")));
              Map<String, Object> condition =
                  Json.of(
                      "StringEquals",
                      Json.of("aws:SourceAccount", Json.ref("AWS::AccountId")),
                      "ArnLike",
                      Json.of("aws:SourceArn", Json.sub(NightTemplate.APPLICATION_ARN)));
              roles.put(
                  name,
                  role(
                      Json.of(
                          "Path",
                          path(),
                          "AssumeRolePolicyDocument",
                          Json.trust("emr-serverless.amazonaws.com", condition)),
                      statements));
            });
    return roles;
  }

  private String path() {
    return "/sluice/" + night.name() + "/";
  }

  private static Map<String, Object> role(
      Map<String, Object> properties, List<Statement> statements) {
    Object[] json = statements.stream().map(Statement::json).toArray();
    properties.put(
        "Policies", List.of(Json.of("PolicyName", "steps", "PolicyDocument", Json.policy(json))));
    return Json.of("Type", "AWS::IAM::Role", "Properties", properties);
  }

  /** Returns the roles of other accounts, by the names of their resources. */
  Map<String, Map<String, Object>> ofOtherAccounts() {
    Map<String, Map<String, Object>> roles = new LinkedHashMap<>();
    assumed.forEach(
        (arn, statements) -> {
          Matcher matcher = ClusterCheck.ROLE.matcher(arn);
          if (!matcher.matches()) {
            throw new IllegalArgumentException(arn);
          }
          Map<String, Object> condition =
              Json.of(
                  "ArnLike",
                  Json.of(
                      "aws:PrincipalArn",
                      Json.sub("arn:${AWS::Partition}:iam::${NightAccount}:role" + path() + "*")));
          if (!externalIds.get(arn).isEmpty()) {
            condition.put(
                "StringEquals", Json.of("sts:ExternalId", List.copyOf(externalIds.get(arn))));
          }
          Map<String, Object> principal =
              Json.of("AWS", Json.sub("arn:${AWS::Partition}:iam::${NightAccount}:root"));
          Map<String, Object> role =
              role(
                  Json.of(
                      "RoleName",
                      matcher.group(3),
                      "Path",
                      matcher.group(2),
                      "AssumeRolePolicyDocument",
                      Json.policy(
                          Json.of(
                              "Effect",
                              "Allow",
                              "Principal",
                              principal,
                              "Action",
                              "sts:AssumeRole",
                              "Condition",
                              condition))),
                  VerbPolicy.together(statements));
          role.put("Condition", condition(matcher.group(1)));
          roles.put("AssumedRole" + (roles.size() + 1) + Json.word(matcher.group(3)), role);
        });
    return roles;
  }

  static String condition(String account) {
    return "RolesOf" + account;
  }

  /** Returns the accounts whose roles are assumed. */
  Set<String> accounts() {
    Set<String> accounts = new LinkedHashSet<>();
    assumed.keySet().forEach(arn -> accounts.add(arn.split(":", -1)[4]));
    return accounts;
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.file.NightTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Writes a night as a template of CloudFormation in JSON, with jobs of EMR Serverless. What the
 * file of the night says is in it as it is; what it does not say, such as the jar, the schedule and
 * whom to tell of a failure, are its parameters.
 */
public final class NightTemplate {
  static final String MACHINE = "Night";
  private static final String IS_NIGHT = "IsNight";
  static final String APPLICATION_ARN =
      "arn:${AWS::Partition}:emr-serverless:${AWS::Region}:${AWS::AccountId}:/applications/${Application}";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VCPUS_OF_A_JOB = 16;
  private static final int GIGABYTES_OF_A_JOB = 64;

  private final Night night;
  private final List<ClusterStep> steps;
  private final JobRoles roles;

  private NightTemplate(Night night, List<ClusterStep> steps) {
    this.night = night;
    this.steps = steps;
    this.roles = new JobRoles(night, steps);
  }

  /**
   * Writes the template.
   *
   * @param file the name of the night's file, for messages
   * @throws UsageException with each step that cannot be run there, by its line and verb
   */
  public static String of(String file, Night night) {
    List<ClusterStep> steps = new ArrayList<>();
    for (NightTable table : night.tables()) {
      for (int i = 0; i < table.steps().size(); i++) {
        steps.add(ClusterStep.of(night, table.name(), i + 1, table.steps().get(i)));
      }
    }
    List<String> problems = ClusterCheck.problems(file, night, steps);
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    try {
      return JSON.writer(printer()).writeValueAsString(new NightTemplate(night, steps).json())
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Indents by little: CloudFormation counts the spaces. */
  private static DefaultPrettyPrinter printer() {
    return new DefaultPrettyPrinter()
        .withObjectIndenter(new DefaultIndenter(" ", "\n"))
        .withoutSpacesInObjectEntries();
  }

  private Map<String, Object> json() {
    Map<String, Object> template =
        Json.of(
            "AWSTemplateFormatVersion",
            "2010-09-09",
            "Description",
            "The night " + night.name() + ", written by sluice night --template=EMR_SERVERLESS",
            "Parameters",
            parameters());
    Map<String, Object> conditions = new LinkedHashMap<>();
    conditions.put(Triggers.SCHEDULED, given("Schedule"));
    conditions.put(Triggers.ON_OBJECT, given("ObjectBucket"));
    if (roles.hasOtherAccounts()) {
      conditions.put(IS_NIGHT, isAccount(Json.ref("NightAccount")));
      roles
          .accounts()
          .forEach(account -> conditions.put(JobRoles.condition(account), isAccount(account)));
    }
    template.put("Conditions", conditions);
    template.put("Resources", resources());
    Map<String, Object> output =
        Json.of("Description", "The state machine", "Value", Json.ref(MACHINE));
    if (roles.hasOtherAccounts()) {
      output.put("Condition", IS_NIGHT);
    }
    template.put("Outputs", Json.of("StateMachine", output));
    return template;
  }

  private static Map<String, Object> given(String parameter) {
    return Json.of("Fn::Not", List.of(Json.of("Fn::Equals", List.of(Json.ref(parameter), ""))));
  }

  private static Map<String, Object> isAccount(Object account) {
    return Json.of("Fn::Equals", List.of(Json.ref("AWS::AccountId"), account));
  }

  private Map<String, Object> parameters() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("JarBucket", parameter("The bucket that has sluice-spark-cluster.jar", null));
    all.put("JarKey", parameter("The key of the jar", "sluice-spark-cluster.jar"));
    all.put("FailureEmail", parameter("Who is told when an execution fails", null));
    all.put(
        "Schedule",
        parameter("When it runs, such as cron(0 2 * * ? *) in UTC; empty for no schedule", ""));
    all.put(
        "ObjectBucket",
        parameter(
            "A bucket whose new objects start it, with EventBridge turned on; empty for none", ""));
    all.put(
        "ObjectKey",
        parameter(
            "Which of them: a key, in which * is any text, such as drop/*/manifest.json", "*"));
    all.put("ReleaseLabel", parameter("The release of EMR, with Spark 3.5", "emr-7.5.0"));
    all.put(
        "SparkParameters", parameter("Parameters of each job's spark-submit", sparkParameters()));
    all.put(
        "MaximumCpu",
        parameter("Of all jobs that run at once", night.parallel() * VCPUS_OF_A_JOB + " vCPU"));
    all.put(
        "MaximumMemory",
        parameter("Of all jobs that run at once", night.parallel() * GIGABYTES_OF_A_JOB + " GB"));
    if (roles.hasOtherAccounts()) {
      all.put(
          "NightAccount",
          parameter(
              "The account of the night, 12 digits; in another one only its roles are created",
              null));
    }
    return all;
  }

  private static Map<String, Object> parameter(String description, @Nullable String byDefault) {
    Map<String, Object> parameter = Json.of("Type", "String", "Description", description);
    if (byDefault == null) {
      parameter.put("MinLength", 1);
    } else {
      parameter.put("Default", byDefault);
    }
    return parameter;
  }

  /** Returns those of the job that people submit by hand. */
  private static String sparkParameters() {
    try (InputStream in = NightTemplate.class.getResourceAsStream("emr-serverless-job.json")) {
      JsonNode job = JSON.readTree(in);
      return job.at("/jobDriver/sparkSubmit/sparkSubmitParameters").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> resources() {
    Map<String, Map<String, Object>> own = new LinkedHashMap<>();
    own.put(MACHINE, machine());
    own.put("MachineRole", new MachineRole(roles.names().values()).json());
    own.putAll(roles.ofJobs());
    own.put(
        "Application",
        Json.of(
            "Type",
            "AWS::EMRServerless::Application",
            "Properties",
            Json.of(
                "Type",
                "SPARK",
                "ReleaseLabel",
                Json.ref("ReleaseLabel"),
                "AutoStartConfiguration",
                Json.of("Enabled", true),
                "AutoStopConfiguration",
                Json.of("Enabled", true, "IdleTimeoutMinutes", 15),
                "MaximumCapacity",
                Json.of("Cpu", Json.ref("MaximumCpu"), "Memory", Json.ref("MaximumMemory")))));
    own.put("Runs", runs());
    own.putAll(new Triggers(night.name()).resources());
    if (roles.hasOtherAccounts()) {
      own.values().forEach(resource -> resource.putIfAbsent("Condition", IS_NIGHT));
      own.putAll(roles.ofOtherAccounts());
    }
    return new LinkedHashMap<>(own);
  }

  private Map<String, Object> machine() {
    Map<String, Object> names = new LinkedHashMap<>();
    names.put("Application", Json.ref("Application"));
    names.put("Runs", Json.ref("Runs"));
    for (String parameter : List.of("JarBucket", "JarKey", "SparkParameters")) {
      names.put(parameter, Json.ref(parameter));
    }
    roles.names().values().forEach(role -> names.put(role, Json.arnOf(role)));
    return Json.of(
        "Type",
        "AWS::StepFunctions::StateMachine",
        "Properties",
        Json.of(
            // Its role names its executions, and cannot refer to what refers to the role.
            "StateMachineName",
            Json.ref("AWS::StackName"),
            "StateMachineType",
            "STANDARD",
            "RoleArn",
            Json.arnOf("MachineRole"),
            "Definition",
            new StateMachine(night, steps, roles.names()).json(),
            "DefinitionSubstitutions",
            names));
  }

  private static Map<String, Object> runs() {
    return Json.of(
        "Type",
        "AWS::DynamoDB::Table",
        "Properties",
        Json.of(
            "BillingMode",
            "PAY_PER_REQUEST",
            "AttributeDefinitions",
            List.of(Json.of("AttributeName", "id", "AttributeType", "S")),
            "KeySchema",
            List.of(Json.of("AttributeName", "id", "KeyType", "HASH")),
            "TimeToLiveSpecification",
            Json.of("AttributeName", "expires", "Enabled", true)));
  }
}

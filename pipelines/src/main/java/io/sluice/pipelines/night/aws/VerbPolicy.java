/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a step may do: the policy of its verb in {@code src/submit/iam}, with the names of the step
 * in place of the words in capitals, and without the statements that it does not need.
 */
record VerbPolicy(ClusterStep step) {
  static final List<String> VERBS =
      List.of("import", "export", "verify", "capture", "merge", "lookup");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A place in S3 in a policy, such as {@code WORK_BUCKET/WORK_PREFIX/*}. */
  private static final Pattern PLACE =
      Pattern.compile("arn:aws:s3:::([A-Z]+)_BUCKET(?:/\\1_PREFIX/(.*))?");

  private static final Pattern TABLE_ARN = Pattern.compile("arn:[a-z-]+:dynamodb:.*:table/(.*)");
  private static final String IN_DYNAMODB = "arn:aws:dynamodb:REGION:ACCOUNT:table/TABLE";

  /** Which options give the places that a policy names; those of INPUT may be globs. */
  private static final Map<String, List<String>> PLACES =
      Map.of(
          "INPUT", List.of("input"),
          "OUTPUT", List.of("output"),
          "BASE", List.of("base"),
          "DELTAS", List.of("deltas"),
          "WORK", List.of("rejects", "report", "coordination", "staging", "checkpoints", "output"));

  /** Statements that only some steps need; all others are for each step of the verb. */
  static final Map<String, Predicate<ClusterStep>> OPTIONAL =
      Map.ofEntries(
          Map.entry(
              "CreateTheTable",
              step -> step.has("createTable") && !step.is("writeEngine", "importTable")),
          Map.entry("ImportTheTable", step -> step.is("writeEngine", "importTable")),
          Map.entry("WatchTheImport", step -> step.is("writeEngine", "importTable")),
          Map.entry("PutInBulk", step -> step.is("writeEngine", "bulk")),
          Map.entry("WatchTheBulkPut", step -> step.is("writeEngine", "bulk")),
          Map.entry("LogErrorsOfTheImport", step -> step.is("writeEngine", "importTable")),
          Map.entry("CreateTheTableFromASnapshot", step -> step.is("createTable", "FROM_SNAPSHOT")),
          Map.entry("RaiseTheCapacityForTheRun", step -> step.has("raiseCapacity")),
          Map.entry(
              "CompareWithTheTable",
              step -> step.is("write", "CHANGED") || step.is("prune", "true")),
          Map.entry("PruneTheTable", step -> step.is("prune", "true")),
          Map.entry("DeleteTheInputOnSuccess", step -> step.is("onSuccess", "DELETE")),
          Map.entry(
              "ScanTheTableWhenFullOrRepaired",
              step -> step.is("full", "true") || step.is("repair", "true")),
          Map.entry("RepairTheTable", step -> step.is("repair", "true")),
          Map.entry("EnableTheStream", step -> step.is("enableStream", "true")),
          Map.entry("ScanTheTableWhenSmall", step -> !step.is("lookupBy", "KEYS")),
          Map.entry("RegisterTables", step -> step.has("catalog")));

  /**
   * A statement that allows something.
   *
   * @param resources as texts for Fn::Sub
   */
  record Statement(String sid, List<String> actions, List<String> resources) {
    Map<String, Object> json() {
      return Json.of(
          "Sid",
          sid,
          "Effect",
          "Allow",
          "Action",
          actions,
          "Resource",
          resources.stream().map(Json::sub).toList());
    }
  }

  List<Statement> statements() {
    List<Statement> statements = new ArrayList<>();
    for (JsonNode statement : read(step.step().verb()).get("Statement")) {
      String sid = statement.get("Sid").asText();
      List<String> resources =
          texts(statement.get("Resource")).flatMap(this::resources).distinct().toList();
      if (OPTIONAL.getOrDefault(sid, any -> true).test(step) && !resources.isEmpty()) {
        statements.add(new Statement(sid, texts(statement.get("Action")).toList(), resources));
      }
    }
    statements.addAll(elsewhere());
    return statements;
  }

  /** Allows what verbs without a folder for work write outside of their output. */
  private List<Statement> elsewhere() {
    List<S3Name> places =
        read(step.step().verb()).toString().contains("WORK_BUCKET")
            ? List.of()
            : step.places(List.of("rejects", "report", "coordination"));
    List<Statement> statements = new ArrayList<>();
    if (!places.isEmpty()) {
      statements.add(
          new Statement(
              "FindWhatTheJobWrote",
              List.of("s3:ListBucket"),
              of(places, place -> place.bucket())));
      statements.add(
          new Statement(
              "WriteReportsAndCoordination",
              List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
              places.stream()
                  .flatMap(place -> place.objects().stream())
                  .map(VerbPolicy::s3)
                  .toList()));
    }
    if (step.is("source", "NATIVE_EXPORT")) {
      statements.add(
          new Statement(
              "AskForTheNativeExport",
              List.of("dynamodb:ExportTableToPointInTime"),
              List.of(named(IN_DYNAMODB))));
      statements.add(
          new Statement(
              "WaitForTheNativeExport",
              List.of("dynamodb:DescribeExport"),
              List.of(named(IN_DYNAMODB + "/export/*"))));
    }
    List<S3Name> exported = step.places(List.of("source"));
    if (!exported.isEmpty()) {
      statements.add(
          new Statement(
              "FindTheNativeExport",
              List.of("s3:ListBucket"),
              of(exported, place -> place.bucket())));
      statements.add(
          new Statement(
              "ReadTheNativeExport",
              List.of("s3:GetObject"),
              of(exported, place -> place.within("*"))));
    }
    return statements;
  }

  private static List<String> of(List<S3Name> places, Function<S3Name, String> name) {
    return places.stream().map(name).map(VerbPolicy::s3).distinct().toList();
  }

  static String s3(String name) {
    return "arn:${AWS::Partition}:s3:::" + Json.literal(name);
  }

  private Stream<String> resources(String resource) {
    Matcher place = PLACE.matcher(resource);
    if (!place.matches()) {
      return Stream.of(named(resource));
    }
    String which = place.group(1);
    String rest = place.group(2);
    List<S3Name> places = step.places(PLACES.get(which));
    if (rest == null) {
      return places.stream().map(name -> s3(name.bucket()));
    }
    if (which.equals("INPUT") || (which.equals("WORK") && rest.equals("*"))) {
      return places.stream().flatMap(name -> name.objects().stream()).map(VerbPolicy::s3);
    }
    String below = rest.replace("TABLE", shortTable());
    return places.stream().map(S3Name::output).map(name -> s3(name.within(below)));
  }

  /** Puts names in place of the words in capitals, in what is not of S3. */
  private String named(String resource) {
    String table = table();
    if (resource.startsWith(IN_DYNAMODB) && TABLE_ARN.matcher(table).matches()) {
      return Json.literal(table) + resource.substring(IN_DYNAMODB.length());
    }
    return resource
        .replace("arn:aws:", "arn:${AWS::Partition}:")
        .replace("REGION", step.value("awsRegion").orElse("${AWS::Region}"))
        .replace("ACCOUNT", "${AWS::AccountId}")
        .replace("DATABASE", step.value("catalogDatabase").orElse("default"))
        // As the catalog has it.
        .replace("NAME", shortTable().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_"))
        .replace("TABLE", shortTable());
  }

  private String table() {
    return step.value("lookupTable").or(() -> step.value("table")).orElse("");
  }

  private String shortTable() {
    String table = table();
    Matcher matcher = TABLE_ARN.matcher(table);
    return matcher.matches() ? matcher.group(1) : table;
  }

  private static JsonNode read(String verb) {
    try (InputStream in = VerbPolicy.class.getResourceAsStream("iam/" + verb + ".json")) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> texts(JsonNode value) {
    return value.isTextual()
        ? Stream.of(value.asText())
        : Stream.iterate(0, i -> i < value.size(), i -> i + 1).map(i -> value.get(i).asText());
  }

  /** Puts statements together that allow the same, so that each has a name of its own. */
  static List<Statement> together(List<Statement> statements) {
    return statements.stream()
        .collect(Collectors.groupingBy(Statement::actions, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(
            same ->
                new Statement(
                    same.get(0).sid(),
                    same.get(0).actions(),
                    same.stream().flatMap(s -> s.resources().stream()).distinct().toList()))
        .toList();
  }
}

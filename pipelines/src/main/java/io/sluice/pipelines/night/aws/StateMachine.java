/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.aws;

import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.file.NightTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The state machine of a night, in the States Language with JSONata: its turn, one time for all
 * snapshots, the steps of the tables, and the publishing of what they hold. Tables are worked on in
 * layers, each of which has the tables whose {@code after} are in the layers before.
 *
 * @param steps of all tables
 * @param roles names the role of a table's jobs among the substitutions
 */
record StateMachine(Night night, List<ClusterStep> steps, Map<String, String> roles) {
  private static final String SET_TIME = "Set the time of the snapshots";
  private static final String DONE = "Done";

  /** As {@code NightCommand} has it: a capture that begins later reads all changes up to it. */
  private static final int BEFORE_CAPTURES_MILLIS = 10_000;

  /** A state that is to be followed by another, with its name. */
  private record Named(String name, Map<String, Object> state) {}

  Map<String, Object> json() {
    List<Named> states = new ArrayList<>();
    states.add(new Named(SET_TIME, time()));
    int layer = 0;
    for (List<NightTable> tables : layers()) {
      layer++;
      List<List<Named>> chains = tables.stream().map(this::chain).toList();
      states.addAll(together("Tables, part " + layer, chains));
    }
    List<List<Named>> releases =
        steps.stream()
            .filter(step -> step.step().isHeld())
            .map(step -> List.of(job(step, "publish", "--publish=RELEASE")))
            .toList();
    states.addAll(together("Publish the snapshots", releases));
    Map<String, Object> all = new LinkedHashMap<>(new Turn(SET_TIME).states());
    all.putAll(linked(states, DONE));
    all.put(DONE, Json.of("Type", "Succeed"));
    return Json.of(
        "Comment",
        "The night " + night.name() + ", written by sluice night --template",
        "QueryLanguage",
        "JSONata",
        "StartAt",
        Turn.FIRST,
        "States",
        all);
  }

  private Map<String, Object> time() {
    boolean merges = steps.stream().anyMatch(step -> step.step().publishes().equals("asOf"));
    // Not the start of the execution, which may have waited while another published.
    String time =
        "{% $fromMillis($toMillis($states.context.State.EnteredTime) - "
            + (merges ? BEFORE_CAPTURES_MILLIS : 0)
            + ", '[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01]Z') %}";
    return Json.of("Type", "Pass", "Assign", Json.of("snapshotTime", time));
  }

  private List<List<NightTable>> layers() {
    Map<String, Integer> depths = new HashMap<>();
    List<List<NightTable>> layers = new ArrayList<>();
    // They are in an order in which each comes after those that it needs.
    for (NightTable table : night.tables()) {
      int depth = table.after().stream().mapToInt(other -> depths.get(other) + 1).max().orElse(0);
      depths.put(table.name(), depth);
      if (layers.size() == depth) {
        layers.add(new ArrayList<>());
      }
      layers.get(depth).add(table);
    }
    return layers;
  }

  private List<Named> chain(NightTable table) {
    return steps.stream()
        .filter(step -> step.table().equals(table.name()))
        .map(step -> job(step, "", "--publish=HOLD"))
        .toList();
  }

  /** Returns states that do all chains, as many at once as the night allows. */
  private List<Named> together(String name, List<List<Named>> chains) {
    int lanes = Math.min(night.parallel(), chains.size());
    if (lanes <= 1) {
      return chains.stream().flatMap(List::stream).toList();
    }
    List<Object> branches = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      List<Named> states = new ArrayList<>();
      for (int i = lane; i < chains.size(); i += lanes) {
        states.addAll(chains.get(i));
      }
      if (!states.isEmpty()) {
        branches.add(Json.of("StartAt", states.get(0).name, "States", linked(states, null)));
      }
    }
    return List.of(
        new Named(name, Json.of("Type", "Parallel", "Branches", branches, "Output", Json.of())));
  }

  /** Has each state go on with the next, and the last one with another or end. */
  private static Map<String, Object> linked(List<Named> states, @Nullable String next) {
    Map<String, Object> linked = new LinkedHashMap<>();
    for (int i = 0; i < states.size(); i++) {
      Map<String, Object> state = new LinkedHashMap<>(states.get(i).state);
      boolean isLast = i == states.size() - 1;
      if (isLast && next == null) {
        state.put("End", true);
      } else {
        state.put("Next", isLast ? next : states.get(i + 1).name);
      }
      linked.put(states.get(i).name, state);
    }
    return linked;
  }

  private Named job(ClusterStep step, String what, String publish) {
    String title = step.title() + (what.isEmpty() ? "" : " " + what);
    Map<String, Object> state =
        Json.of(
            "Type",
            "Task",
            "Resource",
            "arn:aws:states:::emr-serverless:startJobRun.sync",
            "Arguments",
            Json.of(
                "ApplicationId",
                "${Application}",
                "ExecutionRoleArn",
                "${" + roles.get(step.table()) + "}",
                "Name",
                "sluice " + title,
                "JobDriver",
                Json.of(
                    "SparkSubmit",
                    Json.of(
                        "EntryPoint",
                        "s3://${JarBucket}/${JarKey}",
                        "EntryPointArguments",
                        arguments(step, what, publish),
                        "SparkSubmitParameters",
                        "${SparkParameters}")),
                "ConfigurationOverrides",
                Json.of(
                    "MonitoringConfiguration",
                    Json.of(
                        "S3MonitoringConfiguration",
                        Json.of("LogUri", JobRoles.folder(night) + "logs/")))),
            "Output",
            Json.of());
    int retries = step.step().retries();
    if (retries > 0) {
      state.put(
          "Retry",
          List.of(
              Json.of(
                  "ErrorEquals",
                  List.of("States.TaskFailed"),
                  "IntervalSeconds",
                  Math.max(1, step.step().pause().toSeconds()),
                  "MaxAttempts",
                  retries,
                  "BackoffRate",
                  2)));
    }
    return new Named(title, state);
  }

  private List<String> arguments(ClusterStep step, String what, String publish) {
    List<String> arguments = new ArrayList<>(step.arguments());
    if (step.step().isResumable()) {
      arguments.add("--resumable");
    }
    if (step.step().isHeld()) {
      arguments.add("{% '--" + step.step().publishes() + "=' & $snapshotTime %}");
      arguments.add(publish);
    }
    if (step.step().reports() && what.isEmpty()) {
      String folder = JobRoles.folder(night) + "executions/";
      String file = "/" + step.table() + "-" + step.number() + "-" + step.step().verb() + ".json";
      arguments.add(
          "{% '--report="
              + quoted(folder)
              + "' & $states.context.Execution.Name & '"
              + file
              + "' %}");
    }
    return arguments;
  }

  /** Writes a text between quotes of JSONata. */
  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}

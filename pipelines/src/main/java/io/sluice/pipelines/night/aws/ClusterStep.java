/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.aws;

import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.file.NightStep;
import io.sluice.storage.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A step of a night as a job of a cluster.
 *
 * @param table by which the file refers to its table
 * @param number of the step in its table, from 1 on
 * @param options values of its options by name
 */
record ClusterStep(String table, int number, NightStep step, Map<String, List<String>> options) {

  private static final String NATIVE = "NATIVE_EXPORT=";

  static ClusterStep of(Night night, String table, int number, NightStep described) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    NightStep step = described.with(ofTheNight(night, table, number, described));
    for (String argument : step.arguments()) {
      String[] parts = argument.substring(2).split("=", 2);
      options
          .computeIfAbsent(parts[0], name -> new ArrayList<>())
          .add(parts.length == 1 ? "true" : parts[1]);
    }
    return new ClusterStep(table, number, step, options);
  }

  /** Returns what an import needs to go on with what an execution that failed has left. */
  private static List<String> ofTheNight(Night night, String table, int number, NightStep step) {
    List<String> more = new ArrayList<>();
    String place = night.ledger() + (night.ledger().endsWith("/") ? "" : "/") + night.name();
    if (step.raises()) {
      more.add("--raisedBy=" + NightStep.raiser(place, table, number));
    }
    if (step.keeps() && Storage.isS3(place)) {
      more.add("--checkpoints=" + place + "/checkpoints");
    }
    return more;
  }

  /** Returns its arguments but those of the night itself. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("--pipeline=" + step.verb()));
    step.arguments().stream()
        .filter(argument -> !argument.startsWith("--runner="))
        .forEach(arguments::add);
    return arguments;
  }

  List<String> values(String option) {
    return options.getOrDefault(option, List.of());
  }

  Optional<String> value(String option) {
    return values(option).stream().findFirst();
  }

  boolean has(String option) {
    return options.containsKey(option);
  }

  boolean is(String option, String value) {
    return values(option).contains(value);
  }

  /** Returns the folder of a native export, which its option names as one of several sources. */
  static String place(String value) {
    return value.startsWith(NATIVE) ? value.substring(NATIVE.length()) : value;
  }

  /** Returns its places in S3 by these options. */
  List<S3Name> places(List<String> names) {
    return names.stream()
        .flatMap(name -> values(name).stream())
        .map(ClusterStep::place)
        .flatMap(text -> S3Name.parse(text).stream())
        .toList();
  }

  /** Returns a short name of it, which no other step of the night has. */
  String title() {
    String title = table + " " + number + " " + step.verb();
    return title.length() <= 60
        ? title
        : title.substring(0, 40)
            + " "
            + Integer.toHexString(title.hashCode())
            + " "
            + number
            + " "
            + step.verb();
  }
}

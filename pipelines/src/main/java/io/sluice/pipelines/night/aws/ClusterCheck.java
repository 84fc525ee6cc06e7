/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.aws;

import io.sluice.pipelines.cli.Verbs;
import io.sluice.pipelines.night.file.Night;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what a night has that cannot be done in AWS, or for which the template would have no
 * rights.
 *
 * @param file its name, for messages
 */
record ClusterCheck(String file, List<String> problems) {
  /** Options that name files and folders. */
  private static final List<String> PLACES =
      List.of(
          "input",
          "output",
          "rejects",
          "report",
          "base",
          "deltas",
          "coordination",
          "staging",
          "source");

  private static final Set<String> NO_PLACES =
      Set.of("none", "auto", "FILES", "JDBC", "SCAN", "NATIVE_EXPORT");

  /** Options that only make sense on the machine where they are typed. */
  private static final Set<String> OF_ONE_MACHINE =
      Set.of("local", "inputList", "prices", "jdbcPasswordFile", "jdbcDriverJar", "planned");

  private static final List<String> ENDPOINTS =
      List.of("dynamodbEndpoint", "s3Endpoint", "glueEndpoint", "stsEndpoint");
  private static final List<String> ROLES = List.of("tableRole", "lakeRole");
  static final Pattern ROLE = Pattern.compile("arn:[a-z-]+:iam::([0-9]{12}):role(/.*/|/)([^/]+)");
  private static final Pattern HERE = Pattern.compile(".*//(localhost|127\\.|\\[::1]|0\\.).*");

  /** Returns all reasons, each with the line of the file; none when it can be done. */
  static List<String> problems(String file, Night night, List<ClusterStep> steps) {
    ClusterCheck check = new ClusterCheck(file, new ArrayList<>());
    if (S3Name.parse(night.ledger()).isEmpty()) {
      check.problems.add(
          file + ": ledger: " + night.ledger() + " is not in S3, where reports and logs go");
    }
    steps.forEach(check::check);
    return check.problems;
  }

  private void check(ClusterStep step) {
    String verb = step.step().verb();
    if (Verbs.isOfOneMachine(verb)) {
      wrong(step, "runs on one machine, and the jar for clusters does not have it");
      return;
    }
    if (!VerbPolicy.VERBS.contains(verb)) {
      wrong(step, "has no policy in src/submit/iam, of which its role could be made");
      return;
    }
    if (!step.step().shown().equals(step.step().arguments())) {
      wrong(step, "has a secret, which everybody could read in the template");
    }
    if (step.has("every")) {
      wrong(step, "never ends with --every: a schedule of the template repeats it");
    }
    if (step.is("source", "JDBC")) {
      wrong(step, "reads a database, whose network the template does not reach");
    }
    if (step.has("runner") && !step.is("runner", "SparkRunner")) {
      wrong(step, "runs on Spark there: leave out --runner, or give --runner=SparkRunner");
    }
    for (String option : OF_ONE_MACHINE) {
      if (step.has(option) && !step.is(option, "false")) {
        wrong(step, "--" + option + " means something of the machine where it is typed");
      }
    }
    for (String option : ENDPOINTS) {
      if (step.values(option).stream().anyMatch(url -> HERE.matcher(url).matches())) {
        wrong(step, "--" + option + " is an address of this machine");
      }
    }
    for (String option : PLACES) {
      step.values(option).stream()
          .map(ClusterStep::place)
          .filter(place -> !place.startsWith("s3://") && !NO_PLACES.contains(place))
          .forEach(place -> wrong(step, "--" + option + "=" + place + " is not in S3"));
    }
    for (String option : ROLES) {
      step.values(option).stream()
          .filter(role -> !ROLE.matcher(role).matches())
          .forEach(role -> wrong(step, "--" + option + "=" + role + " is no ARN of a role"));
    }
  }

  private void wrong(ClusterStep step, String problem) {
    problems.add("%s:%d: %s: %s".formatted(file, step.step().line(), step.step().verb(), problem));
  }
}

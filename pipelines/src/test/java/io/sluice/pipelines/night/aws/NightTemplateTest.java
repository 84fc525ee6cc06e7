/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.aws;

import static io.sluice.pipelines.night.aws.Templates.NIGHT;
import static io.sluice.pipelines.night.aws.Templates.names;
import static io.sluice.pipelines.night.aws.Templates.template;
import static io.sluice.pipelines.night.aws.Templates.words;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.pipelines.cli.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NightTemplateTest {

  private static JsonNode machine(String night) throws IOException {
    return template(night).at("/Resources/Night/Properties/Definition");
  }

  private static List<String> arguments(JsonNode job) {
    return words(job.at("/Arguments/JobDriver/SparkSubmit/EntryPointArguments"));
  }

  private static void walk(JsonNode node, BiConsumer<String, JsonNode> each) {
    node.fields()
        .forEachRemaining(
            field -> {
              each.accept(field.getKey(), field.getValue());
              walk(field.getValue(), each);
            });
    if (node.isArray()) {
      node.forEach(one -> walk(one, each));
    }
  }

  @Test
  void everyNameInItIsOneOfItsOwn() throws IOException {
    JsonNode template = template(NIGHT);
    Set<String> known = new TreeSet<>(names(template.get("Resources")));
    known.addAll(names(template.get("Parameters")));
    Set<String> used = new TreeSet<>();
    walk(
        template,
        (key, value) -> {
          switch (key) {
            case "Ref" -> used.add(value.asText());
            case "Fn::GetAtt" -> used.add(value.get(0).asText());
            case "Fn::Sub" ->
                Pattern.compile("\\$\\{([^.}!]+)")
                    .matcher(value.asText())
                    .results()
                    .forEach(result -> used.add(result.group(1)));
            case "Condition" -> {
              if (value.isTextual()
                  && !value.asText().contains("{%")
                  && !value.asText().contains("(")) {
                assertThat(names(template.get("Conditions")), hasItem(value.asText()));
              }
            }
            default -> {}
          }
        });
    used.removeIf(name -> name.startsWith("AWS::"));
    assertThat(used, hasItems("Night", "Application", "FailureEmail", "NightAccount"));
    used.removeAll(known);
    assertThat(used, is(empty()));

    JsonNode night = template.at("/Resources/Night/Properties");
    Set<String> substituted = new TreeSet<>();
    Pattern.compile("\\$\\{(\\w+)}")
        .matcher(night.get("Definition").toString())
        .results()
        .map(MatchResult::group)
        .forEach(name -> substituted.add(name.substring(2, name.length() - 1)));
    assertThat(substituted, is(new TreeSet<>(names(night.get("DefinitionSubstitutions")))));
  }

  @Test
  void anImportGoesOnWithWhatAFailedExecutionHasLeft() throws IOException {
    String raised = NIGHT.replace("keyFrom: md5,", "keyFrom: md5, raiseCapacity: 500,");
    List<String> names = new ArrayList<>();
    for (String night : List.of(raised, raised, raised.replace("name: nightly", "name: another"))) {
      walk(
          machine(night),
          (key, value) -> {
            if (key.equals("EntryPointArguments") && words(value).contains("--pipeline=import")) {
              words(value).stream()
                  .filter(word -> word.startsWith("--raisedBy="))
                  .forEach(names::add);
            }
          });
    }
    assertThat(names.size(), is(3));
    assertThat(names.get(0), is(names.get(1)));
    assertThat(names.get(2), is(not(names.get(0))));
    assertThat(
        template(NIGHT).toString(),
        containsString("--checkpoints=s3://lake/nights/nightly/checkpoints"));
    assertThat(
        template(NIGHT.replace("keyFrom: md5,", "keyFrom: md5, write: CHANGED,")).toString(),
        not(containsString("--checkpoints")));
  }

  @Test
  void tablesComeAfterThoseThatTheyNeedAndAllBeforeAnySnapshotIsSeen() throws IOException {
    JsonNode machine = machine(NIGHT);
    List<String> order = new ArrayList<>();
    JsonNode states = machine.get("States");
    for (String name = "Set the time of the snapshots"; name != null; ) {
      JsonNode state = states.get(name);
      order.add(name);
      name = state.has("Next") ? state.get("Next").asText() : null;
    }
    assertThat(
        order,
        contains(
            "Set the time of the snapshots",
            "Tables, part 1",
            "Tables, part 2",
            "Publish the snapshots",
            "Done"));
    assertThat(
        branches(states.get("Tables, part 1")),
        contains(List.of("trips 1 import", "trips 2 export"), List.of("clicks 1 lookup")));
    assertThat(
        branches(states.get("Tables, part 2")),
        contains(List.of("customers 1 capture", "customers 2 merge"), List.of("orders 1 export")));
    JsonNode publish = states.get("Publish the snapshots");
    assertThat(
        branches(publish),
        contains(
            List.of("trips 2 export publish", "orders 1 export publish"),
            List.of("customers 2 merge publish")));
    publish
        .findValues("EntryPointArguments")
        .forEach(words -> assertThat(words(words), hasItem("--publish=RELEASE")));
    states
        .get("Tables, part 1")
        .findValues("EntryPointArguments")
        .forEach(words -> assertThat(words(words), not(hasItem("--publish=RELEASE"))));
  }

  private static List<List<String>> branches(JsonNode parallel) {
    List<List<String>> branches = new ArrayList<>();
    parallel.get("Branches").forEach(branch -> branches.add(names(branch.get("States"))));
    return branches;
  }

  @Test
  void oneTableAtATimeTakesNoBranches() throws IOException {
    JsonNode states = machine(NIGHT.replace("parallel: 2", "parallel: 1")).get("States");
    assertThat(states.at("/trips 2 export/Next").asText(), is("clicks 1 lookup"));
    assertThat(states.findValues("Branches"), is(empty()));
  }

  @Test
  void aStepHasItsOptionsTheTimeItsReportAndItsRetries() throws IOException {
    JsonNode machine = machine(NIGHT);
    JsonNode export = machine.findValue("trips 2 export");
    assertThat(
        arguments(export),
        contains(
            "--pipeline=export",
            "--table=trips",
            "--output=s3://lake/exports",
            "--catalog=glue",
            "--catalogDatabase=lake",
            "--resumable",
            "{% '--snapshotTimestamp=' & $snapshotTime %}",
            "--publish=HOLD",
            "{% '--report=s3://lake/nights/nightly/executions/' & $states.context.Execution.Name"
                + " & '/trips-2-export.json' %}"));
    assertThat(export.at("/Retry/0/IntervalSeconds").asInt(), is(90));
    assertThat(export.at("/Retry/0/MaxAttempts").asInt(), is(1));
    JsonNode merge = machine.findValue("customers 2 merge");
    assertThat(arguments(merge), hasItem("{% '--asOf=' & $snapshotTime %}"));
    assertThat(merge.has("Retry"), is(false));
  }

  private static List<String> problems(String step) {
    String night =
        """
        name: nightly
        ledger: s3://lake/nights
        publish: each
        tables:
          trips:
            steps:
              - %s
        """
            .formatted(step);
    return assertThrows(UsageException.class, () -> template(night)).problems();
  }

  @Test
  void whatCannotBeDoneThereIsRefusedByName() {
    assertThat(
        problems("query: {output: 's3://lake/exports', sql: 'select 1'}"),
        contains(
            "night.yaml:7: query: runs on one machine, and the jar for clusters does not have it"));
    assertThat(
        problems("diff: {from: 's3://lake/exports', to: table}"),
        contains(
            "night.yaml:7: diff: has no policy in src/submit/iam, of which its role could be made"));
    assertThat(
        problems("capture: {output: 's3://lake/feeds', every: 5m}"),
        contains(
            "night.yaml:7: capture: never ends with --every: a schedule of the template repeats it"));
    assertThat(
        problems("import: {input: /data/trips.csv, keyFrom: md5, local: true}"),
        containsInAnyOrder(
            "night.yaml:7: import: --local means something of the machine where it is typed",
            "night.yaml:7: import: --input=/data/trips.csv is not in S3"));
    assertThat(
        problems("export: {output: 's3://lake/exports', tableRole: sluice}"),
        contains("night.yaml:7: export: --tableRole=sluice is no ARN of a role"));
  }
}

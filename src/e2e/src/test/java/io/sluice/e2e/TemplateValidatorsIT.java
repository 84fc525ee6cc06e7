/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.localaws.contract.NpmPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The template of a night before validators that others wrote: asl-validator for its state machine,
 * and cfn-lint (the one of npm) for the whole, by AWS's specification of its resources.
 */
class TemplateValidatorsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("target", "validators");
  private static final Path MODULES = FOLDER.resolve("node_modules");

  private static final String NIGHT =
      """
      name: nightly
      ledger: s3://lake/nights
      parallel: 2
      retries: 1
      verbs: {export: {output: 's3://lake/exports', keepSnapshots: 7, catalog: glue}}
      tables:
        trips:
          steps:
            - import: {input: 's3://drop/trips/*.csv', keyFrom: md5}
            - export:
        customers:
          after: [trips]
          steps:
            - capture: {output: 's3://lake/feeds'}
            - merge: {base: 's3://lake/exports', deltas: 's3://lake/feeds', output: 's3://lake/exports'}
        orders:
          after: [trips]
          steps:
            - export: {tableRole: 'arn:aws:iam::222222222222:role/sluice-orders', externalId: x}
      """;

  @TempDir static Path folder;
  private static ObjectNode template;

  @BeforeAll
  static void write() throws IOException, InterruptedException {
    try {
      NpmPackages.install(
          FOLDER, "asl-validator@4.0.0", "cfn-lint@1.9.7", "@aws-cdk/cfnspec@2.72.1");
    } catch (NpmPackages.NotHere e) {
      abort("The template of a night is not validated: " + e.getMessage() + ".");
    }
    // Its own specification of resources does not have EMR Serverless yet.
    Files.copy(
        MODULES.resolve("@aws-cdk/cfnspec/spec/specification.json"),
        MODULES.resolve("cfn-lint/data/aws_resources_specification.json"),
        StandardCopyOption.REPLACE_EXISTING);
    Path night = Files.writeString(folder.resolve("night.yaml"), NIGHT);
    Path out = folder.resolve("night.json");
    Program.startJar(
            "direct",
            List.of(
                "--pipeline=night", "--file=" + night, "--template=EMR_SERVERLESS", "--out=" + out))
        .mustExitWith(0);
    template = (ObjectNode) JSON.readTree(out.toFile());
  }

  private static Program lint(JsonNode template) throws IOException {
    Path file = folder.resolve("template.json");
    Files.write(file, template.toString().getBytes(UTF_8));
    return node("cfn-lint/lib/index.js", "validate", file.toString());
  }

  private static Program validate(JsonNode machine) throws IOException {
    Path file = folder.resolve("machine.json");
    Files.write(file, machine.toString().getBytes(UTF_8));
    return node("asl-validator/dist/bin/asl-validator.js", "--json-path", file.toString());
  }

  private static Program node(String script, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add("node");
    command.add(MODULES.resolve(script).toString());
    command.addAll(List.of(arguments));
    return Program.start(command);
  }

  private static ObjectNode machineOf(JsonNode template) {
    return (ObjectNode) template.at("/Resources/Night/Properties/Definition");
  }

  @Test
  void theTemplateIsValid() throws IOException {
    String output = lint(template).mustExitWith(0).output();
    assertThat(output, containsString("0 warn"));
    assertThat(output, containsString("0 crit"));
  }

  @Test
  void theStateMachineIsValid() throws IOException {
    validate(machineOf(template)).mustExitWith(0);
  }

  @Test
  void aBrokenTemplateIsNot() throws IOException {
    brokenTemplate(
        "Referenced value Nigt does not exist",
        broken -> ((ObjectNode) broken.at("/Outputs/StateMachine/Value")).put("Ref", "Nigt"));
    brokenTemplate(
        "Required property ReleaseLabel missing",
        broken ->
            ((ObjectNode) broken.at("/Resources/Application/Properties")).remove("ReleaseLabel"));
    brokenTemplate(
        "Polices is not a valid property",
        broken -> ((ObjectNode) broken.at("/Resources/MachineRole/Properties")).put("Polices", 1));
  }

  private static void brokenTemplate(String problem, Consumer<ObjectNode> breaks)
      throws IOException {
    ObjectNode broken = template.deepCopy();
    breaks.accept(broken);
    Program program = lint(broken);
    assertThat(program.exitCode(), is(1));
    assertThat(program.output(), containsString(problem));
  }

  @Test
  void aBrokenStateMachineIsNot() throws IOException {
    brokenMachine(
        "target: Nowhere", states -> ((ObjectNode) states.get("Wait")).put("Next", "Nowhere"));
    brokenMachine(
        "trips 1 import is invalid",
        states -> ((ObjectNode) states.get("trips 1 import")).remove("Resource"));
    brokenMachine(
        "Lost is not reachable", states -> states.putObject("Lost").put("Type", "Succeed"));
  }

  private static void brokenMachine(String problem, Consumer<ObjectNode> breaks)
      throws IOException {
    ObjectNode broken = machineOf(template).deepCopy();
    breaks.accept((ObjectNode) broken.get("States"));
    Program program = validate(broken);
    assertThat(program.exitCode(), is(1));
    assertThat(program.output() + program.errors(), containsString(problem));
  }

  /** Its turns, with executions that begin, are aborted and end by chance. */
  @Test
  void oneExecutionIsAtWorkAndNoEventIsLost() throws IOException {
    String ends = turns(template).mustExitWith(0).output();
    for (String end :
        List.of("worked", "aborted", "The event was seen before", "The one in line sees it")) {
      assertThat(ends, containsString('"' + end + '"'));
    }

    ObjectNode staying = template.deepCopy();
    ObjectNode states = (ObjectNode) machineOf(staying).get("States");
    ((ObjectNode) states.get("Take the turn")).put("Next", "Set the time of the snapshots");
    assertThat(turns(staying).mustExitWith(1).errors(), containsString("nobody sees what"));
    ObjectNode hasty = template.deepCopy();
    states = (ObjectNode) machineOf(hasty).get("States");
    ((ObjectNode) states.get("Stand in line")).put("Next", "Leave the line");
    assertThat(turns(hasty).mustExitWith(1).errors(), containsString("two are at work"));
  }

  private static Program turns(JsonNode template) throws IOException {
    Path file = folder.resolve("turns.json");
    Files.write(file, template.toString().getBytes(UTF_8));
    Path script = Path.of(System.getProperty("sluice.root"), "src/e2e/src/test/resources/turns.js");
    return Program.start(
        List.of("node", script.toString(), MODULES.toString(), file.toString(), "2000"));
  }
}

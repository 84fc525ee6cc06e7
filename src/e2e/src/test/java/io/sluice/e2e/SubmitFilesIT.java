/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that people copy to submit a job. */
class SubmitFilesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROOT = Path.of(System.getProperty("sluice.root"));
  private static final Path FILES = ROOT.resolve("src/submit");
  private static final List<String> VERBS =
      List.of("import", "export", "verify", "capture", "merge", "lookup");

  @ParameterizedTest
  @ValueSource(strings = {"import", "export", "verify", "capture", "merge", "lookup"})
  void aPolicyAllowsWhatIsSaidOfItsVerbAndNothingElse(String verb) throws IOException {
    JsonNode policy = JSON.readTree(FILES.resolve("iam/" + verb + ".json").toFile());
    assertThat(policy.get("Version").asText(), is("2012-10-17"));
    Set<String> actions = new TreeSet<>();
    Set<String> names = new HashSet<>();
    for (JsonNode statement : policy.get("Statement")) {
      assertThat(statement.get("Effect").asText(), is("Allow"));
      assertThat("twice: " + statement, names.add(statement.get("Sid").asText()), is(true));
      each(statement.get("Resource"))
          .forEach(resource -> assertThat(resource, resource.startsWith("arn:aws:"), is(true)));
      actions.addAll(each(statement.get("Action")));
    }
    assertThat(actions, is(explained(verb)));
  }

  private static List<String> each(JsonNode value) {
    List<String> texts = new ArrayList<>();
    if (value.isTextual()) {
      texts.add(value.asText());
    } else {
      value.forEach(one -> texts.add(one.asText()));
    }
    return texts;
  }

  /** The actions that the page on clusters lists for a verb, each with its reason. */
  private static Set<String> explained(String verb) throws IOException {
    Set<String> actions = new TreeSet<>();
    for (String line : Files.readAllLines(ROOT.resolve("src/docs/cluster.md"))) {
      String[] cells = line.split("\\|", -1);
      boolean isOfTheTable = cells.length == VERBS.size() + 4;
      if (isOfTheTable && cells[1].contains("`") && !cells[VERBS.size() + 2].isBlank()) {
        if (cells[2 + VERBS.indexOf(verb)].strip().equals("yes")) {
          Matcher matcher = Pattern.compile("`([^`]+)`").matcher(cells[1]);
          matcher.results().forEach(result -> actions.add(result.group(1)));
        }
      }
    }
    return actions;
  }

  @ParameterizedTest
  @ValueSource(strings = {"emr-spark-step.json", "emr-flink-step.json"})
  void aStepIsOne(String file) throws IOException {
    JsonNode steps = JSON.readTree(FILES.resolve(file).toFile());
    assertThat(steps.size(), is(1));
    assertThat(steps.get(0).get("Jar").asText(), is("command-runner.jar"));
    String words = String.join(" ", each(steps.get(0).get("Args")));
    assertThat(words, containsString("-cluster.jar --pipeline="));
  }

  /** With {@code -m yarn-cluster} Flink reads {@code -yD}, and drops {@code -D} without a word. */
  @Test
  void theStepOfFlinkHasAClientThatReadsItsSettings() throws IOException {
    JsonNode args = JSON.readTree(FILES.resolve("emr-flink-step.json").toFile()).at("/0/Args");
    String command = String.join(" ", each(args));
    assertThat(command, containsString("flink run -t yarn-per-job "));
    assertThat(command, containsString(" -D taskmanager.memory.network.min="));
    // It would take the place of ours.
    assertThat(command, not(containsString("restart-strategy")));
  }

  @Test
  void aJobOfEmrServerlessIsOne() throws IOException {
    JsonNode submit =
        JSON.readTree(FILES.resolve("emr-serverless-job.json").toFile())
            .get("jobDriver")
            .get("sparkSubmit");
    assertThat(submit.get("entryPoint").asText(), containsString("/sluice-spark-cluster.jar"));
    assertThat(each(submit.get("entryPointArguments")).get(0), is("--pipeline=import"));
    assertThat(
        submit.get("sparkSubmitParameters").asText(), containsString("io.sluice.pipelines.Main"));
  }

  /** An option of the engine may have the name of a verb for its value. */
  @Test
  void theVerbIsTheLastWordButOurOptions(@TempDir Path home) throws IOException {
    Path bin = Files.createDirectories(home.resolve("bin"));
    Path jar = Files.createFile(home.resolve("the.jar"));
    Path program = Files.writeString(bin.resolve("spark-submit"), "#!/bin/sh\necho \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> typed =
        List.of("spark", "--name", "import", "--verbose", "export", "--table=verify", "--dryRun");
    assertThat(
        Program.startSubmit(Map.of("SPARK_HOME", home + "", "SLUICE_JAR", jar + ""), typed)
            .mustExitWith(0)
            .output(),
        is(
            "--class io.sluice.pipelines.Main --name import --verbose "
                + jar
                + " --pipeline=export --table=verify --dryRun\n"));
    assertThat(
        Program.startSubmit(Map.of("SPARK_HOME", home + ""), List.of("spark", "import", "trips"))
            .mustExitWith(2)
            .errors(),
        containsString("give a verb"));
  }

  /** All verbs but those that run on one machine: a new one must not be forgotten here. */
  @Test
  void theScriptKnowsEveryVerb(@TempDir Path home) throws IOException {
    Path bin = Files.createDirectories(home.resolve("bin"));
    Path jar = Files.createFile(home.resolve("the.jar"));
    Path program = Files.writeString(bin.resolve("flink"), "#!/bin/sh\necho \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path services =
        FILES.resolve(
            "../../pipelines/src/main/resources/META-INF/services/io.sluice.pipelines.cli.Verb");
    List<String> verbs = new ArrayList<>();
    for (String type : Files.readAllLines(services)) {
      verbs.add(type.replaceAll(".*[.]|Verb$", "").toLowerCase(Locale.ROOT));
    }
    assertThat(verbs.size(), greaterThan(4));
    for (String verb : verbs) {
      assertThat(
          Program.startSubmit(
                  Map.of("FLINK_HOME", home + "", "SLUICE_JAR", jar + ""),
                  List.of("flink", "-p", "2", verb, "--table=trips"))
              .mustExitWith(0)
              .output(),
          is("run -p 2 " + jar + " --pipeline=" + verb + " --table=trips\n"));
    }
  }

  @Test
  void theScriptSaysWhatIsMissing() {
    String script = FILES.resolve("submit.sh").toString();
    Program none = Program.start(List.of(script, "flink", "-p", "2")).mustExitWith(2);
    assertThat(none.errors(), containsString("give a verb"));
    for (List<String> typed :
        List.of(
            List.of("query", "select 1"),
            List.of("history", "id=1"),
            List.of("plan", "import", "--table=trips"),
            List.of("night", "night.yaml"),
            List.of("demo"))) {
      Program here =
          Program.start(Stream.concat(Stream.of(script, "spark"), typed.stream()).toList())
              .mustExitWith(2);
      String verb = typed.get(0);
      assertThat(
          here.errors(), containsString("'" + verb + "' runs on one machine: ./sluice " + verb));
      assertThat(here.errors(), not(containsString("line ")));
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script as a user types it. */
class LauncherIT {

  @TempDir Path folder;

  private static List<Path> archives() throws IOException {
    Path jars = Path.of(System.getProperty("sluice.root"), "runner-profiles/direct/target");
    try (Stream<Path> all = Files.list(jars)) {
      return all.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  @Test
  void theDemoShowsAnImportAndLeavesNothingRunning() throws IOException {
    for (Path archive : archives()) {
      Files.delete(archive);
    }
    Program demo = Program.startLauncher("demo");
    demo.await(() -> demo.descendants().size() >= 2);
    List<ProcessHandle> started = demo.descendants();
    demo.mustExitWith(0);

    assertThat(
        demo.output(),
        allOf(
            containsString("read              25,629"),
            containsString("duplicates           625"),
            containsString("rejected               4"),
            containsString("written           25,000"),
            containsString("\"pickup_datetime\":{\"S\":\"2019-01-"),
            containsString("read              25,000"),
            containsString("(5 rows)")));
    // A slow machine is told every ten seconds how far it is.
    assertThat(
        demo.errors().lines().filter(line -> !line.contains("Progress - ")).toList(), is(empty()));
    assertThat(started.stream().filter(ProcessHandle::isAlive).toList(), is(empty()));

    assertThat(archives(), hasSize(1));
    // From the archive, and with no word of the JVM about that.
    Path loaded = folder.resolve("loaded");
    Program help =
        Program.startLauncher(
            Map.of("SLUICE_JAVA_OPTS", "-Xlog:class+load:file=" + loaded), "export", "--help");
    help.mustExitWith(0);
    assertThat(help.output(), startsWith("sluice export: "));
    assertThat(help.errors(), is(""));
    assertThat(
        Files.readString(loaded),
        containsString("io.sluice.pipelines.Main source: shared objects file (top)"));
  }

  @Test
  void aJvmThatMakesNoArchivesRunsTheDemo() throws IOException {
    for (Path archive : archives()) {
      Files.delete(archive);
    }
    Program.startLauncher(Map.of("SLUICE_JAVA_OPTS", "-Xshare:off"), "demo").mustExitWith(0);
    assertThat(archives(), is(empty()));
  }

  @Test
  void theEmbeddedAwsHasTheOptionsForTheJvm() throws IOException {
    Path loaded = folder.resolve("loaded");
    Program.startLauncher(
            Map.of("SLUICE_JAVA_OPTS", "-Xlog:class+load:file=" + loaded), "local-aws", "--help")
        .mustExitWith(0);
    assertThat(Files.readString(loaded), containsString("io.sluice.localaws.LocalAws source: "));
  }

  @Test
  void aVerbThatThereIsNotIsNamed() {
    Program program = Program.startLauncher("improt").mustExitWith(2);
    assertThat(program.output(), is(""));
    assertThat(program.errors(), startsWith("sluice: 'improt' is no verb: demo, import"));
  }

  @Test
  void wrongArgumentsAreToldAllAtOnceInALineEach() {
    Program program =
        Program.startLauncher(
            "import", "--local", "--format=XML", "--shards=0", "--keyFrom=a,,b", "--maxRejects=5");
    program.mustExitWith(2);
    assertThat(program.output(), is(""));
    assertThat(
        program.errors().lines().filter(l -> !l.startsWith("sluice: --")).toList(), is(empty()));
    for (String option :
        List.of(
            "--input is missing",
            "--table is missing",
            "--format=XML",
            "--shards=0",
            "--keyFrom",
            "--maxRejects=5")) {
      assertThat(program.errors(), containsString("sluice: " + option));
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.night.file.Hook;
import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.file.NightStep;
import io.sluice.pipelines.night.file.NightTable;
import io.sluice.pipelines.night.ledger.LedgerEvent;
import io.sluice.pipelines.night.ledger.NightLedger;
import io.sluice.pipelines.night.ledger.NightRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The work of a night, whose steps are commands of the shell. */
@Timeout(60)
class NightWorkTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final List<List<String>> started = Collections.synchronizedList(new ArrayList<>());
  private final NightStop stop = new NightStop();
  private final Printed printed = new Printed();
  private Hook onSuccess = new Hook("onSuccess", List.of(), null);
  private Hook onFailure = new Hook("onFailure", List.of(), null);

  private static NightStep step(String verb, int retries, String publishes) {
    return new NightStep(
        verb,
        List.of("--table=t"),
        List.of(),
        publishes,
        verb.equals("import"),
        false,
        retries,
        Duration.ofMillis(1),
        1);
  }

  private static NightTable table(String name, NightStep... steps) {
    return new NightTable(name, List.of(), List.of(steps));
  }

  private Night night(NightTable... tables) {
    return new Night(
        "nightly",
        folder.resolve("ledger").toString(),
        "hash",
        2,
        Duration.ofHours(1),
        List.of(tables),
        onSuccess,
        onFailure);
  }

  private NightRun newRun() throws IOException {
    return NightLedger.of(folder.resolve("ledger").toString(), "nightly")
        .begin(Instant.parse("2026-01-31T23:26:00.5Z"), Duration.ZERO, "hash");
  }

  private NightRun sameRun() throws IOException {
    return NightLedger.of(folder.resolve("ledger").toString(), "nightly").latest().orElseThrow();
  }

  /** Runs a night whose steps run this script, which has their arguments as its own. */
  private int work(Night night, NightRun run, String script) throws InterruptedException {
    StepRunner steps =
        new StepRunner(
            run,
            stop,
            new LinesView(printed.console()),
            arguments -> {
              started.add(arguments);
              List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
              command.addAll(arguments);
              return command;
            });
    return new NightWork(night, run, stop, new LinesView(printed.console()), steps).toTheEnd();
  }

  private List<String> startedVerbs() {
    return started.stream()
        .map(
            arguments ->
                arguments.get(0).substring("--pipeline=".length())
                    + arguments.stream()
                        .filter(argument -> argument.startsWith("--publish="))
                        .findFirst()
                        .map(argument -> argument.substring("--publish".length()))
                        .orElse(""))
        .toList();
  }

  @Test
  void snapshotsAreHeldAndThenPublished() throws Exception {
    Night night =
        night(
            table("a", step("import", 0, ""), step("export", 0, "snapshotTimestamp")),
            table("b", step("merge", 0, "asOf")));
    assertThat(work(night, newRun(), "exit 0"), is(0));
    assertThat(
        startedVerbs().subList(3, 5).stream().sorted().toList(),
        contains("export=RELEASE", "merge=RELEASE"));
    assertThat(
        startedVerbs().subList(0, 3).stream().sorted().toList(),
        contains("export=HOLD", "import", "merge=HOLD"));
    assertThat(
        started.get(startedVerbs().indexOf("import")),
        hasItem("--checkpoints=" + sameRun().place() + "checkpoints"));
    List<String> merge = started.get(startedVerbs().indexOf("merge=HOLD"));
    assertThat(
        merge,
        contains(
            "--pipeline=merge",
            "--table=t",
            "--asOf=2026-01-31T23:26:00Z",
            "--progress=json",
            "--exitWithStdin",
            "--publish=HOLD"));
    assertThat(sameRun().state().isComplete(), is(true));
  }

  @Test
  void whatIsDoneIsNotDoneAgainAndNothingIsPublishedBefore() throws Exception {
    Night night =
        night(
            table("a", step("export", 0, "snapshotTimestamp")),
            table("b", step("capture", 0, ""), step("merge", 0, "asOf")));
    String mergeFails = "case $1 in --pipeline=merge) echo 'sluice: no feed' >&2; exit 1;; esac";
    assertThat(work(night, newRun(), mergeFails), is(1));
    assertThat(startedVerbs().stream().noneMatch(verb -> verb.endsWith("RELEASE")), is(true));
    assertThat(
        printed.errors(), hasItem("sluice: b, step 2, merge failed with the exit code 1: no feed"));
    assertThat(
        printed.errors().get(printed.errors().size() - 1),
        startsWith(
            "sluice: nightly is not done: b; no snapshot is published, and readers stay with those"
                + " before."));
    started.clear();
    assertThat(work(night, sameRun(), "exit 0"), is(0));
    assertThat(startedVerbs().get(0), is("merge=HOLD"));
    assertThat(startedVerbs().size(), is(3));
    started.clear();
    assertThat(sameRun().state().isComplete(), is(true));
  }

  @Test
  void publishingGoesOnWhereItStopped() throws Exception {
    Night night =
        night(
            table("a", step("export", 0, "snapshotTimestamp")),
            table("b", step("export", 0, "snapshotTimestamp"), step("merge", 0, "asOf")));
    String oneFails = "case \"$*\" in *merge*RELEASE*) exit 1;; esac";
    assertThat(work(night, newRun(), oneFails), is(1));
    assertThat(
        printed.errors().get(printed.errors().size() - 1),
        containsString("some of the snapshots may be published"));
    started.clear();
    assertThat(work(night, sameRun(), "exit 0"), is(0));
    assertThat(startedVerbs(), contains("merge=RELEASE"));
  }

  @Test
  void aStepIsTriedAgain() throws Exception {
    Path tried = folder.resolve("tried");
    String thirdTime = "echo x >> " + tried + "; [ $(wc -l < " + tried + ") -ge 3 ]";
    assertThat(work(night(table("a", step("import", 2, ""))), newRun(), thirdTime), is(0));
    assertThat(
        sameRun().state().events().stream()
            .filter(event -> event.what() == LedgerEvent.What.STEP_ENDED)
            .map(LedgerEvent::exitCode)
            .toList(),
        contains(1, 1, 0));
    assertThat(work(night(table("b", step("import", 1, ""))), newRun(), "exit 1"), is(1));
    assertThat(started.size(), is(5));
  }

  /** Wrong arguments, rejections, a table that differs. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void whatWouldFailAgainIsNotTriedAgain(int code) throws Exception {
    assertThat(work(night(table("a", step("verify", 5, ""))), newRun(), "exit " + code), is(1));
    assertThat(started.size(), is(1));
  }

  @Test
  void theRemarksOfAStepAreInTheLedgerAndItsResultIsNot() throws Exception {
    String prints = "echo out; echo err >&2; echo '{\"state\":\"running\",\"items\":5}' >&2";
    NightRun run = newRun();
    work(night(table("a", step("import", 0, ""))), run, prints);
    assertThat(Files.readString(Path.of(run.place(), "steps/a-1-import.log")), is("err\n"));
    assertThat(printed.lines(), contains("a| out"));
    assertThat(printed.errors(), hasItem("a| err"));
  }

  /** Stops the night when its step, a script, makes this file. */
  private JobException stopped(NightRun run, Path begun, String script) {
    Thread stopper =
        new Thread(
            () -> {
              while (!Files.exists(begun)) {
                Thread.onSpinWait();
              }
              stop.because("another start of this night has taken over");
            });
    stopper.start();
    return assertThrows(
        JobException.class, () -> work(night(table("a", step("import", 9, ""))), run, script));
  }

  @Test
  void aNightThatIsStoppedEndsItsSteps() throws Exception {
    NightRun run = newRun();
    Path begun = folder.resolve("begun");
    JobException e = stopped(run, begun, "touch " + begun + "; exec sleep 600");
    assertThat(
        e.getMessage(), is("the night is stopped: another start of this night has taken over"));
    assertThat(
        "nothing is written any more",
        sameRun().state().events().get(sameRun().state().events().size() - 1).what(),
        is(LedgerEvent.What.STEP_BEGAN));
  }

  /** A step that has raised the capacity of a table puts it back. */
  @Test
  void aStepThatIsStoppedCleansUp() throws Exception {
    Path begun = folder.resolve("begun");
    Path cleaned = folder.resolve("cleaned");
    stopped(
        newRun(),
        begun,
        "trap 'touch %s; kill $!; exit' TERM; sleep 600 & touch %s; wait"
            .formatted(cleaned, begun));
    assertThat(Files.exists(cleaned), is(true));
  }

  @Test
  void aHookGetsTheRunAsJson() throws Exception {
    Path got = folder.resolve("got.json");
    onFailure = new Hook("onFailure", List.of("sh", "-c", "cat > " + got), null);
    onSuccess = new Hook("onSuccess", List.of("sh", "-c", "exit 7"), null);
    assertThat(work(night(table("a", step("import", 0, ""))), newRun(), "exit 3"), is(1));
    JsonNode message = JSON.readTree(Files.readString(got));
    assertThat(message.get("state").asText(), is("FAILED"));
    assertThat(message.get("run").get("snapshotTime").asText(), is("2026-01-31T23:26:00Z"));
    assertThat(message.get("failed").get(0).asText(), is("a"));
    assertThat(message.get("events").get(1).get("exitCode").asInt(), is(3));
    assertThat("a hook decides nothing", work(night(), newRun(), "exit 0"), is(0));
    assertThat(printed.errors(), hasItem("sluice: onSuccess, sh: it ended with the exit code 7"));
  }

  @Test
  void aHookIsPosted() throws Exception {
    List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    int[] answers = {500, 204};
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(answers[Math.min(bodies.size(), answers.length) - 1], -1);
          exchange.close();
        });
    server.start();
    try {
      onSuccess =
          new Hook(
              "onSuccess",
              List.of(),
              URI.create("http://localhost:" + server.getAddress().getPort() + "/nights"));
      assertThat(work(night(), newRun(), "exit 0"), is(0));
      assertThat(bodies.size(), is(2));
      assertThat(JSON.readTree(bodies.get(1)).get("state").asText(), is("SUCCEEDED"));
      assertThat(
          printed.errors().stream().filter(line -> line.contains("HTTP")).toList(), is(empty()));
      Arrays.fill(answers, 500);
      work(night(), newRun(), "exit 0");
      assertThat(printed.errors(), hasItem(containsString("it answers HTTP 500")));
    } finally {
      server.stop(0);
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.lookup.event.EventFile;
import io.sluice.lookup.event.EventLedger;
import io.sluice.lookup.event.EventTarget;
import io.sluice.lookup.event.LedgerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that take files by a ledger: which of them take a file, and what is left when one dies. */
@Timeout(60)
class ClaimedEventsTest {
  @TempDir Path folder;
  private Path out;

  @BeforeEach
  void makeOutput() throws IOException {
    out = Files.createDirectory(folder.resolve("out"));
  }

  private EventTarget target(long number, String run, String... input) {
    List<LedgerEntry.Input> files =
        Stream.of(input).map(name -> new LedgerEntry.Input(name, 1)).toList();
    return EventTarget.of(
        out.toString(), LedgerEntry.wanted(number, run, Map.of("where", "PRESENT"), files));
  }

  /** Stages a file with the name of its run in it. */
  private static PublishEvents staged(EventTarget target) throws IOException {
    Path file = Path.of(target.staging(), "a-part-00000.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, target.run());
    EventFile event =
        new EventFile("part-00000.json", "a-part-00000.json", 1, target.run().length(), "");
    return new PublishEvents(target, List.of(new TaskResult(LookupCounts.NONE, List.of(event))));
  }

  private EventLedger ledger() throws IOException {
    EventLedger ledger = EventLedger.of(out.toString());
    ledger.read();
    return ledger;
  }

  private void finish() throws IOException {
    PublishEvents.finish(out.toString(), ledger());
  }

  private String eventsOf(long number) throws IOException {
    return Files.readString(out.resolve("%012d/part-00000.json".formatted(number)));
  }

  private boolean isComplete(long number) {
    return Files.exists(out.resolve("%012d/_SUCCESS".formatted(number)));
  }

  private List<String> staged() throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> out.relativize(file).toString())
          .filter(name -> name.contains("_staging"))
          .sorted()
          .toList();
    }
  }

  @Test
  void whatARunTakesIsTakenForAll() throws Exception {
    assertThat(staged(target(1, "run-a", "x", "y")).publish(), is(true));
    EventLedger ledger = ledger();
    assertThat(ledger.next(), is(2L));
    assertThat(ledger.lengthOf("x"), is(1L));
    assertThat(ledger.lengthOf("z"), is(nullValue()));
    assertThat(ledger.read(), is(empty()));
    assertThat(eventsOf(1), is("run-a"));
    assertThat(isComplete(1), is(true));
    assertThat(staged(), is(empty()));
  }

  @Test
  void ofTwoRunsOneTakesTheFiles() throws Exception {
    PublishEvents late = staged(target(1, "run-b", "x"));
    assertThat(staged(target(1, "run-a", "x")).publish(), is(true));
    assertThat(late.publish(), is(false));
    assertThat(eventsOf(1), is("run-a"));
    assertThat(ledger().read(), is(empty()));
    assertThat(staged(), is(empty()));
  }

  @Test
  void theLastStepMayBeRepeatedAlsoWithOtherFiles() throws Exception {
    EventTarget target = target(1, "run-a", "x");
    assertThat(staged(target).publish(), is(true));
    assertThat(staged(target).publish(), is(true));
    PublishEvents other =
        new PublishEvents(target, List.of(new TaskResult(LookupCounts.NONE, List.of())));
    assertThat(other.publish(), is(true));
    assertThat(eventsOf(1), is("run-a"));
    assertThat(staged(), is(empty()));
  }

  /** A run that has added its entry has taken the files, and its events must not be lost. */
  @Test
  void theNextRunPublishesWhatOneWasKilledBeforeItDid() throws Exception {
    EventTarget target = target(1, "run-a", "x");
    staged(target);
    EventFile event = new EventFile("part-00000.json", "a-part-00000.json", 1, 5, "");
    Files.writeString(Path.of(target.staging(), EventTarget.COMPLETE), "");
    EventLedger.of(out.toString()).add(target.claim().entry().with(List.of(event)));
    Path copied = out.resolve("000000000001/part-00000.json");

    finish();
    assertThat("nothing was copied", eventsOf(1), is("run-a"));
    assertThat(isComplete(1), is(true));

    Files.delete(out.resolve("000000000001/_SUCCESS"));
    Files.createDirectories(out.resolve("000000000001/_staging"));
    Files.writeString(out.resolve("000000000001/_staging/_publishing"), "");
    Files.writeString(copied, "of a copy that was cut off");
    staged(target);
    finish();
    assertThat(eventsOf(1), is("run-a"));
    assertThat(isComplete(1), is(true));

    staged(target);
    finish();
    assertThat("all but the deletion was done", staged(), is(empty()));

    Files.delete(copied);
    finish();
    assertThat("a reader has taken it away", Files.exists(copied), is(false));
  }

  @Test
  void aRunWithoutAnEntryHasTakenNothing() throws Exception {
    staged(target(1, "run-a", "x"));
    finish();
    assertThat(Files.exists(out.resolve("000000000001")), is(false));
    assertThat(ledger().lengthOf("x"), is(nullValue()));
    assertThat("it may be alive", staged(), hasSize(1));
    staged(target(1, "run-b", "x")).publish();
    staged(target(2, "run-c", "y")).publish();
    assertThat("it wanted a number that others have", staged(), is(empty()));
  }

  @Test
  void whatIsWithdrawnLeavesTheFolderOfOthers() throws Exception {
    PublishEvents late = staged(target(1, "run-b", "x"));
    staged(target(1, "run-a", "x")).publish();
    late.withdraw();
    assertThat(eventsOf(1), is("run-a"));
    assertThat(staged(), is(empty()));
  }

  @Test
  void aMissingEntryIsNamed() throws Exception {
    staged(target(1, "run-a", "x")).publish();
    staged(target(2, "run-a", "y")).publish();
    Files.delete(out.resolve("_taken/000000000001.json"));
    assertThat(
        assertThrows(IOException.class, this::ledger).getMessage(),
        containsString("000000000001.json is missing: what it lists would be taken once more"));
  }

  /** Runs that publish at the same time, and others that finish what those have added. */
  @Test
  void manyAtTheSameTimeTakeEachFileOnce() throws Exception {
    int runs = 8;
    int numbers = 20;
    ExecutorService threads = Executors.newFixedThreadPool(runs);
    CyclicBarrier start = new CyclicBarrier(runs);
    List<Future<Integer>> won = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      String name = "run-" + run;
      won.add(
          threads.submit(
              () -> {
                try {
                  return won(name, numbers, start);
                } catch (IOException e) {
                  // Lets the others end, too.
                  start.reset();
                  throw e;
                }
              }));
    }
    int all = 0;
    List<Throwable> failures = new ArrayList<>();
    for (Future<Integer> one : won) {
      try {
        all += one.get();
      } catch (ExecutionException e) {
        failures.add(e.getCause());
      }
    }
    threads.shutdown();
    failures.removeIf(BrokenBarrierException.class::isInstance);
    if (!failures.isEmpty()) {
      throw new AssertionError("a run has failed", failures.get(0));
    }
    assertThat(all, is(numbers));
    for (int number = 1; number <= numbers; number++) {
      assertThat(isComplete(number), is(true));
      LedgerEntry entry = ledger().entry(number);
      assertThat(eventsOf(number), is(entry.run()));
    }
    finish();
    assertThat(ledger().next(), is(numbers + 1L));
  }

  private int won(String run, int numbers, CyclicBarrier start) throws Exception {
    int won = 0;
    for (int number = 1; number <= numbers; number++) {
      start.await();
      finish();
      won += staged(target(number, run + "-" + number, "x" + number)).publish() ? 1 : 0;
      finish();
    }
    return won;
  }
}

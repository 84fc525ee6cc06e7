/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import static io.sluice.dynamodb.write.TestWriter.soon;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinatorTest {
  @TempDir Path folder;

  private final Work one = new Work();
  private final Work two = new Work();
  private Coordinator first;
  private Coordinator second;

  /** The work of a JVM: some that waits for its budget all the time, or none. */
  private static final class Work implements Participant {
    private volatile boolean busy;
    private volatile boolean fails;
    private volatile int failures;
    private volatile int applied;
    private long waits;

    @Override
    public boolean isUsed() {
      return busy;
    }

    @Override
    public long granted() {
      return 0;
    }

    @Override
    public synchronized long waited() {
      waits += busy ? 1 : 0;
      return waits;
    }

    @Override
    public double takeUsed() {
      return busy ? 1 : 0;
    }

    @Override
    public int weight() {
      return 1;
    }

    @Override
    public double fixedShare() {
      return 0.5;
    }

    @Override
    public long items() {
      return 10;
    }

    @Override
    public long units() {
      return 20;
    }

    @Override
    public long total() {
      return -1;
    }

    @Override
    public void applyShare() {
      if (fails) {
        failures++;
        throw new NoClassDefFoundError("play");
      }
      applied++;
    }
  }

  @BeforeEach
  void start() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    first = Coordinator.in(folder + "/step", one);
    second = Coordinator.in(folder + "/step", two);
    first.start();
    second.start();
  }

  @AfterEach
  void end() {
    first.close();
    second.close();
  }

  private boolean shares(double ofFirst, double ofSecond) throws InterruptedException {
    return soon(
        () -> first.allowance().share() == ofFirst && second.allowance().share() == ofSecond);
  }

  private List<String> names() throws IOException {
    Path step = folder.resolve("step");
    if (!Files.exists(step)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(step)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whoHasWorkTakesPart() throws Exception {
    assertThat(soon(() -> one.applied > 3), is(true));
    assertThat("nobody has work", names(), is(List.of()));
    assertThat(first.allowance().share(), is(0.0));
    one.busy = true;
    assertThat("alone", shares(1, 0), is(true));
    two.busy = true;
    assertThat("both", shares(0.5, 0.5), is(true));
    one.busy = false;
    assertThat("one has left", shares(0, 1), is(true));
    assertThat(names().stream().filter(name -> name.endsWith("-10-20-x-left")).count(), is(1L));
    one.busy = true;
    assertThat("and is back", shares(0.5, 0.5), is(true));
  }

  @Test
  void nobodyWritesWhereTheJobHasCleared() throws Exception {
    one.busy = true;
    two.busy = true;
    assertThat(shares(0.5, 0.5), is(true));
    one.busy = false;
    two.busy = false;
    // Both notice soon, and may have said so already: whatever there is goes.
    assertThat(
        soon(() -> first.allowance().share() == 0 && second.allowance().share() == 0), is(true));
    JobFolder.deleteAllIn(folder.toString());
    long rounds = one.applied;
    assertThat(soon(() -> one.applied > rounds + 10), is(true));
    assertThat(names(), is(List.of()));
  }

  @Test
  void anErrorIsWarnedOfAndWorkGoesOn() throws Exception {
    one.fails = true;
    one.busy = true;
    assertThat(soon(() -> one.failures > 2), is(true));
    one.fails = false;
    assertThat(shares(1, 0), is(true));
  }

  @Test
  void afterItsEndItsThreadIsGone() throws Exception {
    one.busy = true;
    assertThat(shares(1, 0), is(true));
    first.close();
    second.close();
    assertThat(
        soon(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("sluice-coordination"))),
        is(true));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The heap of a JVM that is really filled. */
class HeapWatchTest {
  private static final int WINDOW_MILLIS = 1_000;

  private record Ended(int code, List<String> lines) {}

  /** Runs a program whose heap of 40 MB is filled except for this many thousandths. */
  private static Ended withRoom(int room) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx40m",
                "-cp",
                System.getProperty("java.class.path"),
                Filler.class.getName(),
                String.valueOf(room))
            .redirectErrorStream(true)
            .start();
    try (var said = process.inputReader()) {
      List<String> lines = said.lines().toList();
      assertThat(process.waitFor(60, TimeUnit.SECONDS), is(true));
      return new Ended(process.exitValue(), lines);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aHeapThatOnlyThrashesEndsTheProgramInOneLine() throws Exception {
    assertThat(
        withRoom(5),
        is(
            new Ended(
                1,
                List.of(
                    "sluice: the job failed: the heap is full, and the JVM does nothing but collect"
                        + " it: the memory of 38 MB is used up: give more"
                        + " (SLUICE_JAVA_OPTS=-Xmx512m; on a cluster more for its workers)"))));
  }

  @Test
  void aTightHeapDoesNot() throws Exception {
    assertThat(withRoom(120), is(new Ended(0, List.of("done"))));
  }

  /**
   * Fills its heap, makes some room, and then keeps replacing small arrays by others. Allocates
   * nothing else.
   */
  static final class Filler {
    private static final int BYTES = 64;

    private Filler() {}

    public static void main(String[] args) {
      int room = Integer.parseInt(args[0]);
      byte[][] held = new byte[1 << 19][];
      int size = 0;
      try (HeapWatch watch = HeapWatch.begin(WINDOW_MILLIS)) {
        try {
          while (true) {
            held[size] = new byte[BYTES];
            size++;
          }
        } catch (OutOfMemoryError e) {
          for (int kept = size - size * room / 1_000; size > kept; size--) {
            held[size - 1] = null;
          }
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(3 * WINDOW_MILLIS);
        for (int i = 0; System.nanoTime() < end; i = (i + 1) % size) {
          try {
            held[i] = new byte[BYTES];
          } catch (OutOfMemoryError e) {
            // As in a job whose threads continue.
          }
        }
      }
      System.out.println("done");
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.pipelines.cli.Printed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
  @TempDir Path temporary;

  private static List<Path> in(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void isGoneWhenItIsClosed() throws IOException {
    Path outside = Files.createDirectories(temporary.resolve("outside"));
    Files.writeString(outside.resolve("mine"), "");
    try (Scratch scratch = Scratch.open(temporary, Printed.unread())) {
      Files.createDirectories(scratch.folder().resolve("a/b"));
      Files.writeString(scratch.folder().resolve("a/b/c"), "c");
      Files.createSymbolicLink(scratch.folder().resolve("a/link"), outside);
      try (Scratch other = Scratch.open(temporary, Printed.unread())) {
        assertThat(Files.exists(scratch.folder().resolve("a/b/c")), is(true));
        assertThat(Files.exists(other.folder()), is(true));
      }
    }
    assertThat(in(temporary), is(List.of(outside)));
    assertThat(Files.exists(outside.resolve("mine")), is(true));
  }

  @Test
  void whatNobodyHoldsIsCleared() throws IOException {
    Path abandoned = Files.createDirectory(temporary.resolve("sluice-query123"));
    Files.writeString(abandoned.resolve("in-use"), "");
    Files.writeString(abandoned.resolve("part-1"), "1");
    Path noneOfOurs = Files.createDirectory(temporary.resolve("sluice-query-plan"));
    Path link = Files.createSymbolicLink(temporary.resolve("sluice-query9"), abandoned);
    Scratch.open(temporary, Printed.unread()).close();
    assertThat(in(temporary), is(List.of(noneOfOurs, link)));
  }

  /** A process that is ended, and one that is killed without a chance to clean up. */
  @Test
  void isGoneWhenTheProcessIs() throws Exception {
    for (boolean hard : List.of(false, true)) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Djava.io.tmpdir=" + temporary,
                  "-cp",
                  System.getProperty("java.class.path"),
                  Opener.class.getName())
              .redirectErrorStream(true)
              .start();
      try (var said = process.inputReader()) {
        Path folder = Path.of(said.readLine());
        // It is in use.
        Scratch.open(temporary, Printed.unread()).close();
        assertThat(in(temporary), is(List.of(folder)));
        if (hard) {
          process.destroyForcibly();
        } else {
          process.destroy();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS), is(true));
        assertThat(Files.exists(folder), is(hard));
      }
      Scratch.open(temporary, Printed.unread()).close();
      assertThat(in(temporary), is(List.of()));
    }
  }

  /** Prints its folder, and waits to be ended. */
  static final class Opener {
    private Opener() {}

    public static void main(String[] args) throws Exception {
      Scratch scratch = Scratch.open(Printed.unread());
      Files.writeString(scratch.folder().resolve("part-1"), "1");
      System.out.println(scratch.folder());
      Thread.sleep(TimeUnit.MINUTES.toMillis(2));
    }
  }

  @Test
  void theFreeSpaceIsLookedAt() throws IOException {
    Path folder = Path.of("/tmp");
    assertThat(Scratch.problem(5, 5, folder), is(Optional.empty()));
    assertThat(
        Scratch.problem(5000, 4999, folder),
        is(
            Optional.of(
                "a copy takes 5,000 bytes and /tmp has 4,999 free: give another folder, by"
                    + " SLUICE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER")));
    try (Scratch scratch = Scratch.open(temporary, Printed.unread())) {
      assertThat(scratch.problem(0), is(Optional.empty()));
      assertThat(scratch.problem(Long.MAX_VALUE).isPresent(), is(true));
    }
  }
}

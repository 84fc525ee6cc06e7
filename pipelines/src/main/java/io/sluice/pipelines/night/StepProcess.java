/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A step as a process of its own. It ends when its standard input does, so it does not outlive this
 * JVM, however that ends.
 */
final class StepProcess {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** So many of the last errors and remarks are kept. Results may have items, and are not. */
  private static final int MOST_LINES = 2000;

  private static final int SECONDS_TO_READ = 5;

  /** To put back the capacity of a table takes some of them. */
  private static final int SECONDS_TO_END = 15;

  private final Process process;
  private final Consumer<JsonNode> progress;
  private final Consumer<String> remarks;
  private final ArrayDeque<String> kept = new ArrayDeque<>();
  private final List<Thread> readers;

  private StepProcess(
      Process process,
      Consumer<JsonNode> progress,
      Consumer<String> results,
      Consumer<String> remarks) {
    this.process = process;
    this.progress = progress;
    this.remarks = remarks;
    this.readers =
        List.of(
            reader(process.getInputStream(), results),
            reader(process.getErrorStream(), this::takeRemark));
  }

  /**
   * Starts a program.
   *
   * @param progress receives its lines of {@code --progress=json}
   * @param results receives the lines of its standard output
   * @param remarks receives all others of its standard error
   * @throws IOException when it cannot be started
   */
  static StepProcess start(
      List<String> command,
      Consumer<JsonNode> progress,
      Consumer<String> results,
      Consumer<String> remarks)
      throws IOException {
    return new StepProcess(new ProcessBuilder(command).start(), progress, results, remarks);
  }

  private static Thread reader(InputStream in, Consumer<String> lines) {
    Thread thread = new Thread(() -> read(in, lines), "step");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void read(InputStream in, Consumer<String> lines) {
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
      }
    } catch (IOException e) {
      // It was killed.
      return;
    }
  }

  private void takeRemark(String line) {
    if (line.startsWith("{\"state\":")) {
      try {
        progress.accept(JSON.readTree(line));
        return;
      } catch (JsonProcessingException e) {
        // It only looked like one.
      }
    }
    synchronized (kept) {
      kept.add(line);
      if (kept.size() > MOST_LINES) {
        kept.remove();
      }
    }
    remarks.accept(line);
  }

  /** Waits for its end; returns the exit code. */
  int waitFor() throws InterruptedException {
    int code = process.waitFor();
    for (Thread reader : readers) {
      reader.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_READ));
    }
    return code;
  }

  /** Asks it to end, for which it has {@link #SECONDS_TO_END}. */
  void end() {
    // The method of Process closes its input as well, and so it would end without cleaning up.
    process.toHandle().destroy();
  }

  /** Waits until it has ended, and kills it when it does not. */
  void awaitEnd() {
    try {
      if (process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  /** Returns its last errors and remarks. */
  String remarks() {
    synchronized (kept) {
      return String.join("\n", kept) + "\n";
    }
  }

  /** Returns the last line in which it told the user something; empty when there is none. */
  String lastTold() {
    synchronized (kept) {
      return kept.stream()
          .filter(line -> line.startsWith("sluice: "))
          .reduce((first, last) -> last)
          .map(line -> line.substring("sluice: ".length()))
          .orElse("");
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.testing.dynamodb.Books;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A contender in a JVM of its own, with the garbage collector that Sluice's launcher chooses. */
public final class Fork implements AutoCloseable {
  private static final long FIRST_RUN = 5_000;
  private static final int MOST_RUNS = 12;

  /** A JVM takes longer to end when it archives its classes. */
  private static final int SECONDS_TO_END = 60;

  private final DynamoDbProcess endpoint;
  private final Assignment assignment;
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter orders;

  /**
   * Starts the JVM.
   *
   * @param heap as in {@code -Xmx}
   * @param flags further flags of the JVM
   */
  public Fork(DynamoDbProcess endpoint, Assignment assignment, String heap, String... flags)
      throws IOException {
    this.endpoint = endpoint;
    this.assignment = assignment;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heap, "-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(List.of(flags));
    command.addAll(List.of(System.getProperty("io.sluice.bench.flags", "").split(" ")));
    command.removeIf(String::isEmpty);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), assignment.program().getName()));
    command.addAll(assignment.toArguments());
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers = process.inputReader(UTF_8);
    orders = new PrintWriter(process.outputWriter(UTF_8), true);
  }

  /**
   * Has the work done on this many items, with books that begin with them.
   *
   * @throws WrongBooksException when the endpoint saw another number of items
   */
  public Run run(long items) throws IOException {
    endpoint.reset();
    long endpointCpu = endpoint.cpu().toNanos();
    orders.println(items);
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(Child.RAN)) {
        String[] figures = line.substring(Child.RAN.length()).split(" ");
        double cpu = (endpoint.cpu().toNanos() - endpointCpu) / 1e9;
        Books books = endpoint.books();
        long seen = assignment.items(books);
        if (seen != items) {
          throw new WrongBooksException("the endpoint saw " + seen + " items of " + items);
        }
        return new Run(
            items,
            Double.parseDouble(figures[0]),
            Double.parseDouble(figures[1]),
            Double.parseDouble(figures[2]),
            cpu,
            Long.parseLong(figures[3]),
            books);
      }
    }
    throw new IOException("The contender's JVM ended before it was done");
  }

  /** Runs until this many seconds of work are done; returns the items a second of the last run. */
  public double warmUp(double seconds) throws IOException {
    long items = FIRST_RUN;
    double worked = 0;
    for (int i = 0; ; i++) {
      Run run = run(items);
      worked += run.seconds();
      // A run that is too short is mostly its beginning and its end.
      boolean tells = run.seconds() >= seconds / 4;
      if (worked >= seconds && tells || i == MOST_RUNS) {
        return run.itemsPerSecond();
      }
      items = Math.max(items, Math.min(8 * items, (long) (run.itemsPerSecond() * seconds / 2)));
    }
  }

  /** Thrown when the endpoint's books do not show the requested work. */
  public static final class WrongBooksException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    WrongBooksException(String message) {
      super(message);
    }
  }

  @Override
  public void close() {
    orders.close();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

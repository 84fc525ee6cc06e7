/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.dynamodb.session.TableSession;
import io.sluice.testing.LocalS3;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * A JVM of its own that works on a table as a worker of a cluster does, for as long as it is told
 * to. What it does is a class with a main method that calls {@link #serve}.
 */
public final class WorkerJvm implements AutoCloseable {
  private static final String WORK = "work";
  private static final String REST = "rest";
  private static final String ALLOWED = "allowed";
  private static final long PATIENCE_MILLIS = 5;

  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  private WorkerJvm(Process process) {
    this.process = process;
    this.commands = process.outputWriter(UTF_8);
    this.answers = process.inputReader(UTF_8);
  }

  /**
   * Starts a JVM, which begins to work at once.
   *
   * @param program the class whose main method is run
   * @param settings of the work
   * @param arguments pipeline options for the file system of the coordination
   */
  public static WorkerJvm start(Class<?> program, Serializable settings, String... arguments) {
    try {
      Path file = Files.createTempFile("settings", "");
      try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file))) {
        out.writeObject(settings);
      }
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(program.getName(), file.toString()));
      command.addAll(List.of(arguments));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      // For S3; the settings have those for DynamoDB.
      builder.environment().put("AWS_ACCESS_KEY_ID", "localkey");
      builder.environment().put("AWS_SECRET_ACCESS_KEY", "localsecret");
      WorkerJvm jvm = new WorkerJvm(builder.start());
      jvm.answers.readLine();
      Files.delete(file);
      return jvm;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has it work again; it returns at once. */
  public void work() {
    tell(WORK);
  }

  /** Has it finish what it has begun, and then do nothing. */
  public void rest() {
    tell(REST);
  }

  /** Returns the units a second that it may use now. */
  public double allowed() {
    tell(ALLOWED);
    try {
      return Double.parseDouble(answers.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tell(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it, which it cannot notice. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  /** The work of a JVM. */
  public interface Work {
    /** Works until the condition does not hold any more, and finishes what it has begun. */
    void workWhile(BooleanSupplier wanted) throws Exception;
  }

  /** Makes the work from its settings; called in the JVM that does it. */
  public interface Maker {
    Work make(Object settings, S3Options options) throws Exception;
  }

  /** Works as it is told until the JVM that has started this one has ended. */
  public static void serve(Maker maker, String... args) throws Exception {
    Object settings;
    try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(Path.of(args[0])))) {
      settings = in.readObject();
    }
    S3Options options =
        PipelineOptionsFactory.fromArgs(Arrays.copyOfRange(args, 1, args.length))
            .as(S3Options.class);
    LocalS3.useOurs();
    FileSystems.setDefaultPipelineOptions(options);
    new Commands().serve(maker.make(settings, options));
  }

  /** Reads commands, on a thread of its own. */
  private static final class Commands {
    private volatile boolean wanted = true;

    void serve(Work work) throws Exception {
      System.out.println("ready");
      Thread reader = new Thread(this::obey);
      reader.start();
      while (reader.isAlive()) {
        work.workWhile(() -> wanted && reader.isAlive());
        while (!wanted && reader.isAlive()) {
          Thread.sleep(PATIENCE_MILLIS);
        }
      }
      System.exit(0);
    }

    private void obey() {
      BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      try {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.equals(ALLOWED)) {
            System.out.println(
                TableSession.openOnes().stream()
                    .mapToDouble(session -> session.throttle().usage().allowed())
                    .sum());
          } else {
            wanted = line.equals(WORK);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends the program, even if its heap is full and the engine cannot clean up. */
public final class Ending {
  private static final long SECONDS_TO_CLEAR_UP = 20;

  private static final String WITH_INPUT = "--exitWithStdin";

  private Ending() {}

  /**
   * Begins to end the program at once when its standard input ends, if the arguments have {@code
   * --exitWithStdin}: so it does not outlive the program that started it, however that ends.
   */
  public static void withInputIfWanted(List<String> arguments) {
    if (arguments.contains(WITH_INPUT) || arguments.contains(WITH_INPUT + "=true")) {
      Thread thread = new Thread(() -> withEndOf(System.in), "stdin");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Not an orderly exit: nothing may be written any more once another program may have begun. */
  private static void withEndOf(InputStream in) {
    try {
      while (in.read() >= 0) {
        // What is written there has no meaning.
      }
    } catch (IOException e) {
      // Nobody is at the other end.
    } finally {
      Runtime.getRuntime().halt(ExitCode.FAILED);
    }
  }

  /**
   * Ends the JVM with this code; within Flink's JobManager only the program.
   *
   * @throws IllegalStateException in place of ending a JobManager, which may have other jobs
   */
  public static void with(int code) {
    if (FlinkContext.find().filter(FlinkContext::isInJobManager).isPresent()) {
      throw new IllegalStateException(
          "Sluice ended with the exit code " + code + "; the log has the reason");
    }
    try {
      Thread impatient =
          new Thread(
              () -> {
                try {
                  TimeUnit.SECONDS.sleep(SECONDS_TO_CLEAR_UP);
                } catch (InterruptedException e) {
                  // Then it ends at once.
                }
                Runtime.getRuntime().halt(code);
              },
              "impatient-ending");
      impatient.setDaemon(true);
      impatient.start();
      System.exit(code);
    } catch (Error e) {
      Runtime.getRuntime().halt(code);
    }
  }
}

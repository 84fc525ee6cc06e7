/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Ends the program at once when its standard input ends, as {@code --exitWithStdin} asks: so it
 * does not outlive the program that started it, however that ends.
 */
public final class EndWithInput {
  static final String OPTION = "--exitWithStdin";

  private EndWithInput() {}

  /** Begins to watch the standard input, if the option is among the arguments. */
  public static void ifWanted(List<String> arguments) {
    if (arguments.contains(OPTION) || arguments.contains(OPTION + "=true")) {
      Thread thread = new Thread(() -> await(System.in), "stdin");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Not an orderly exit: nothing may be written any more once another program may have begun. */
  private static void await(InputStream in) {
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
}

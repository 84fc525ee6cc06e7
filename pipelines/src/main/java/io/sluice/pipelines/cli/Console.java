/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.io.PrintStream;

/**
 * Prints for the person who typed a command.
 *
 * @param out takes results
 * @param err takes what goes wrong, and what is remarkable
 */
public record Console(PrintStream out, PrintStream err) {

  /** Tells a line of what goes wrong or is remarkable, which begins with the program's name. */
  public void tell(String line) {
    err.println("sluice: " + line);
  }
}

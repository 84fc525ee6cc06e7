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
 * @param out for results
 * @param err for errors and remarks
 */
public record Console(PrintStream out, PrintStream err) {

  /** Prints an error or a remark as one line that begins with the program's name. */
  public void tell(String line) {
    err.println("sluice: " + line);
  }
}

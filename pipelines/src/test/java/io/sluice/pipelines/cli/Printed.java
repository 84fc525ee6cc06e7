/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** What a command prints, as a terminal shows it. */
public final class Printed {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console = new Console(terminal(out), terminal(err));

  private static PrintStream terminal(ByteArrayOutputStream bytes) {
    return new Terminal(new PrintStream(bytes, true, UTF_8));
  }

  /** Where the command is to print. */
  public Console console() {
    return console;
  }

  /** A console of which nobody reads. */
  public static Console unread() {
    return new Printed().console();
  }

  /** What it printed as its result, with newlines as Java's texts have them. */
  public String out() {
    return out.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }

  /** The lines of its result. */
  public List<String> lines() {
    return out().lines().toList();
  }

  /** The lines of what went wrong or was remarkable. */
  public List<String> errors() {
    return err.toString(UTF_8).lines().toList();
  }
}

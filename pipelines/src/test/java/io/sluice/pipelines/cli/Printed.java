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

/** Captures what a command prints, as a terminal shows it. */
public final class Printed {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console = new Console(terminal(out), terminal(err));

  private static PrintStream terminal(ByteArrayOutputStream bytes) {
    return new Terminal(new PrintStream(bytes, true, UTF_8));
  }

  /** Returns the console on which the command must print. */
  public Console console() {
    return console;
  }

  /** Returns a console whose output is discarded. */
  public static Console unread() {
    return new Printed().console();
  }

  /** Returns the printed result, with newlines as in Java's text blocks. */
  public String out() {
    return out.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }

  /** Returns the lines of the result. */
  public List<String> lines() {
    return out().lines().toList();
  }

  /** Returns the lines of errors and remarks. */
  public List<String> errors() {
    return err.toString(UTF_8).lines().toList();
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.harness;

/** Reads options of the form {@code --name=value}. */
public final class Options {
  private Options() {}

  /** Returns the value of an option, or another when it is not given. */
  public static String of(String name, String otherwise, String... args) {
    String start = "--" + name + "=";
    for (String arg : args) {
      if (arg.startsWith(start)) {
        return arg.substring(start.length());
      }
    }
    return otherwise;
  }
}

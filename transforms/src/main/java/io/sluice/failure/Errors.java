/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.failure;

import java.util.Locale;

/**
 * Explains an {@link Error} in one line to the person who runs a job: what was too small, and how
 * to give more.
 */
public final class Errors {
  private Errors() {}

  /** Says what happened and, if possible, what to do about it. */
  public static String oneLine(Error error) {
    if (error instanceof OutOfMemoryError) {
      return outOfMemory(String.valueOf(error.getMessage()));
    }
    if (error instanceof StackOverflowError) {
      return "something is nested too deeply for the stack of a thread: give a larger one"
          + " (SLUICE_JAVA_OPTS=-Xss8m)";
    }
    if (error instanceof LinkageError) {
      return "a class is missing or of another version, which is a defect of Sluice or of the class"
          + " path: "
          + error;
    }
    return "an error of the JVM: " + error;
  }

  /**
   * Says what to do when a kind of memory is used up.
   *
   * @param kind the message of the {@link OutOfMemoryError}
   */
  public static String outOfMemory(String kind) {
    if (kind.contains("direct buffer") || kind.contains("Direct buffer")) {
      return "the memory outside of the heap is used up: give more"
          + " (SLUICE_JAVA_OPTS=-XX:MaxDirectMemorySize=2g)";
    }
    if (kind.contains("native thread")) {
      return "the system allows no more threads: " + kind;
    }
    if (kind.contains("Metaspace") || kind.contains("Compressed class space")) {
      return "the memory for classes is used up (" + kind + "): give more";
    }
    return "the memory of " + heap() + " is used up: give more (" + moreHeap() + ")";
  }

  /** Says how to give a job more memory: twice as much as this JVM has. */
  public static String moreHeap() {
    long megabytes = Math.max(1, Runtime.getRuntime().maxMemory() >> 20) * 2;
    String size =
        megabytes < 1024 ? Math.max(512, megabytes) + "m" : (megabytes + 1023) / 1024 + "g";
    return "SLUICE_JAVA_OPTS=-Xmx" + size + "; on a cluster more for its workers";
  }

  private static String heap() {
    return String.format(Locale.ROOT, "%,d MB", Runtime.getRuntime().maxMemory() >> 20);
  }
}

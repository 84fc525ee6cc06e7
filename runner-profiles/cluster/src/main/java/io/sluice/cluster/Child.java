/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Runs another main class in a JVM that ends when its standard input does, and so with the process
 * that started it, however that ends.
 */
final class Child {
  private static final long SECONDS_TO_CLEAR_UP = 10;

  private Child() {}

  /** Takes the name of the main class, and its arguments. */
  public static void main(String[] args) throws Exception {
    start("stdin", Child::exitWithStdin);
    Class.forName(args[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
  }

  private static void start(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void exitWithStdin() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A broken pipe counts as its end, too.
    }
    start("impatient-ending", Child::haltLater);
    System.exit(0);
  }

  private static void haltLater() {
    try {
      TimeUnit.SECONDS.sleep(SECONDS_TO_CLEAR_UP);
    } catch (InterruptedException e) {
      // Then it ends at once.
    }
    Runtime.getRuntime().halt(1);
  }
}

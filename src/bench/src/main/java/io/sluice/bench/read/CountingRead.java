/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

import io.sluice.bench.harness.Target;
import java.net.URI;
import java.nio.file.Path;

/** Reads a table by Beam's DynamoDBIO in a process of its own, and counts the items. */
public final class CountingRead {
  private CountingRead() {}

  /**
   * Prints how many items the table has.
   *
   * @param args the endpoint
   */
  public static void main(String[] args) throws Exception {
    ReadTask task =
        new ReadTask(Contender.BEAM, new Target(URI.create(args[0])), Path.of("nowhere"));
    System.out.println(task.contender().reader(task).read());
    System.exit(0);
  }
}

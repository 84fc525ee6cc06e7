/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.imports;

import io.sluice.bench.harness.Launcher;
import io.sluice.bench.harness.Target;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that imports a file into a table, as a process.
 *
 * @param name in the table of results
 * @param command up to the arguments that differ from run to run
 * @param isSluice whether it has Sluice's options; otherwise it gets file, table and endpoint
 */
public record Importer(String name, List<String> command, boolean isSluice) {
  /** Sluice from a jar, with the launcher's options. */
  public static Importer sluice(String name, Path jar, String heap) {
    List<String> command = jar(Launcher.java(heap), jar);
    command.add("--pipeline=import");
    return new Importer(name, command, true);
  }

  /** Sluice as people start it, with whatever the launcher of that checkout does. */
  public static Importer launcher(String name, Path checkout, String runner) {
    return new Importer(
        name, List.of(checkout.resolve("sluice").toString(), "import", "--runner=" + runner), true);
  }

  /** The job of {@code src/bench/spark-job}, with the options of a JVM by default. */
  public static Importer sparkJob(Path jar, String heap) {
    return new Importer(
        "spark-dynamodb", jar(List.of(Launcher.program(), "-Xmx" + heap), jar), false);
  }

  private static List<String> jar(List<String> java, Path jar) {
    List<String> command = new ArrayList<>(java);
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  /** Whether it reads such files: a job that a team writes for its files reads only those. */
  public boolean reads(InputKind kind) {
    return isSluice || kind == InputKind.CSV;
  }

  /** Returns the command for a file and an endpoint. */
  public List<String> command(Path file, URI endpoint) {
    List<String> all = new ArrayList<>(command);
    if (isSluice) {
      all.addAll(
          List.of(
              "--local",
              "--table=" + Target.TABLE,
              "--keyFrom=md5",
              "--onDemandWriteUnits=10000000",
              "--writeRatio=1",
              "--input=" + file,
              "--dynamodbEndpoint=" + endpoint));
    } else {
      all.addAll(List.of(file.toString(), Target.TABLE, endpoint.toString()));
    }
    return all;
  }
}

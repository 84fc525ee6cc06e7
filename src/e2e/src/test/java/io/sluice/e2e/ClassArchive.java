/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The classes of a runner's jar as a JVM maps them into memory: starting from it takes a third less
 * processor time than loading each from the jar, and these tests start many. Made once by a small
 * import.
 */
final class ClassArchive {
  /** What the JVM thinks of an archive would go to the output that tests look at. */
  private static final List<String> QUIETLY =
      List.of("-Xshare:auto", "-Xlog:disable", "-Xlog:all=error:stderr");

  private static final Map<String, List<String>> MADE = new ConcurrentHashMap<>();

  private ClassArchive() {}

  /** The options of a JVM that starts from the archive of a profile. */
  static List<String> of(String profile) {
    return MADE.computeIfAbsent(profile, ClassArchive::make);
  }

  private static List<String> make(String profile) {
    try {
      LocalAws aws = LocalAws.shared();
      Path folder = Files.createTempDirectory("sluice");
      Path input = Files.writeString(folder.resolve("one.csv"), "id\n1\n");
      Path archive = folder.resolve("classes.jsa");
      List.of(folder, input, archive).forEach(file -> file.toFile().deleteOnExit());
      Program.startJar(
              profile,
              and(QUIETLY, "-XX:ArchiveClassesAtExit=" + archive),
              List.of(
                  "--pipeline=import",
                  "--local",
                  "--dynamodbEndpoint=" + aws.dynamodbEndpoint(),
                  "--s3Endpoint=" + aws.s3Endpoint(),
                  "--input=" + input,
                  "--table=archive_" + profile,
                  "--createTable=ON_DEMAND",
                  "--partitionKey=id:S"))
          .mustExitWith(0);
      return and(QUIETLY, "-XX:SharedArchiveFile=" + archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> and(List<String> options, String more) {
    return Stream.concat(options.stream(), Stream.of(more)).toList();
  }
}

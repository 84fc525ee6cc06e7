/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The classes of a runner's jar as a JVM maps them into memory: starting from it takes a third less
 * processor time than loading each from the jar, and these tests start many. Made once for each jar
 * by a small import, whichever of the JVMs that run tests is first.
 */
final class ClassArchive {
  /** What the JVM thinks of an archive would go to the output that tests look at. */
  private static final List<String> QUIETLY =
      List.of("-Xshare:auto", "-Xlog:disable", "-Xlog:all=error:stderr");

  private static final Path FOLDER =
      Path.of(System.getProperty("sluice.root"), "src/e2e/target/class-archives");

  private static final Map<String, List<String>> MADE = new ConcurrentHashMap<>();

  private ClassArchive() {}

  /** The options of a JVM that starts from the archive of a profile. */
  static List<String> of(String profile) {
    return MADE.computeIfAbsent(profile, ClassArchive::make);
  }

  private static List<String> make(String profile) {
    Path archive = FOLDER.resolve(profile + "-" + Runtime.version() + ".jsa");
    // The tests of another JVM may be about to make it.
    try (FileChannel lock =
        FileChannel.open(
            Files.createDirectories(FOLDER).resolve(profile + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      lock.lock();
      if (!Files.exists(archive) || isOlder(archive, Path.of(Program.jar(profile)))) {
        importOnce(profile, archive);
      }
      return and(QUIETLY, "-XX:SharedArchiveFile=" + archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOlder(Path archive, Path jar) throws IOException {
    return Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0;
  }

  private static void importOnce(String profile, Path archive) throws IOException {
    LocalAws aws = LocalAws.shared();
    Path input = Files.writeString(Files.createTempFile("sluice", ".csv"), "id\n1\n");
    input.toFile().deleteOnExit();
    Path made = Path.of(archive + ".made");
    Program.startJar(
            profile,
            and(QUIETLY, "-XX:ArchiveClassesAtExit=" + made),
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
    Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<String> and(List<String> options, String more) {
    return Stream.concat(options.stream(), Stream.of(more)).toList();
  }
}

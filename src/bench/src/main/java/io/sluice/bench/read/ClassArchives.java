/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

import io.sluice.testing.dynamodb.DynamoDbProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Archives the classes of each contender for its later JVMs, as the launcher does for Sluice: a run
 * over a few items loads them.
 */
public final class ClassArchives implements AutoCloseable {
  private static final long ITEMS = 1_000;

  private final Path folder;

  private ClassArchives(Path folder) {
    this.folder = folder;
  }

  /** Creates an archive for each contender. */
  public static ClassArchives of(Plan plan) throws Exception {
    ClassArchives archives = new ClassArchives(Files.createTempDirectory("class-archives"));
    try (DynamoDbProcess endpoint = Endpoints.of(ITEMS, plan)) {
      for (Contender contender : Contender.values()) {
        FreshRun.of(
            contender, endpoint, ITEMS, "-XX:ArchiveClassesAtExit=" + archives.of(contender));
        if (!Files.exists(archives.of(contender))) {
          throw new IOException("There is no archive of the classes of " + contender);
        }
      }
      return archives;
    } catch (Exception e) {
      archives.close();
      throw e;
    }
  }

  private Path of(Contender contender) {
    return folder.resolve(contender + ".jsa");
  }

  /** Returns the JVM flag that uses the archive of a contender. */
  String flag(Contender contender) {
    return "-XX:SharedArchiveFile=" + of(contender);
  }

  @Override
  public void close() throws IOException {
    FreshRun.delete(folder);
  }
}

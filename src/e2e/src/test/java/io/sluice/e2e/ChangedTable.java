/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import io.sluice.e2e.Runs.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table of three items with a snapshot, and with changes since that a feed has: one item is
 * another, and one is new.
 */
final class ChangedTable {
  private ChangedTable() {}

  /** Makes the table, a snapshot in {@code lake/}, and a feed in {@code feeds/}. */
  static void make(String name, Path folder) {
    try {
      Path before = Files.writeString(folder.resolve("before.csv"), "id,a\nk1,1\nk2,2\nk3,3\n");
      Path after = Files.writeString(folder.resolve("after.csv"), "id,a\nk2,22\nk4,4\n");
      String feeds = "--output=" + folder.resolve("feeds");
      List<Run> runs =
          Runs.inOneJvm(
              "direct",
              List.of(
                  ClusterJobs.job(
                      "import",
                      "--table=" + name,
                      "--input=" + before,
                      "--createTable=ON_DEMAND",
                      "--partitionKey=id:S"),
                  ClusterJobs.job("capture", "--table=" + name, feeds, "--enableStream"),
                  ClusterJobs.job(
                      "export", "--table=" + name, "--output=" + folder.resolve("lake")),
                  ClusterJobs.job("import", "--table=" + name, "--input=" + after),
                  // Each takes five seconds at least, and is complete through ten seconds before.
                  ClusterJobs.job("capture", "--table=" + name, feeds),
                  ClusterJobs.job("capture", "--table=" + name, feeds),
                  ClusterJobs.job("capture", "--table=" + name, feeds),
                  ClusterJobs.job("capture", "--table=" + name, feeds)));
      runs.forEach(run -> run.mustHaveExited(0));
      completeSinceAnHour(folder.resolve("feeds/changes_" + name + "/_commits"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The table did not exist an hour ago, so the feed is complete from then. */
  private static void completeSinceAnHour(Path commits) throws IOException {
    String then = Instant.now().minus(Duration.ofHours(1)).toString();
    try (Stream<Path> files = Files.list(commits)) {
      for (Path commit : files.toList()) {
        Files.writeString(
            commit,
            Files.readString(commit)
                .replaceFirst("(\"completeFrom\" : )\"[^\"]+\"", "$1\"" + then + "\""));
      }
    }
  }
}

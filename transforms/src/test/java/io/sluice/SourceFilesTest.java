/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the source files of all modules to a short length, and to the package of their module. */
class SourceFilesTest {
  private static final int MOST_LINES = 300;

  /** The modules with packages of their own; all others are the library's. */
  private static final Map<String, String> PACKAGES =
      Map.of(
          "pipelines", "pipelines",
          "runner-profiles/local-aws", "localaws",
          "src/bench", "bench",
          "src/bench/spark-job", "bench",
          "src/e2e", "e2e");

  private static final Path ROOT = Path.of(System.getProperty("sluice.root"));

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .map(ROOT::relativize)
          .filter(path -> path.toString().matches(".*/src/main/java/.*\\.java"))
          .toList();
    }
  }

  @Test
  void noModulePutsAClassIntoThePackageOfAnother() throws IOException {
    List<String> strangers = new ArrayList<>();
    for (Path file : files()) {
      String[] parts = file.toString().split("/src/main/java/io/sluice/");
      String own = PACKAGES.get(parts[0]);
      String folder = parts[1].replaceFirst("/.*", "");
      if (own == null ? PACKAGES.containsValue(folder) : !folder.equals(own)) {
        strangers.add(file.toString());
      }
    }
    assertThat(strangers, is(empty()));
  }

  @Test
  void noClassIsLong() throws IOException {
    TreeMap<String, Long> lines = new TreeMap<>();
    for (Path file : files()) {
      try (Stream<String> text = Files.lines(ROOT.resolve(file))) {
        lines.put(file.toString(), text.count());
      }
    }
    assertThat(lines.size(), is(greaterThan(300)));
    lines.values().removeIf(count -> count <= MOST_LINES);
    assertThat(lines, is(anEmptyMap()));
  }
}

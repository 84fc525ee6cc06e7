/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the source files of all modules to a length that can be read at once. */
class SourceFilesTest {
  private static final int MOST_LINES = 300;

  @Test
  void noClassIsLong() throws IOException {
    TreeMap<String, Long> lines = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of(System.getProperty("sluice.root")))) {
      for (Path file :
          files.filter(path -> path.toString().matches(".*/src/main/java/.*\\.java")).toList()) {
        try (Stream<String> text = Files.lines(file)) {
          lines.put(file.toString(), text.count());
        }
      }
    }
    assertThat(lines.size(), is(greaterThan(300)));
    lines.values().removeIf(count -> count <= MOST_LINES);
    assertThat(lines, is(anEmptyMap()));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.FileCompression;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
  @TempDir Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createDirectories(folder.resolve("sub/_staging"));
    for (String name :
        List.of(
            "b.csv",
            "a.csv",
            "a.txt",
            "_SUCCESS",
            ".a.csv.crc",
            "_c.csv",
            "sub/d.csv",
            "sub/_staging/e.csv")) {
      Files.writeString(folder.resolve(name), name);
    }
  }

  private List<String> match(String... patterns) throws IOException {
    List<String> all = new ArrayList<>();
    for (String pattern : patterns) {
      all.add(folder + "/" + pattern);
    }
    List<String> names = new ArrayList<>();
    for (MatchResult.Metadata file : InputFiles.match(all)) {
      names.add(folder.relativize(Path.of(file.resourceId().toString())).toString());
    }
    return names;
  }

  @Test
  void sortedByName() throws IOException {
    assertThat(match("*.csv"), contains("a.csv", "b.csv"));
    assertThat(match("b.csv", "a.csv"), contains("a.csv", "b.csv"));
  }

  @Test
  void overlappingPatternsGiveAFileOnce() throws IOException {
    assertThat(match("*.csv", "a.*", "a.csv"), contains("a.csv", "a.txt", "b.csv"));
    assertThat(
        "a pattern may match nothing new", match("a.csv", "a.csv", "a.c*"), contains("a.csv"));
  }

  @Test
  void hiddenFilesAreLeftOut() throws IOException {
    assertThat(match("*"), contains("a.csv", "a.txt", "b.csv"));
  }

  @Test
  void aHiddenFileIsReadWhenItIsNamed() throws IOException {
    assertThat(match("_c.csv"), contains("_c.csv"));
    assertThat(match("sub/_staging/e.csv"), contains("sub/_staging/e.csv"));
  }

  @Test
  void aPatternWithoutAFileIsAnError() {
    for (String pattern : List.of("x*.csv", "x.csv", "_S*", "x/*", "sub/_staging/x*")) {
      FileNotFoundException e =
          assertThrows(FileNotFoundException.class, () -> match("a.csv", pattern));
      assertThat(e.getMessage(), containsString(pattern));
    }
  }

  @Test
  void compressions() {
    EnumSet<Compression> readable = EnumSet.noneOf(Compression.class);
    for (Compression compression : Compression.values()) {
      if (FileCompression.isReadable(compression)) {
        readable.add(compression);
      }
    }
    assertThat(
        readable,
        is(
            EnumSet.of(
                Compression.UNCOMPRESSED, Compression.GZIP, Compression.BZIP2, Compression.ZSTD)));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalWalkTest {
  @TempDir Path folder;

  private void files(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }

  private List<String> match(String glob) throws IOException {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            Storage.match(folder + "/" + glob).stream()
                .map(found -> folder.relativize(Path.of(found.resourceId().toString())).toString())
                .toList());
  }

  @Test
  void aGlobIsMatchedFolderByFolder() throws IOException {
    files("b.csv", "a.csv", "a.txt", "x/c.csv", "x/y/d.csv", "z/y/e.csv", "z/y/deep/f.csv");
    assertThat(match("*.csv"), contains("a.csv", "b.csv"));
    assertThat(match("*/*.csv"), contains("x/c.csv"));
    assertThat(match("*/y/*.csv"), contains("x/y/d.csv", "z/y/e.csv"));
    assertThat(match("[!x]/y/e.csv"), contains("z/y/e.csv"));
    assertThat(match("{x,z}/y/?.csv"), contains("x/y/d.csv", "z/y/e.csv"));
    assertThat(match("{x/y,z}/*.csv"), contains("x/y/d.csv"));
    assertThat(
        match("**.csv"),
        contains("a.csv", "b.csv", "x/c.csv", "x/y/d.csv", "z/y/deep/f.csv", "z/y/e.csv"));
    assertThat(match("z/**/f.csv"), contains("z/y/deep/f.csv"));
    assertThat(match("nothing/*"), empty());
    assertThat(match("*/"), contains("x", "z"));
  }

  @Test
  void aNameThatIsThereIsNoGlob() throws IOException {
    files("a[1].csv", "a1.csv", "b{c}\\*,d.csv");
    assertThat(match("a[1].csv"), contains("a[1].csv"));
    assertThat(match("a[12].csv"), contains("a1.csv"));
    assertThat(match("a\\[1].csv"), contains("a[1].csv"));
    assertThat(match("b{c}\\*,d.csv"), contains("b{c}\\*,d.csv"));
    assertThat(Storage.find(folder + "/a[1].csv").isPresent(), is(true));
    assertThat(Storage.find(folder + "/a[12].csv").isPresent(), is(false));
  }

  @Test
  void foldersThatTheGlobDoesNotNeedAreNotLookedInto() throws IOException {
    files("x/a.csv", "secret/b.csv");
    Path closed = folder.resolve("secret");
    Files.createSymbolicLink(folder.resolve("x/up"), folder);
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assertThat(match("x/*.csv"), contains("x/a.csv"));
      assertThat(match("*.csv"), empty());
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void linksInACircleEnd() throws IOException {
    files("x/a.csv", "x/y/b.csv");
    Files.createSymbolicLink(folder.resolve("x/y/up"), folder);
    Files.createSymbolicLink(folder.resolve("x/self"), Path.of("."));
    assertThat(match("**.csv"), contains("x/a.csv", "x/y/b.csv"));
    assertThat(match("x/**/*.csv"), contains("x/y/b.csv"));
    assertThat(match("*.csv"), empty());
  }

  @Test
  void aLinkToAFolderElsewhereIsFollowedOnce(@TempDir Path elsewhere) throws IOException {
    Files.writeString(elsewhere.resolve("c.csv"), "c");
    files("x/a.csv");
    Files.createSymbolicLink(folder.resolve("m"), elsewhere);
    Files.createSymbolicLink(folder.resolve("x/l"), elsewhere);
    assertThat(match("**.csv"), contains("m/c.csv", "x/a.csv"));
    assertThat(match("x/*/*.csv"), contains("x/l/c.csv"));
  }

  @Test
  void aLinkThatLeadsNowhereIsAnError() throws IOException {
    Files.createSymbolicLink(folder.resolve("gone.csv"), folder.resolve("nothing"));
    FileNotFoundException e =
        assertThrows(FileNotFoundException.class, () -> Storage.match(folder + "/*.csv"));
    assertThat(e.getMessage(), is(folder + "/gone.csv is a link to a file that is not there"));
  }

  @Test
  void sizesAndTimes() throws IOException {
    files("a.csv");
    MatchResult.Metadata found = Storage.match("file://" + folder + "/*.csv").get(0);
    assertThat(found.sizeBytes(), is(5L));
    assertThat(
        found.lastModifiedMillis(),
        is(Files.getLastModifiedTime(folder.resolve("a.csv")).toMillis()));
    assertThat(found.resourceId().isDirectory(), is(false));
  }
}

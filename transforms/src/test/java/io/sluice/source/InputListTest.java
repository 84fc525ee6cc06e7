/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** The rules for names, folders and globs, which are the same on a disk and on S3. */
class InputListTest {
  private static final LocalAws AWS = LocalAws.shared();

  enum Kind {
    DISK,
    S3
  }

  @TempDir Path disk;
  private String folder;

  @BeforeEach
  void files() {
    LocalS3.options(AWS);
  }

  private void files(Kind kind, String... names) throws IOException {
    String prefix = "list-" + UUID.randomUUID();
    folder = kind == Kind.DISK ? disk.toString() : "s3://" + AWS.bucket() + "/" + prefix;
    for (String name : names) {
      String contents = name.endsWith("$") || name.endsWith("/") ? "" : "x";
      if (kind == Kind.S3) {
        AWS.s3()
            .putObject(
                r -> r.bucket(AWS.bucket()).key(prefix + "/" + name),
                RequestBody.fromString(contents));
      } else if (name.endsWith("/")) {
        Files.createDirectories(disk.resolve(name));
      } else {
        Files.createDirectories(disk.resolve(name).getParent());
        Files.writeString(disk.resolve(name), contents);
      }
    }
  }

  private List<String> names(InputList list) throws IOException {
    return list.files().stream()
        .map(MatchResult.Metadata::resourceId)
        .map(file -> file.toString().substring(folder.length() + 1))
        .toList();
  }

  private InputList list(String pattern) throws IOException {
    return InputFiles.list(List.of(folder + "/" + pattern));
  }

  @ParameterizedTest
  @EnumSource
  void aFolderIsTheFilesInIt(Kind kind) throws IOException {
    files(kind, "f/", "f/a.csv", "f/b.csv", "f/x/c.csv", "f/y/d.csv", "f/_t/e.csv", "f/x_$folder$");
    for (String pattern : List.of("f", "f/")) {
      InputList list = list(pattern);
      assertThat(names(list), contains("f/a.csv", "f/b.csv"));
      assertThat(
          list.leftOut(),
          is(
              Optional.of(
                  "not read: 2 folders in %1$s/%2$s, such as %1$s/f/x/ (give %1$s/f/** to read all)"
                      .formatted(folder, pattern))));
    }
    assertThat(names(list("f/**")), contains("f/a.csv", "f/b.csv", "f/x/c.csv", "f/y/d.csv"));
    assertThat(names(list("f/*")), contains("f/a.csv", "f/b.csv"));
    assertThat(list("f/*").leftOut(), is(Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource
  void aFolderOfFoldersSaysSo(Kind kind) throws IOException {
    files(kind, "f/x/c.csv");
    FileNotFoundException e = assertThrows(FileNotFoundException.class, () -> list("f/").files());
    assertThat(
        e.getMessage(),
        is("no file matches %1$s/f/, only folders in it do: give %1$s/f/**".formatted(folder)));
    assertThrows(FileNotFoundException.class, () -> list("g").files());
  }

  @ParameterizedTest
  @EnumSource
  void hiddenFilesAreTold(Kind kind) throws IOException {
    files(kind, "a.csv", "_SUCCESS", "_b.csv", ".c.csv");
    InputList list = list("*");
    assertThat(names(list), contains("a.csv"));
    assertThat(
        list.leftOut(),
        is(
            Optional.of(
                "not read: 2 files hidden by a name with _ or . in front, such as %s/.c.csv"
                    .formatted(folder))));
    assertThat(list.leftOutFolders(), is(Optional.empty()));
    assertThat(names(list("_b.csv")), contains("_b.csv"));
  }

  @ParameterizedTest
  @EnumSource
  void anyNameCanBeGiven(Kind kind) throws IOException {
    files(kind, "a[1],{2}.csv", "a1.csv", "a2.csv", "b\nc.csv");
    assertThat(names(list("a[1],{2}.csv")), contains("a[1],{2}.csv"));
    assertThat(names(list("a\\[1],\\{2}.csv")), contains("a[1],{2}.csv"));
    assertThat(names(list("a[!1].csv")), contains("a2.csv"));
    assertThat(names(list("a[12].csv")), contains("a1.csv", "a2.csv"));
    assertThat(names(list("**")), contains("a1.csv", "a2.csv", "a[1],{2}.csv", "b\nc.csv"));
    assertThat(
        names(InputFiles.named(List.of(folder + "/a[1],{2}.csv", folder + "/a1.csv"))),
        contains("a1.csv", "a[1],{2}.csv"));
    InputList missing = InputFiles.named(List.of(folder + "/a[12].csv"));
    assertThrows(FileNotFoundException.class, missing::files);
  }

  @ParameterizedTest
  @EnumSource
  void aListReadsNoFolder(Kind kind) throws IOException {
    files(kind, "f/a.csv");
    assertThrows(IOException.class, () -> InputFiles.named(List.of(folder + "/f/")).files());
  }

  @Test
  void theNamesInAFile() throws IOException {
    Path list = disk.resolve("list");
    Files.writeString(list, "\uFEFFs3://b/a,b[1].csv\r\n\n  \n/d/x y.csv");
    assertThat(InputNames.read(list.toString()), contains("s3://b/a,b[1].csv", "/d/x y.csv"));
    assertThrows(IOException.class, () -> InputNames.parse(new byte[] {(byte) 0xFF}, "f"));
    Files.writeString(list, "\n");
    assertThrows(IOException.class, () -> InputNames.read(list.toString()));
    FileNotFoundException e =
        assertThrows(
            FileNotFoundException.class, () -> InputNames.read(disk.resolve("no").toString()));
    assertThat(e.getMessage(), is(disk.resolve("no") + " is not there"));
    assertThat(new String(Files.readAllBytes(list), UTF_8), is("\n"));
  }
}

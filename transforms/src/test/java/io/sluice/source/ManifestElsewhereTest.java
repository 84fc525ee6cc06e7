/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.ManifestElsewhere;
import io.sluice.format.datapipeline.DataPipelineManifest;
import io.sluice.format.datapipeline.DataPipelineManifest.Expanded;
import io.sluice.format.datapipeline.ManifestFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests that name files outside their own folder, and links that lead out of one. */
class ManifestElsewhereTest {
  @TempDir private Path folder;
  private Path backup;
  private Path secret;

  @BeforeEach
  void files() throws IOException {
    backup = Files.createDirectory(folder.resolve("backup"));
    secret = Files.writeString(folder.resolve("secret"), "{}");
  }

  private Expanded expand(ManifestElsewhere elsewhere, String... urls) throws IOException {
    Path manifest = backup.resolve("manifest");
    Files.writeString(
        manifest,
        Stream.of(urls)
            .map(url -> "{\"url\":\"" + url + "\",\"mandatory\":true}")
            .collect(Collectors.joining(",", "{\"entries\":[", "]}")));
    return DataPipelineManifest.expand(List.of(manifest.toString()), elsewhere);
  }

  private String beside(String name) throws IOException {
    return Files.writeString(backup.resolve(name), "{}").toString();
  }

  @Test
  void aCopyOfABackupIsReadByTheNamesOfItsFiles() throws IOException {
    String a = beside("a-1");
    String b = beside("b-2");
    Expanded read =
        expand(ManifestElsewhere.BESIDE, "s3://old-bucket/2014/a-1", "s3://old-bucket/2014/b-2");
    assertThat(read.files(), contains(a, b));
    assertThat(
        read.notes(),
        contains(
            backup
                + "/manifest lists 2 files outside of its folder, such as s3://old-bucket/2014/b-2:"
                + " read by name beside the manifest"));
  }

  @Test
  void whatIsBelowTheFolderIsReadAsItIs() throws IOException {
    Files.createDirectory(backup.resolve("deep"));
    String deep = beside("deep/a");
    String b = beside("b");
    Expanded read = expand(ManifestElsewhere.BESIDE, deep, "file://" + b);
    assertThat(read.files(), contains(deep, "file://" + b));
    assertThat(read.notes(), empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s/secret", "file://%s/secret", "%s/backup/../secret", "../secret"})
  void noOtherFileIsRead(String url) throws IOException {
    String named = url.formatted(folder);
    Exception e =
        assertThrows(FileNotFoundException.class, () -> expand(ManifestElsewhere.BESIDE, named));
    assertThat(
        e.getMessage(),
        is(
            "%s/manifest lists %s, which is not below its folder, and there is no %s/secret"
                .formatted(backup, named, backup)));
    String own = beside("secret");
    assertThat(expand(ManifestElsewhere.BESIDE, named).files(), contains(own));
  }

  @Test
  void noLinkLeadsOutOfTheFolder() throws IOException {
    Path link = Files.createSymbolicLink(backup.resolve("link"), secret);
    Files.createSymbolicLink(backup.resolve("up"), folder);
    for (String url : List.of(link.toString(), "s3://b/link", backup + "/up/up")) {
      Exception e = assertThrows(IOException.class, () -> expand(ManifestElsewhere.BESIDE, url));
      assertThat(e.getMessage(), containsString("which is no file beside it"));
    }
    assertThrows(
        FileNotFoundException.class, () -> expand(ManifestElsewhere.BESIDE, backup + "/up/secret"));
  }

  /** A folder that is reached through a link is still the folder. */
  @Test
  void theFolderItselfMayBeALink() throws IOException {
    beside("a");
    Path link = Files.createSymbolicLink(folder.resolve("link"), backup);
    expand(ManifestElsewhere.BESIDE, link + "/a");
    assertThat(
        DataPipelineManifest.expand(List.of(link + "/manifest")), equalTo(List.of(link + "/a")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://b/x/", "s3://b/..", "..", "/"})
  void aUrlWithoutAName(String url) {
    Exception e = assertThrows(IOException.class, () -> expand(ManifestElsewhere.BESIDE, url));
    assertThat(e.getMessage(), containsString("which is no file beside it"));
  }

  @Test
  void noFileStandsForTwo() throws IOException {
    beside("a");
    Exception e =
        assertThrows(
            IOException.class, () -> expand(ManifestElsewhere.BESIDE, "s3://b/1/a", "s3://b/2/a"));
    assertThat(
        e.getMessage(),
        containsString("lists s3://b/1/a and s3://b/2/a, which are both " + backup + "/a beside"));
  }

  @Test
  void whatIsElsewhereIsReadWhenThatIsWanted() throws IOException {
    Expanded read = expand(ManifestElsewhere.READ, secret.toString());
    assertThat(read.files(), contains(secret.toString()));
    assertThat(
        read.notes(),
        contains(
            "%s/manifest lists 1 file outside of its folder, such as %s: read from there"
                .formatted(backup, secret)));
  }

  @ParameterizedTest
  @CsvSource({
    "s3://b/backup/x, true",
    "s3://b/backup/deep/x, true",
    "s3://b/backup2/x, false",
    "s3://B/backup/x, false",
    "S3://b/backup/x, false",
    "s3://b/backup/../x, false",
    "s3://b/backup//x, false",
    "s3://b/backup/, false",
    "file:/b/backup/x, false",
    "/b/backup/x, false",
    "x, false",
  })
  void belowAFolderOfABucket(String url, boolean below) throws IOException {
    assertThat(new ManifestFolder("s3://b/backup/", false).contains(url), is(below));
  }

  @Test
  void whatIsBehindALinkIsNotDeleted() throws IOException {
    Files.createDirectory(folder.resolve("other"));
    Files.writeString(folder.resolve("other/a.csv"), "1");
    Path in = Files.createDirectory(folder.resolve("in"));
    Path link = Files.createSymbolicLink(in.resolve("link"), folder.resolve("other"));
    MatchResult.Metadata file = FileSystems.matchSingleFileSpec(link + "/a.csv");
    for (String found : List.of(in + "/*/a.csv", in + "/**", in + "/l*/*", "s3://b/*")) {
      assertThat(
          found, DeleteFiles.linkTo(file, List.of(found)).orElseThrow(), is(link.toString()));
    }
    // Whoever names a link means its target.
    for (String named : List.of(link + "/*.csv", link + "/", link.toString(), link + "/a.csv")) {
      assertThat(named, DeleteFiles.linkTo(file, List.of("x", named)).isPresent(), is(false));
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.datapipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.Format;
import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.source.InputFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataPipelineManifestTest {
  @TempDir private Path folder;

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return file.toString();
  }

  private static String entry(String url, boolean mandatory) {
    return "{\"url\":\"" + url + "\",\"mandatory\":" + mandatory + "}";
  }

  private String manifest(String... entries) throws IOException {
    return write(
        "manifest",
        "{\"name\":\"DynamoDB-export\",\"version\":3,\"entries\":["
            + String.join(",", entries)
            + "]}\n");
  }

  @Test
  void theFilesOfAManifestTakeItsPlace() throws IOException {
    String a = write("a", "");
    String b = write("b", "");
    String manifest = manifest(entry(a, true), "{\"url\":\"" + b + "\"}");

    assertThat(
        DataPipelineManifest.expand(List.of("x/*", manifest, "x/y")),
        equalTo(List.of("x/*", a, b, "x/y")));
    assertThat(InputFiles.match(DataPipelineManifest.expand(List.of(manifest))).size(), is(2));
  }

  @Test
  void onlyAMandatoryFileHasToBeThere() throws IOException {
    String a = write("a", "");
    String missing = folder.resolve("missing").toString();

    assertThat(
        DataPipelineManifest.expand(List.of(manifest(entry(a, false), entry(missing, false)))),
        equalTo(List.of(a)));
    List<String> files = DataPipelineManifest.expand(List.of(manifest(entry(missing, true))));
    FileNotFoundException e =
        assertThrows(FileNotFoundException.class, () -> InputFiles.match(files));
    assertThat(e.getMessage(), containsString(missing));
  }

  @Test
  void theBackupOfAnEmptyTableHasNoFiles() throws IOException {
    assertThat(DataPipelineManifest.expand(List.of(manifest())), empty());
  }

  @Test
  void onlyAFileOfThatNameIsAManifest() {
    assertThat(DataPipelineManifest.isManifest("s3://b/backup/manifest"), is(true));
    assertThat(DataPipelineManifest.isManifest("manifest"), is(true));
    assertThat(DataPipelineManifest.isManifest("s3://b/*/manifest"), is(false));
    assertThat(DataPipelineManifest.isManifest("s3://b/manifest/*"), is(false));
    assertThat(DataPipelineManifest.isManifest("s3://b/my-manifest"), is(false));
    assertThat(DataPipelineManifest.isManifest("s3://b/manifest.json"), is(false));
  }

  @Test
  void aMissingManifestIsAnError() {
    String missing = folder.resolve("manifest").toString();
    assertThrows(FileNotFoundException.class, () -> DataPipelineManifest.expand(List.of(missing)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "{}",
        "[]",
        "{\"entries\":{\"secret\":1}}",
        "{\"entries\":[\"secret\"]}",
        "{\"entries\":[{\"url\":5}]}",
        "{\"entries\":[{\"url\":\"\"}]}",
        "{\"entries\":[{\"url\":\"s3://secret/*\"}]}"
      })
  void whatIsNoManifest(String text) throws IOException {
    String manifest = write("manifest", text);
    IOException e =
        assertThrows(IOException.class, () -> DataPipelineManifest.expand(List.of(manifest)));
    assertThat(
        e.getMessage(),
        allOf(
            containsString(manifest + " is no manifest of a Data Pipeline backup: "),
            not(containsString("secret"))));
  }

  @Test
  void aGlobLeavesTheManifestOut() throws IOException {
    String data = write("0cfec4b2", "");
    String manifest = manifest(entry(data, true));
    write("_SUCCESS", "");

    assertThat(matched(folder + "/*", new DataPipelineFormat()), equalTo(List.of(data)));
    assertThat(matched(manifest, new DataPipelineFormat()), equalTo(List.of(manifest)));
    assertThat(matched(folder + "/*", new DynamoDbJsonFormat()), equalTo(List.of(data, manifest)));
    assertThrows(
        FileNotFoundException.class,
        () -> InputFiles.match(List.of(folder + "/m*"), new DataPipelineFormat()));
  }

  private static List<String> matched(String pattern, Format format) throws IOException {
    return InputFiles.match(List.of(pattern), format).stream()
        .map(file -> file.resourceId().toString())
        .toList();
  }
}

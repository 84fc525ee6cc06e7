/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.UnreadableFileException;
import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.format.nativeexport.ExportManifest;
import io.sluice.item.page.Buckets;
import io.sluice.source.slice.ReadPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.SourceTestUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports are read by their manifests, from wherever they are, and completely or not at all. */
class ExportManifestTest {
  private static final String EXPORTED = "prefix/AWSDynamoDB/01-ab/";

  @TempDir private Path folder;
  private Path data;
  private final StringBuilder manifest = new StringBuilder();
  private long items;

  @BeforeEach
  void makeFolder() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    Files.createFile(folder.resolve("_started"));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private static String md5(byte[] bytes) throws Exception {
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
  }

  private static String item(String key) {
    return "{\"Item\":{\"pk\":{\"S\":\"" + key + "\"}}}\n";
  }

  private Path file(String name, String... keys) throws Exception {
    StringBuilder text = new StringBuilder();
    for (String key : keys) {
      text.append(item(key));
    }
    byte[] bytes = gzip(text.toString());
    list(EXPORTED + "data/" + name, keys.length, md5(bytes));
    return Files.write(data.resolve(name), bytes);
  }

  private void list(String key, long count, String md5) {
    items += count;
    manifest.append(
        "{\"itemCount\":%d,\"md5Checksum\":\"%s\",\"etag\":\"x-1\",\"dataFileS3Key\":\"%s\"}%n"
            .formatted(count, md5, key));
  }

  private void finish() throws IOException {
    finish(items, "\"outputFormat\":\"DYNAMODB_JSON\"");
  }

  private void finish(long count, String members) throws IOException {
    Files.writeString(folder.resolve("manifest-files.json"), manifest);
    Files.writeString(
        folder.resolve("manifest-summary.json"),
        "{\"version\":\"2020-06-30\",\"s3Bucket\":\"b\",\"s3Prefix\":\"prefix\",\"manifestFilesS3Key\":\""
            + EXPORTED
            + "manifest-files.json\",\"itemCount\":"
            + count
            + ","
            + members
            + "}");
  }

  private String place() {
    return folder + "/";
  }

  private ExportManifest export() throws IOException {
    return ExportManifest.read(ExportManifest.folderOf(place()));
  }

  /** Reads an export as a job does, after serialisation. */
  private List<String> read(ExportManifest export) throws IOException {
    FileSelection files = FileSelection.of(export.files()).withChecks(export.checks());
    SliceReader.Recipe recipe =
        new SliceReader.Recipe(new DynamoDbJsonFormat(), KeyFrom.RECORD, null, List.of());
    List<String> keys = new ArrayList<>();
    for (ItemSource split :
        ItemSource.of(files, recipe, Buckets.ONE, 1).split(1, PipelineOptionsFactory.create())) {
      ItemSource travelled = SerializableUtils.ensureSerializable(split);
      for (ReadPage page :
          SourceTestUtils.readFromSource(travelled, PipelineOptionsFactory.create())) {
        if (page.items() == null) {
          keys.add("none");
        } else {
          page.items().forEach(item -> keys.add(item.item().get("pk").s()));
        }
      }
    }
    return keys;
  }

  private String refusal() {
    return assertThrows(UnreadableFileException.class, this::export).getMessage();
  }

  private String failure() throws IOException {
    ExportManifest export = export();
    return assertThrows(UnreadableFileException.class, () -> read(export)).getMessage();
  }

  @Test
  void theFilesOfTheManifestAreRead() throws Exception {
    file("b.json.gz", "c");
    file("a.json.gz", "a", "b");
    file("empty.json.gz");
    Files.write(data.resolve("not-listed.json.gz"), gzip(item("x")));
    finish();

    assertThat(read(export()), equalTo(List.of("a", "b", "c")));
  }

  @Test
  void anExportOfNoItemsMayHaveNoFiles() throws Exception {
    finish();
    assertThat(export().files(), empty());
  }

  @Test
  void theFolderAndEachManifestNameIt() throws Exception {
    file("a.json.gz", "a");
    finish();
    String place = place();
    for (String named :
        List.of(
            place,
            folder.toString(),
            place + "manifest-summary.json",
            place + "manifest-files.json")) {
      assertThat(ExportManifest.folderOf(named), equalTo(place));
    }
    for (String other :
        List.of(place + "*", data + "/", place + "data/a.json.gz", place + "none")) {
      assertThat(other, ExportManifest.folderOf(other), nullValue());
    }
    assertThat(ExportManifest.folderOf("manifest-files.json"), equalTo("./"));
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    file("a.json.gz", "a");
    Path missing = file("b.json.gz", "b");
    Files.delete(missing);
    finish();
    assertThat(refusal(), equalTo(missing + " is missing: manifest-files.json lists it"));
  }

  @Test
  void anotherFileOfThatNameIsNotRead() throws Exception {
    Path changed = file("a.json.gz", "a", "b");
    Files.write(changed, gzip(item("a") + item("x")));
    finish();
    assertThat(
        failure(),
        allOf(
            containsString(changed.toString()),
            containsString("its MD5 is"),
            not(containsString("\n"))));
  }

  /**
   * Bytes after the compressed data do not change what is read, but the file is not the listed one.
   */
  @Test
  void bytesBehindTheDataCountToo() throws Exception {
    byte[] bytes = gzip(item("a"));
    list(EXPORTED + "data/a.json.gz", 1, md5(bytes));
    Files.write(data.resolve("a.json.gz"), bytes);
    Files.write(data.resolve("a.json.gz"), gzip(""), java.nio.file.StandardOpenOption.APPEND);
    finish();
    assertThat(failure(), containsString("its MD5 is"));
  }

  @Test
  void aFileOfFewerItemsIsNotRead() throws Exception {
    byte[] bytes = gzip(item("a") + "\n" + item("b"));
    list(EXPORTED + "data/a.json.gz", 3, md5(bytes));
    Files.write(data.resolve("a.json.gz"), bytes);
    finish();
    assertThat(failure(), containsString("it has 2 items, and the manifest lists 3"));
  }

  @Test
  void aRecordThatIsNoItemIsCountedAsOne() throws Exception {
    byte[] bytes = gzip(item("a") + "{\"Item\":1}\n");
    list(EXPORTED + "data/a.json.gz", 2, md5(bytes));
    Files.write(data.resolve("a.json.gz"), bytes);
    finish();
    assertThat(read(export()), containsInAnyOrder("a", "none"));
  }

  @Test
  void theManifestsMustAgree() throws Exception {
    file("a.json.gz", "a");
    finish(2, "\"outputFormat\":\"DYNAMODB_JSON\"");
    assertThat(
        refusal(),
        allOf(
            containsString("manifest-files.json lists files of 1 items"),
            containsString("manifest-summary.json says that the export has 2")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data/../../x.json.gz",
        "data/x/y.json.gz",
        "data/..",
        "data/",
        "data/*",
        "data/a\\\\b",
        "data/a\\n",
        "data/.a.json.gz",
        "x.json.gz",
        "/etc/passwd",
        "../data/x.json.gz",
      })
  void nothingOutsideIsRead(String key) throws Exception {
    file("a.json.gz", "a");
    list(EXPORTED + key, 0, "x");
    finish();
    assertThat(
        refusal(),
        equalTo(
            place()
                + "manifest-files.json is no manifest of an export: it lists a file that is not"
                + " in the data folder of the export"));
  }

  /** Like the manifest of an incremental export. */
  @ParameterizedTest
  @ValueSource(strings = {"prefix/AWSDynamoDB/data/x", "s3://other/data/x", "data/x", ""})
  void aKeyOfAnotherFolderIsRefused(String key) throws Exception {
    list(key, 0, "x");
    finish();
    assertThat(refusal(), containsString("not in the data folder of the export"));
  }

  @Test
  void otherKindsAreRefusedByName() throws Exception {
    finish(0, "\"outputFormat\":\"ION\"");
    assertThat(export().summary().dataFormat(), equalTo("ION"));
    finish(0, "\"outputFormat\":\"DYNAMODB_JSON\",\"exportType\":\"INCREMENTAL_EXPORT\"");
    assertThat(
        refusal(), containsString(place() + " is an incremental export, of changes and no items"));
    finish(0, "\"outputFormat\":\"secret\"");
    assertThat(refusal(), allOf(containsString("names no export"), not(containsString("secret"))));
    finish(0, "\"outputFormat\":\"DYNAMODB_JSON\",\"exportType\":\"FULL_EXPORT\"");
    assertThat(export().files(), empty());
  }

  @Test
  void anUnfinishedExportIsRefused() throws Exception {
    file("a.json.gz", "a");
    finish();
    Files.delete(folder.resolve("manifest-summary.json"));
    assertThat(
        refusal(), containsString("manifest-summary.json is missing: the export is not finished"));
    finish();
    Files.delete(folder.resolve("manifest-files.json"));
    assertThat(refusal(), containsString("manifest-files.json is missing"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "[1]",
        "{\"dataFileS3Key\":\"prefix/AWSDynamoDB/01-ab/data/a\",\"itemCount\":1}",
        "{\"dataFileS3Key\":\"prefix/AWSDynamoDB/01-ab/data/a\",\"itemCount\":-1,\"md5Checksum\":\"x\"}",
        "{\"dataFileS3Key\":\"prefix/AWSDynamoDB/01-ab/data/a\",\"itemCount\":\"1\",\"md5Checksum\":\"x\"}",
      })
  void whatIsNoManifest(String text) throws Exception {
    manifest.append(text);
    finish();
    assertThat(
        refusal(),
        allOf(containsString("manifest-files.json is no manifest"), not(containsString("secret"))));
    for (String summary : List.of("", "secret", "[]", "{}", "{\"outputFormat\":5}")) {
      Files.writeString(folder.resolve("manifest-summary.json"), summary);
      assertThat(
          refusal(),
          allOf(
              containsString("manifest-summary.json is no manifest"),
              not(containsString("secret"))));
    }
  }

  @Test
  void aFileIsListedOnce() throws Exception {
    file("a.json.gz", "a");
    file("a.json.gz", "a");
    finish();
    assertThat(refusal(), containsString("it lists a file twice"));
  }
}

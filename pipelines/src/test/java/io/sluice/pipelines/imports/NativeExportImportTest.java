/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.item.ItemDiff;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.table.TableOptions;
import io.sluice.pipelines.verify.VerifyOptions;
import io.sluice.pipelines.verify.VerifyPipeline;
import io.sluice.testing.LocalAws;
import io.sluice.testing.NativeTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Exports that the embedded DynamoDB made by itself are imported, whole or not at all. */
@Timeout(180)
class NativeExportImportTest {
  private static final LocalAws AWS = LocalAws.shared();

  @TempDir Path folder;

  private final String from = NativeTables.create();
  private final String to = NativeTables.createWithoutRecovery();
  private final String prefix = "exports/" + UUID.randomUUID();

  private <T extends TableOptions> T options(Class<T> type, String... more) {
    T options = OneWorker.options(type, more);
    options.as(SluiceOptions.class).setLocal(true);
    options.setDynamodbEndpoint(AWS.dynamodbEndpoint().toString());
    options.setS3Endpoint(AWS.s3Endpoint().toString());
    options.setTable(to);
    return options;
  }

  private int run(String input, Printed printed, String... more) {
    ImportOptions options = options(ImportOptions.class, more);
    options.setInput(List.of(input));
    return ImportPipeline.run(options, printed.console());
  }

  private String failure(String input, String... more) {
    return assertThrows(JobException.class, () -> run(input, new Printed(), more)).getMessage();
  }

  /** Copies an export to a folder on the disk, and nothing else. */
  private Path download(ExportDescription export) throws IOException {
    String manifest = export.exportManifest();
    String root = manifest.substring(0, manifest.lastIndexOf('/') + 1);
    Path copy = folder.resolve("copy");
    for (S3Object file :
        AWS.s3().listObjectsV2(l -> l.bucket(AWS.bucket()).prefix(root)).contents()) {
      Path place = copy.resolve(file.key().substring(root.length()));
      Files.createDirectories(place.getParent());
      AWS.s3()
          .getObject(
              get -> get.bucket(AWS.bucket()).key(file.key()), ResponseTransformer.toFile(place));
    }
    return copy;
  }

  private static Path dataFile(Path copy) throws IOException {
    try (var files = Files.list(copy.resolve("data"))) {
      return files
          .filter(file -> file.toFile().length() > 20)
          .min(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private void assertIdentical(Map<String, Map<String, AttributeValue>> items) {
    Map<String, Map<String, AttributeValue>> back = NativeTables.items(to);
    assertThat(back.keySet(), is(items.keySet()));
    items.forEach(
        (key, item) -> assertThat(key, ItemDiff.differing(item, back.get(key)), is(empty())));
  }

  @ParameterizedTest
  @EnumSource(
      value = ExportFormat.class,
      names = {"DYNAMODB_JSON", "ION"})
  void theTableIsIdentical(ExportFormat format) {
    Map<String, Map<String, AttributeValue>> items = NativeTables.fill(from);
    ExportDescription export = NativeTables.export(from, prefix, format);
    String named = NativeTables.folder(export);
    // What else lies there is no part of it.
    AWS.s3()
        .putObject(
            put ->
                put.bucket(AWS.bucket())
                    .key(prefix + "/AWSDynamoDB/" + NativeTables.id(export) + "/data/x.json.gz"),
            RequestBody.fromString("none"));

    Printed printed = new Printed();
    assertThat(run(named, printed, "--dryRun", "--format=NATIVE_EXPORT"), is(ExitCode.OK));
    assertThat(NativeTables.items(to), is(anEmptyMap()));
    assertThat(run(named, new Printed()), is(ExitCode.OK));
    assertIdentical(items);

    String id = "s3://%s/%s/%s".formatted(AWS.bucket(), prefix, NativeTables.id(export));
    for (String input : List.of(id, named + "manifest-summary.json")) {
      VerifyOptions verify = options(VerifyOptions.class, "--format=NATIVE_EXPORT");
      verify.setInput(List.of(input));
      Printed verified = new Printed();
      assertThat(VerifyPipeline.run(verify, verified.console()), is(ExitCode.OK));
      assertThat(verified.out(), containsString("matched"));
    }
  }

  @Test
  void oneOfAnEmptyTableHasNothingToImport() throws IOException {
    ExportDescription export = NativeTables.export(from, prefix, ExportFormat.ION);
    try (var files = Files.list(download(export).resolve("data"))) {
      List<Long> sizes = files.map(file -> file.toFile().length()).collect(Collectors.toList());
      assertThat(sizes.size(), greaterThan(0));
      assertThat(sizes.stream().distinct().toList(), is(List.of(20L)));
    }
    assertThat(run(folder + "/copy", new Printed(), "--format=NATIVE_EXPORT"), is(ExitCode.OK));
    assertThat(NativeTables.items(to), is(anEmptyMap()));
  }

  /** Both formats, since each has a reader of its own that must see the whole file. */
  @ParameterizedTest
  @EnumSource(
      value = ExportFormat.class,
      names = {"DYNAMODB_JSON", "ION"})
  void nothingIsWrittenOfOneThatIsNotWhole(ExportFormat format) throws IOException {
    NativeTables.fill(from);
    Path copy = download(NativeTables.export(from, prefix, format));
    Path data = dataFile(copy);
    byte[] bytes = Files.readAllBytes(data);
    bytes[4]++; // The time in the header of gzip.
    Files.write(data, bytes);
    for (String more : List.of("--format=NATIVE_EXPORT", "--dedupe=NONE", "--dryRun")) {
      assertThat(
          failure(copy.toString(), more),
          allOf(containsString(data.toString()), containsString("its MD5 is")));
      assertThat(NativeTables.items(to), is(anEmptyMap()));
    }

    Files.delete(data);
    assertThat(
        failure(copy.toString(), "--skipChecks"),
        is(data + " is missing: manifest-files.json lists it"));
    assertThat(NativeTables.items(to), is(anEmptyMap()));
  }

  @Test
  void theCountsOfFilesAreChecked() throws IOException {
    NativeTables.fill(from);
    Path copy = download(NativeTables.export(from, prefix, ExportFormat.ION));
    Path manifest = copy.resolve("manifest-files.json");
    String text = Files.readString(manifest);
    String changed = text.replaceFirst("\"itemCount\":(\\d*[1-9])", "\"itemCount\":1$1");
    Files.writeString(manifest, changed);
    assertThat(
        failure(copy.toString()),
        allOf(
            containsString("manifest-files.json is not the manifest of the export: its MD5 is"),
            containsString("not the one in manifest-files.md5")));
    Files.delete(copy.resolve("manifest-files.md5"));
    assertThat(
        failure(copy.toString()), containsString("manifest-summary.json says that the export has"));
    Path summary = copy.resolve("manifest-summary.json");
    long items = NativeTables.items(from).size();
    long more = sum(changed);
    Files.writeString(
        summary,
        Files.readString(summary).replace("\"itemCount\":" + items, "\"itemCount\":" + more));
    Files.delete(copy.resolve("manifest-summary.md5"));
    assertThat(
        failure(copy.toString()),
        allOf(
            containsString("it is not the file of the export: it has"),
            containsString("and the manifest lists 1")));
    assertThat(NativeTables.items(to), is(anEmptyMap()));
  }

  private static long sum(String manifest) {
    return Pattern.compile("\"itemCount\":(\\d+)")
        .matcher(manifest)
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }

  @Test
  void anEditedManifestIsReadWithoutChecks() throws IOException {
    NativeTables.fill(from);
    Path copy = download(NativeTables.export(from, prefix, ExportFormat.DYNAMODB_JSON));
    Path data = dataFile(copy);
    Path manifest = copy.resolve("manifest-files.json");
    String line =
        Files.readString(manifest, UTF_8)
            .lines()
            .filter(entry -> entry.contains(data.getFileName().toString()))
            .findFirst()
            .orElseThrow();
    Files.writeString(
        manifest, line.replaceFirst("\"md5Checksum\":\"[^\"]*", "\"md5Checksum\":\"x"));
    assertThat(failure(copy.toString()), containsString("is not the manifest of the export"));
    Printed printed = new Printed();
    assertThat(run(copy.toString(), printed, "--skipChecks"), is(ExitCode.OK));
    assertThat(
        printed.errors(),
        hasItem(containsString("--skipChecks: the files of " + copy + "/ are read unchecked")));
    assertThat((long) NativeTables.items(to).size(), is(sum(line)));
  }

  /** A manifest alone, whose data files stayed where they were. */
  @Test
  void filesElsewhereAreReadWhenThatIsWanted() throws IOException {
    Map<String, Map<String, AttributeValue>> items = NativeTables.fill(from);
    Path copy = download(NativeTables.export(from, prefix, ExportFormat.DYNAMODB_JSON));
    try (var files = Files.list(copy.resolve("data"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    String manifest = copy.resolve("manifest-summary.json").toString();
    assertThat(failure(manifest), containsString("is missing: manifest-files.json lists it"));
    assertThat(run(manifest, new Printed(), "--manifestElsewhere=READ"), is(ExitCode.OK));
    assertIdentical(items);
  }

  /** Such an export has its data in the folder that all of them share. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"1\"}},\"Keys\":{\"pk\":{\"S\":\"a\"}}}",
        "$ion_1_0 {Record:{Keys:{pk:\"a\"},Metadata:{WriteTimestampMicros:1.}}}"
      })
  void changesAreRefusedByName(String record) throws IOException {
    String format = record.startsWith("{") ? "DYNAMODB_JSON" : "ION";
    Path export = Files.createDirectories(folder.resolve("AWSDynamoDB/01715685260608-c488b4e1"));
    Files.writeString(
        export.resolve("manifest-summary.json"),
        "{\"outputFormat\":\"%s\",\"exportType\":\"INCREMENTAL_EXPORT\"}".formatted(format));
    Files.createFile(export.resolve("manifest-files.json"));
    String name = "a." + (format.equals("ION") ? "ion" : "json");
    Files.writeString(
        Files.createDirectory(folder.resolve("AWSDynamoDB/data")).resolve(name), record);
    assertThat(
        failure(folder + "/01715685260608-c488b4e1", "--format=NATIVE_EXPORT"),
        is(
            export
                + "/ is an incremental export, of changes and no items; import --changes=APPLY applies"
                + " them"));
    assertThat(
        failure(folder + "/AWSDynamoDB/data/*"),
        containsString("an incremental export of DynamoDB"));
    assertThat(NativeTables.items(to), is(anEmptyMap()));
  }

  @Test
  void whatIsNoExport() throws IOException {
    Files.writeString(folder.resolve("a.json"), "{}");
    assertThat(
        failure(folder + "/", "--format=NATIVE_EXPORT"),
        is(
            "--format=NATIVE_EXPORT: %s/ is no export: no folder with a manifest-summary.json"
                .formatted(folder)));
    ExportDescription export = NativeTables.export(from, prefix, ExportFormat.ION);
    assertThat(
        failure(NativeTables.folder(export), "--format=DYNAMODB_JSON"),
        is(
            NativeTables.folder(export)
                + " is an export in ION: give --format=NATIVE_EXPORT, or none"));
  }
}

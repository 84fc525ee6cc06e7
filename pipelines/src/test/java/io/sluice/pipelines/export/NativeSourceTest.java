/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.ItemDiff;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.imports.ImportOptions;
import io.sluice.pipelines.imports.ImportPipeline;
import io.sluice.pipelines.query.Query;
import io.sluice.pipelines.query.QueryOptions;
import io.sluice.testing.LocalAws;
import io.sluice.testing.NativeTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;

/** Snapshots that are made from native exports: those that are there, and those asked for. */
@Timeout(180)
class NativeSourceTest {
  private static final LocalAws AWS = LocalAws.shared();

  @TempDir Path folder;

  private final String prefix = "exports-" + UUID.randomUUID();

  private int export(String table, Printed printed, String... more) {
    ExportOptions options = OneWorker.options(ExportOptions.class, more);
    options.setLocal(true);
    options.setDynamodbEndpoint(AWS.dynamodbEndpoint().toString());
    options.setS3Endpoint(AWS.s3Endpoint().toString());
    options.setTable(table);
    return ExportPipeline.run(options, printed.console());
  }

  private String failure(String table, String... more) {
    return assertThrows(JobException.class, () -> export(table, new Printed(), more)).getMessage();
  }

  private int imported(String input, String table) {
    ImportOptions options = OneWorker.options(ImportOptions.class);
    options.setLocal(true);
    options.setDynamodbEndpoint(AWS.dynamodbEndpoint().toString());
    options.setS3Endpoint(AWS.s3Endpoint().toString());
    options.setInput(List.of(input));
    options.setTable(table);
    return ImportPipeline.run(options, Printed.unread());
  }

  private static void assertIdentical(
      Map<String, Map<String, AttributeValue>> items, String table) {
    Map<String, Map<String, AttributeValue>> back = NativeTables.items(table);
    assertThat(back.keySet(), is(items.keySet()));
    items.forEach(
        (key, item) -> assertThat(key, ItemDiff.differing(item, back.get(key)), is(empty())));
  }

  private JsonNode manifest() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Path manifest =
          files.filter(file -> file.endsWith("_manifest.json")).findFirst().orElseThrow();
      return new ObjectMapper().readTree(manifest.toFile());
    }
  }

  /** Import, native export, export --source, import elsewhere: the table is the same. */
  @ParameterizedTest
  @EnumSource(
      value = ExportFormat.class,
      names = {"DYNAMODB_JSON", "ION"})
  void aSnapshotOfAnExportThatIsThere(ExportFormat format) throws IOException {
    String table = NativeTables.create();
    Map<String, Map<String, AttributeValue>> items = NativeTables.fill(table);
    ExportDescription export = NativeTables.export(table, prefix, format);
    // What comes later is not in it.
    AWS.dynamodb()
        .putItem(put -> put.tableName(table).item(Map.of("pk", AttributeValue.fromS("later"))));

    Printed printed = new Printed();
    assertThat(
        export(
            table,
            printed,
            "--source=NATIVE_EXPORT=" + NativeTables.folder(export),
            "--output=" + folder,
            "--fileSize=1KB"),
        is(ExitCode.OK));
    Instant time = export.exportTime();
    assertThat(
        printed.lines(),
        hasItem(
            "%d items are in the export of %s, as of %s: to read them takes no read units."
                .formatted(items.size(), table, time)));
    assertThat(printed.lines(), hasItem("  read units             0  an export as of " + time));

    JsonNode manifest = manifest();
    assertThat(manifest.get("scanStart").textValue(), is(time.toString()));
    assertThat(manifest.get("scanEnd").textValue(), is(time.toString()));
    assertThat(manifest.get("readUnits").doubleValue(), is(0.0));
    assertThat(manifest.get("items").intValue(), is(items.size()));
    assertThat(manifest.get("options").get("source").textValue(), is("NATIVE_EXPORT"));
    assertThat(manifest.get("options").get("consistency").textValue(), is("POINT_IN_TIME"));
    assertThat(manifest.get("options").has("readRatio"), is(false));

    QueryOptions query = PipelineOptionsFactory.as(QueryOptions.class);
    query.setOutput(folder.toString());
    query.setSql("select count(*) from \"" + table + "\"");
    Printed counted = new Printed();
    assertThat(Query.run(query, counted.console()), is(ExitCode.OK));
    assertThat(counted.out(), containsString(String.valueOf(items.size())));

    String other = NativeTables.createWithoutRecovery();
    assertThat(imported(folder + "/**.parquet", other), is(ExitCode.OK));
    assertIdentical(items, other);
  }

  @Test
  void anExportThatIsAskedForAndWaitedFor() {
    String table = NativeTables.create();
    Map<String, Map<String, AttributeValue>> items = NativeTables.fill(table);
    String output = "s3://" + AWS.bucket() + "/" + prefix;
    Printed printed = new Printed();
    assertThat(
        export(table, printed, "--source=NATIVE_EXPORT", "--output=" + output), is(ExitCode.OK));
    String goesOn =
        printed.errors().stream()
            .filter(line -> line.contains("--source=NATIVE_EXPORT=" + output + "/_exports/"))
            .findFirst()
            .orElseThrow();
    String other = NativeTables.createWithoutRecovery();
    assertThat(imported(output + "/snapshots_" + table + "/**.parquet", other), is(ExitCode.OK));
    assertIdentical(items, other);

    // The command that a lost program would be followed by.
    String source = goesOn.replaceFirst(".*(--source=\\S+) goes on.*", "$1");
    assertThat(source, not(is(goesOn)));
    assertThat(export(table, new Printed(), source, "--output=" + folder), is(ExitCode.OK));
  }

  @Test
  void anEmptyTable() throws IOException {
    String table = NativeTables.create();
    ExportDescription export = NativeTables.export(table, prefix, ExportFormat.DYNAMODB_JSON);
    assertThat(
        export(
            table,
            new Printed(),
            "--source=NATIVE_EXPORT=" + NativeTables.folder(export),
            "--output=" + folder),
        is(ExitCode.OK));
    assertThat(manifest().get("items").intValue(), is(0));
  }

  /** Ours is in the layout of a native one, but was made by a scan. */
  @Test
  void anExportOfOursIsNotOfOnePointInTime() throws IOException {
    String table = NativeTables.createWithoutRecovery();
    Map<String, Map<String, AttributeValue>> items = NativeTables.fill(table);
    String output = "s3://" + AWS.bucket() + "/" + prefix;
    assertThat(
        export(
            table,
            new Printed(),
            "--output=" + output,
            "--outputFormat=ION",
            "--snapshotTimestamp=2030-01-01T00:00:00Z"),
        is(ExitCode.OK));
    String key =
        AWS.s3().listObjectsV2(l -> l.bucket(AWS.bucket()).prefix(prefix)).contents().stream()
            .map(file -> file.key())
            .filter(name -> name.endsWith("manifest-summary.json"))
            .findFirst()
            .orElseThrow();
    assertThat(
        export(
            table,
            new Printed(),
            "--source=NATIVE_EXPORT=s3://" + AWS.bucket() + "/" + key,
            "--output=" + folder,
            "--outputFormat=" + FileFormat.DYNAMODB_JSON),
        is(ExitCode.OK));
    JsonNode manifest = manifest();
    assertThat(manifest.get("items").intValue(), is(items.size()));
    assertThat(manifest.get("options").get("consistency").textValue(), is("SCAN"));
  }

  @Test
  void theDryRunComparesThePrices() {
    String table = NativeTables.create();
    NativeTables.fill(table);
    Printed asked = new Printed();
    assertThat(
        export(table, asked, "--source=NATIVE_EXPORT", "--dryRun", "--exportedGbPrice=0.2"),
        is(ExitCode.OK));
    assertThat(asked.out(), containsString("It costs $0.2 for each GB of the table"));
    assertThat(
        AWS.dynamodb().listExports(list -> list.tableArn(arn(table))).exportSummaries(),
        is(empty()));
    Printed there = new Printed();
    assertThat(export(table, there, "--source=NATIVE_EXPORT=x", "--dryRun"), is(ExitCode.OK));
    assertThat(there.lines(), hasItem(startsWith("The export is there already: ")));
  }

  private static String arn(String table) {
    return AWS.dynamodb().describeTable(d -> d.tableName(table)).table().tableArn();
  }

  @Test
  void whatCannotBeExported() throws IOException {
    String table = NativeTables.createWithoutRecovery();
    String output = "s3://" + AWS.bucket() + "/" + prefix;
    assertThat(
        failure(table, "--source=NATIVE_EXPORT", "--output=" + output),
        containsString("the table " + table + " has no point-in-time recovery"));
    assertThat(
        failure(table, "--source=NATIVE_EXPORT=" + folder, "--output=" + folder.resolve("out")),
        containsString(folder + " is no export"));
    String other = NativeTables.create();
    ExportDescription export = NativeTables.export(other, prefix, ExportFormat.ION);
    assertThat(
        failure(
            table,
            "--source=NATIVE_EXPORT=" + NativeTables.folder(export),
            "--output=" + folder.resolve("out")),
        containsString("is an export of the table " + other + ", not of " + table));
    assertThat(Files.exists(folder.resolve("out")), is(false));
  }

  @Test
  void aRecordThatIsNoItemOfTheTableFailsTheJob() throws IOException {
    String table = NativeTables.createWithoutRecovery();
    Path export = Files.createDirectories(folder.resolve("e/data")).getParent();
    Files.writeString(
        export.resolve("manifest-summary.json"),
        ("{\"itemCount\":1,\"outputFormat\":\"ION\",\"manifestFilesS3Key\":\"e/manifest-files.json\","
                + "\"exportTime\":\"2026-01-01T00:00:00Z\",\"tableId\":\"x\",\"tableArn\":\"%s\"}")
            .formatted(arn(table)));
    Files.writeString(
        export.resolve("manifest-files.json"),
        "{\"itemCount\":1,\"md5Checksum\":\"x\",\"dataFileS3Key\":\"e/data/a.ion\"}\n");
    Files.writeString(export.resolve("data/a.ion"), "{Item:{other:\"secret\"}}\n");
    assertThat(
        failure(table, "--source=NATIVE_EXPORT=" + export, "--output=" + folder.resolve("out")),
        allOf(
            containsString("data/a.ion holds a record at 0 that is no item of the table: "),
            not(containsString("secret"))));
  }

  @Test
  void optionsOfAScanAreRefused() {
    UsageException e =
        assertThrows(
            UsageException.class,
            () ->
                export(
                    "table",
                    new Printed(),
                    "--source=NATIVE_EXPORT",
                    "--output=/x",
                    "--filter=a = b",
                    "--segments=3"));
    assertThat(
        e.getMessage(),
        allOf(
            containsString("--filter is for a scan"),
            containsString("--segments is for a scan"),
            containsString("needs an --output in S3")));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.sluice.format.registry.FileFormat;
import io.sluice.item.ItemDiff;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.export.ExportOptions;
import io.sluice.pipelines.export.ExportPipeline;
import io.sluice.pipelines.imports.ImportOptions;
import io.sluice.pipelines.imports.ImportPipeline;
import io.sluice.testing.AlikeItems;
import io.sluice.testing.LocalAws;
import io.sluice.testing.NewTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An import of an export's output folder: no attribute comes from the names of folders. */
@Timeout(180)
class SnapshotByFolderTest {
  private static final LocalAws AWS = LocalAws.shared();

  @TempDir Path folder;

  private final String from = "from-" + UUID.randomUUID();
  private final String to = "to-" + UUID.randomUUID();

  /** Those with manifests of their own are named by the folder of these. */
  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "AVRO", "DYNAMODB_JSON", "ION"})
  void theTableIsIdentical(FileFormat format) throws IOException {
    createTable();
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    for (Map<String, AttributeValue> item : AlikeItems.of(new Random(7))) {
      Map<String, AttributeValue> keyed = new HashMap<>(item);
      keyed.put("pk", AttributeValue.fromS("k" + items.size()));
      items.put("k" + items.size(), keyed);
    }
    items.values().forEach(item -> AWS.dynamodb().putItem(p -> p.tableName(from).item(item)));

    export(format);
    assertThat(importFolder(format), is(ExitCode.OK));

    Map<String, Map<String, AttributeValue>> back = new HashMap<>();
    AWS.dynamodb()
        .scanPaginator(scan -> scan.tableName(to).consistentRead(true))
        .items()
        .forEach(item -> back.put(item.get("pk").s(), item));
    assertThat(back.keySet(), is(items.keySet()));
    items.forEach(
        (key, item) -> assertThat(key, ItemDiff.differing(item, back.get(key)), is(empty())));
  }

  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "AVRO", "CSV", "JSON", "DYNAMODB_JSON", "ION"})
  void thatOfAnEmptyTableHasNothingToImport(FileFormat format) throws IOException {
    createTable();
    export(format);
    assertThat(importFolder(format), is(ExitCode.OK));
  }

  private void createTable() {
    NewTable.of(from, "pk:S").createIn(AWS.dynamodb());
  }

  private void export(FileFormat format) {
    ExportOptions options = OneWorker.options(ExportOptions.class);
    options.setLocal(true);
    options.setDynamodbEndpoint(AWS.dynamodbEndpoint().toString());
    options.setTable(from);
    options.setOutput(folder.toString());
    options.setOutputFormat(format);
    assertThat(ExportPipeline.run(options, Printed.unread()), is(ExitCode.OK));
  }

  private String input(FileFormat format) throws IOException {
    if (format.output().layout().isEmpty()) {
      return folder + "/**";
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.endsWith("manifest-summary.json"))
          .findFirst()
          .orElseThrow()
          .getParent()
          .toString();
    }
  }

  private int importFolder(FileFormat format) throws IOException {
    ImportOptions options = OneWorker.options(ImportOptions.class);
    options.setLocal(true);
    options.setDynamodbEndpoint(AWS.dynamodbEndpoint().toString());
    options.setInput(List.of(input(format)));
    options.setTable(to);
    options.setCreateTable("ON_DEMAND");
    options.setPartitionKey("pk:S");
    return ImportPipeline.run(options, Printed.unread());
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.dynamodb.table.DescribeDefinition;
import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.export.ExportOptions;
import io.sluice.pipelines.export.ExportPipeline;
import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/** A table, its snapshots in a folder, and a table that an import creates of them. */
final class ExportedTable {
  private static final DynamoDbClient DYNAMODB = LocalAws.shared().dynamodb();

  private final Path folder;
  private final String from = "from-" + UUID.randomUUID();
  private final String to = "to-" + UUID.randomUUID();
  private final Printed printed = new Printed();

  /**
   * @param folder to which tables are exported
   */
  ExportedTable(Path folder) {
    this.folder = folder;
  }

  /** Returns the name of the table that is exported. */
  String from() {
    return from;
  }

  /** Returns the name of the table that is to be created. */
  String to() {
    return to;
  }

  /** Returns what the imports have printed. */
  Printed printed() {
    return printed;
  }

  /** Creates the table that is exported, with three items and a time to live. */
  void create(CreateTableRequest table) {
    DYNAMODB.createTable(table);
    DYNAMODB.updateTimeToLive(
        u -> u.tableName(from).timeToLiveSpecification(t -> t.attributeName("ends").enabled(true)));
    for (int i = 0; i < 3; i++) {
      int n = i;
      DYNAMODB.putItem(p -> p.tableName(from).item(RichTable.item(n)));
    }
  }

  void export(String... more) {
    exportOf(from, more);
  }

  void exportOf(String table, String... more) {
    ExportOptions options = OneWorker.options(ExportOptions.class, more);
    options.setLocal(true);
    options.setDynamodbEndpoint(LocalAws.shared().dynamodbEndpoint().toString());
    options.setTable(table);
    options.setOutput(folder.toString());
    assertThat(ExportPipeline.run(options, Printed.unread()), is(ExitCode.OK));
  }

  /** Imports an input into the table that is to be created; returns the exit code. */
  int restore(String input, String... more) {
    ImportOptions options = OneWorker.options(ImportOptions.class, more);
    options.setLocal(true);
    options.setDynamodbEndpoint(LocalAws.shared().dynamodbEndpoint().toString());
    options.setInput(List.of(input));
    options.setTable(to);
    options.setCreateTable("from_snapshot");
    return ImportPipeline.run(options, printed.console());
  }

  static TableDefinition definition(String table) {
    return DescribeDefinition.named(table, DYNAMODB, why -> {}).orElseThrow();
  }

  static boolean exists(String table) {
    return DYNAMODB.listTablesPaginator().tableNames().stream().anyMatch(table::equals);
  }

  static int count(String table) {
    return DYNAMODB.scan(s -> s.tableName(table).consistentRead(true)).count();
  }

  Path manifest() throws IOException {
    return find("_manifest.json");
  }

  Path find(String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.intake;

import io.sluice.localaws.dynamodb.bucket.Buckets;
import io.sluice.localaws.dynamodb.job.Jobs;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.table.CreateTable;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.TableNames;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** Does ImportTable, DescribeImport and ListImports, and shows the errors of imports. */
public final class Imports {

  private static final Pattern IMPORT_ARN =
      Pattern.compile("arn:aws:dynamodb:[^:]*:[0-9]{12}:table/[a-zA-Z0-9_.-]{3,255}/import/[^/]+");

  private final Tables tables;
  private final Buckets buckets;
  private final InstantSource clock;
  private final Executor background;
  private final Jobs<TableImport> imports = new Jobs<>();
  private final ImportLogs logs;

  /**
   * Works on {@code tables}.
   *
   * @param background runs the imports
   */
  public Imports(Tables tables, Buckets buckets, InstantSource clock, Executor background) {
    this.tables = tables;
    this.buckets = buckets;
    this.clock = clock;
    this.background = background;
    this.logs = new ImportLogs(buckets);
  }

  /** Lists the operations by their names, that of CloudWatch Logs by its whole target. */
  public Map<String, Operation> operations() {
    return Map.of(
        "ImportTable",
        (json, region) -> ImportJson.description(start(JsonTree.read(json), region)),
        "DescribeImport",
        (json, region) -> describe(ImportShapes.DESCRIBE.read(JsonTree.read(json))),
        "ListImports",
        (json, region) -> list(ImportShapes.LIST.read(JsonTree.read(json))),
        ImportLogs.TARGET,
        (json, region) -> logs.filter(json, imports.list()));
  }

  /**
   * Starts an import, or finds the one that a request with the same token has started: only a table
   * of another name is a conflict, whatever else differs.
   */
  private synchronized TableImport start(Map<String, Object> tree, String region) {
    Instant now = clock.instant();
    ImportRequest request = ImportRequest.read(tree);
    TableDefinition definition = CreateTable.read(request.table());
    tables.checkFree(definition.name());
    Optional<TableImport> same = imports.find(request.token(), now);
    if (same.isPresent()) {
      if (!same.get().table().arn().equals(TableNames.arn(region, definition.name()))) {
        throw DynamoDbException.of(
            "ImportConflictException",
            "Import conflict: Duplicate request detected with conflicting parameters");
      }
      return same.get();
    }
    Table table = tables.prepare(definition, region);
    TableImport job = new TableImport(request, table, region, now);
    imports.add(job);
    background.execute(new ImportRun(job, tables, buckets, clock));
    return job;
  }

  private Answer describe(Fields request) {
    String arn = request.text("ImportArn").orElseThrow();
    if (!IMPORT_ARN.matcher(arn).matches()) {
      throw DynamoDbException.validation("Invalid Import ARN");
    }
    return imports
        .find(arn)
        .map(ImportJson::description)
        .orElseThrow(
            () -> DynamoDbException.of("ImportNotFoundException", "Import not found: " + arn));
  }

  private Answer list(Fields request) {
    Optional<String> arn = request.text("TableArn");
    return ImportJson.summaries(
        imports.page(
            job -> arn.isEmpty() || job.table().arn().equals(arn.get()),
            request.whole("PageSize"),
            request.text("NextToken")));
  }
}

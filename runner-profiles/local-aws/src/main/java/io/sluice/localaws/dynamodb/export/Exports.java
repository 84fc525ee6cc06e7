/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.export;

import io.sluice.localaws.dynamodb.bucket.Buckets;
import io.sluice.localaws.dynamodb.job.Jobs;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.recovery.Recovery;
import io.sluice.localaws.dynamodb.recovery.TableRecovery;
import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.request.JsonTree;
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

/** Does ExportTableToPointInTime, DescribeExport and ListExports. */
public final class Exports {

  /** How many data files an export can have. */
  public static final int MAX_FILES = ExportRun.MAX_FILES;

  private static final Pattern TABLE_ARN =
      Pattern.compile("arn:aws:dynamodb:[^:]*:[0-9]{12}:table/[a-zA-Z0-9_.-]{3,255}");
  private static final Pattern EXPORT_ARN = Pattern.compile(TABLE_ARN.pattern() + "/export/.+");

  private final Tables tables;
  private final Recovery recovery;
  private final Buckets buckets;
  private final InstantSource clock;
  private final Executor background;
  private final int files;
  private final Jobs<Export> exports = new Jobs<>();

  /**
   * Works on {@code tables}.
   *
   * @param background runs the exports
   * @param files how many data files an export has, 1 to {@link #MAX_FILES}; the service writes at
   *     least one for each partition
   */
  public Exports(
      Tables tables,
      Recovery recovery,
      Buckets buckets,
      InstantSource clock,
      Executor background,
      int files) {
    this.tables = tables;
    this.recovery = recovery;
    this.buckets = buckets;
    this.clock = clock;
    this.background = background;
    this.files = files;
  }

  /** Lists the operations by their names. */
  public Map<String, Operation> operations() {
    return Map.of(
        "ExportTableToPointInTime",
        (json, region) -> ExportJson.description(start(JsonTree.read(json))),
        "DescribeExport",
        (json, region) -> describe(ExportShapes.DESCRIBE.read(JsonTree.read(json))),
        "ListExports",
        (json, region) -> list(ExportShapes.LIST.read(JsonTree.read(json))));
  }

  /** Starts an export, or finds the one that the same request has started. */
  private synchronized Export start(Map<String, Object> tree) {
    Instant now = clock.instant();
    ExportRequest request = ExportRequest.read(tree, now);
    Table table = table(request.tableArn());
    Optional<Export> same = exports.find(request.token(), now);
    if (same.isPresent()) {
      if (!same.get().request().tree().equals(tree)) {
        throw DynamoDbException.of(
            "ExportConflictException",
            "Export conflict: Duplicate request detected with conflicting parameters");
      }
      return same.get();
    }
    TableRecovery enabled = ExportTimes.check(request, table, recovery.of(table), now);
    Export export = new Export(request, table, now);
    ExportRun run = new ExportRun(export, enabled, buckets, clock, files);
    exports.add(export);
    background.execute(run);
    return export;
  }

  private Table table(String arn) {
    if (!TABLE_ARN.matcher(arn).matches()) {
      throw DynamoDbException.invalid("tableArn is not a valid ARN");
    }
    return tables
        .find(TableNames.of(arn))
        .orElseThrow(
            () -> DynamoDbException.of("TableNotFoundException", "Table not found: " + arn));
  }

  private Answer describe(Fields request) {
    String arn = request.text("ExportArn").orElseThrow();
    if (!EXPORT_ARN.matcher(arn).matches()) {
      throw DynamoDbException.validation("Invalid Export ARN");
    }
    return exports
        .find(arn)
        .map(ExportJson::description)
        .orElseThrow(
            () -> DynamoDbException.of("ExportNotFoundException", "Export not found: " + arn));
  }

  /** Lists exports, those of one table only as long as it is there. */
  private Answer list(Fields request) {
    Optional<String> arn = request.text("TableArn");
    Optional<Table> table = arn.map(TableNames::of).flatMap(tables::find);
    return ExportJson.summaries(
        exports.page(
            export -> arn.isEmpty() || table.equals(Optional.of(export.table())),
            request.whole("MaxResults"),
            request.text("NextToken")));
  }
}

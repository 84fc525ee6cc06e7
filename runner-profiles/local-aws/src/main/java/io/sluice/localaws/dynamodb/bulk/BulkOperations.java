/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.bulk;

import io.sluice.localaws.dynamodb.bucket.Buckets;
import io.sluice.localaws.dynamodb.job.Jobs;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Does StartBulkPutItems, DescribeBulkOperation, ListBulkOperations and CancelBulkOperation.
 *
 * <p>MaxWriteRequestUnits and PerformanceTier are repeated in answers and change nothing.
 */
public final class BulkOperations {

  private static final Duration LISTED = Duration.ofDays(90);

  private final Tables tables;
  private final Buckets buckets;
  private final InstantSource clock;
  private final Executor background;
  private final Jobs<BulkPut> puts = new Jobs<>();

  /**
   * Works on {@code tables}.
   *
   * @param background runs the bulk puts
   */
  public BulkOperations(Tables tables, Buckets buckets, InstantSource clock, Executor background) {
    this.tables = tables;
    this.buckets = buckets;
    this.clock = clock;
    this.background = background;
  }

  /** Lists the operations by their names. */
  public Map<String, Operation> operations() {
    return Map.of(
        "StartBulkPutItems",
        (json, region) -> BulkJson.description(start(JsonTree.read(json))),
        "DescribeBulkOperation",
        (json, region) -> BulkJson.description(find(BulkShapes.ONE.read(JsonTree.read(json)))),
        "CancelBulkOperation",
        (json, region) -> cancel(find(BulkShapes.ONE.read(JsonTree.read(json)))),
        "ListBulkOperations",
        (json, region) -> list(BulkShapes.LIST.read(JsonTree.read(json))));
  }

  private synchronized BulkPut start(Map<String, Object> tree) {
    Instant now = clock.instant();
    BulkRequest request = BulkRequest.read(tree);
    Optional<BulkPut> same = puts.find(request.token(), now);
    if (same.isPresent()) {
      if (!same.get().request().tree().equals(tree)) {
        throw DynamoDbException.of(
            "IdempotentParameterMismatchException",
            "Duplicate request detected with conflicting parameters");
      }
      return same.get();
    }
    Table table =
        tables
            .find(request.table())
            .orElseThrow(
                () ->
                    DynamoDbException.notFound(
                        "Requested resource not found: Table: " + request.table() + " not found"));
    BulkPut put = new BulkPut(request, table, now);
    puts.add(put);
    background.execute(new BulkRun(put, buckets, clock));
    return put;
  }

  private BulkPut find(Fields request) {
    String arn = request.text("BulkOperationArn").orElseThrow();
    return puts.find(arn)
        .orElseThrow(
            () ->
                DynamoDbException.notFound(
                    "Requested resource not found: BulkOperation: " + arn + " not found"));
  }

  private static Answer cancel(BulkPut put) {
    if (!put.cancel()) {
      throw DynamoDbException.validation("The bulk operation is not in progress: " + put.arn());
    }
    return BulkJson.cancelling(put);
  }

  private Answer list(Fields request) {
    Instant oldest = clock.instant().minus(LISTED);
    return BulkJson.summaries(
        puts.page(
            put -> put.started().isAfter(oldest),
            request.whole("MaxResults"),
            request.text("NextToken")));
  }
}

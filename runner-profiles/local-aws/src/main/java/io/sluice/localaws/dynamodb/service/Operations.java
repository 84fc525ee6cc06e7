/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.localaws.dynamodb.batch.BatchGetItem;
import io.sluice.localaws.dynamodb.batch.BatchWriteItem;
import io.sluice.localaws.dynamodb.bulk.BulkOperations;
import io.sluice.localaws.dynamodb.export.Exports;
import io.sluice.localaws.dynamodb.feed.StreamOperations;
import io.sluice.localaws.dynamodb.intake.Imports;
import io.sluice.localaws.dynamodb.item.DeleteItem;
import io.sluice.localaws.dynamodb.item.GetItem;
import io.sluice.localaws.dynamodb.item.PutItem;
import io.sluice.localaws.dynamodb.item.UpdateItem;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.recovery.ContinuousBackups;
import io.sluice.localaws.dynamodb.recovery.Recovery;
import io.sluice.localaws.dynamodb.search.Query;
import io.sluice.localaws.dynamodb.search.Scan;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.transaction.TransactGetItems;
import io.sluice.localaws.dynamodb.transaction.TransactWriteItems;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.ItemParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers requests, each by the operation that its X-Amz-Target names. */
public final class Operations implements Responder {

  private static final String PREFIX = "DynamoDB_20120810.";
  private static final String STREAMS_PREFIX = "DynamoDBStreams_20120810.";
  private static final String LOGS_PREFIX = "Logs_20140328.";

  /** Lists operations of the service that this server knows and does not do. */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "BatchExecuteStatement",
          "ExecuteStatement",
          "ExecuteTransaction",
          "CreateBackup",
          "DeleteBackup",
          "DescribeBackup",
          "ListBackups",
          "RestoreTableFromBackup",
          "RestoreTableToPointInTime",
          "DescribeContinuousBackups",
          "UpdateContinuousBackups",
          "ExportTableToPointInTime",
          "DescribeExport",
          "ListExports",
          "ImportTable",
          "DescribeImport",
          "ListImports",
          "StartBulkPutItems",
          "DescribeBulkOperation",
          "CancelBulkOperation",
          "ListBulkOperations");

  private final JsonFactory json = ItemParser.factory();
  private final Map<String, Operation> operations = new HashMap<>();

  /** Works on {@code tables}, and has nothing that needs S3. */
  public Operations(Tables tables) {
    operations.putAll(new TableOperations(tables).all());
    operations.put("PutItem", new PutItem(tables));
    operations.put("GetItem", new GetItem(tables));
    operations.put("DeleteItem", new DeleteItem(tables));
    operations.put("UpdateItem", new UpdateItem(tables));
    operations.put("BatchWriteItem", new BatchWriteItem(tables));
    operations.put("BatchGetItem", new BatchGetItem(tables));
    operations.put("TransactWriteItems", new TransactWriteItems(tables));
    operations.put("TransactGetItems", new TransactGetItems(tables));
    operations.put("Scan", new Scan(tables));
    operations.put("Query", new Query(tables));
    new StreamOperations(tables.streams())
        .all()
        .forEach((name, operation) -> operations.put(STREAMS_PREFIX + name, operation));
  }

  /** Works on {@code tables}, and has exports, imports and bulk puts as well. */
  public Operations(Tables tables, BucketSettings settings) {
    this(tables);
    Recovery recovery = new Recovery(settings.clock());
    operations.putAll(new ContinuousBackups(tables, recovery, settings.clock()).operations());
    operations.putAll(
        new Exports(
                tables,
                recovery,
                settings.buckets(),
                settings.clock(),
                settings.background(),
                settings.exportFiles())
            .operations());
    operations.putAll(
        new BulkOperations(tables, settings.buckets(), settings.clock(), settings.background())
            .operations());
    operations.putAll(
        new Imports(tables, settings.buckets(), settings.clock(), settings.background())
            .operations());
  }

  /**
   * Answers a request.
   *
   * @param target the header X-Amz-Target, {@code DynamoDB_20120810.PutItem} for example
   * @param region the one that the request was signed for
   */
  public Reply answer(String target, byte[] body, String region) {
    AnswerBytes bytes = new AnswerBytes();
    try {
      try {
        Answer answer = run(target, body, region);
        write(bytes, answer);
        return new Reply(200, bytes.toByteArray());
      } catch (DynamoDbException e) {
        bytes.reset();
        try (JsonGenerator out = json.createGenerator(bytes)) {
          e.write(out);
        }
        return new Reply(e.status(), bytes.toByteArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Outcome respond(String target, byte[] body, String region) {
    return Outcome.of(answer(target, body, region));
  }

  @Override
  public boolean has(String target) {
    return operations.containsKey(name(target));
  }

  /** Gives the names of all operations, without what precedes them in a target. */
  public Set<String> names() {
    return operations.keySet().stream()
        .map(name -> name.substring(name.indexOf('.') + 1))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Names an operation: by its name alone, or by its whole target if it is one on streams or logs.
   */
  private static String name(String target) {
    if (target.startsWith(PREFIX)) {
      return target.substring(PREFIX.length());
    }
    return target.startsWith(STREAMS_PREFIX) || target.startsWith(LOGS_PREFIX) ? target : "";
  }

  private void write(AnswerBytes bytes, Answer answer) throws IOException {
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.writeStartObject();
      answer.write(out);
      out.writeEndObject();
    }
  }

  private Answer run(String target, byte[] body, String region) throws IOException {
    String name = name(target);
    Operation operation = operations.get(name);
    if (operation == null) {
      throw DynamoDbException.of(
          "UnknownOperationException",
          UNSUPPORTED.contains(name) ? name + " is not supported by this server" : null);
    }
    try (JsonParser parser = json.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw DynamoDbException.serialization(null);
      }
      return operation.run(parser, region);
    } catch (IOException e) {
      // The bytes are here already, so they are not JSON, or not UTF-8.
      throw DynamoDbException.serialization(null);
    }
  }
}

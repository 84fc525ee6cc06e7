/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.feed;

import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.stream.IteratorType;
import io.sluice.localaws.dynamodb.stream.Streams;
import io.sluice.localaws.dynamodb.stream.TableStream;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Lists the operations of DynamoDB Streams. */
public final class StreamOperations {

  private static final int MAX_STREAMS = 100;
  private static final int MAX_SHARDS = 100;
  private static final int MAX_RECORDS = 1000;

  private final Streams streams;

  /** Works on {@code streams}. */
  public StreamOperations(Streams streams) {
    this.streams = streams;
  }

  /** Gives the operations by their names. */
  public Map<String, Operation> all() {
    return Map.of(
        "ListStreams", (json, region) -> list(json),
        "DescribeStream", (json, region) -> describe(json),
        "GetShardIterator", (json, region) -> iterator(json),
        "GetRecords", (json, region) -> records(json));
  }

  private Answer list(JsonParser json) throws IOException {
    Fields request = StreamShapes.read(StreamShapes.LIST, json);
    Streams.Listing listing =
        streams.list(
            request.text("TableName"),
            request.text("ExclusiveStartStreamArn"),
            (int) request.whole("Limit").orElse(MAX_STREAMS));
    return out -> StreamJson.write(out, listing);
  }

  private Answer describe(JsonParser json) throws IOException {
    Fields request = StreamShapes.read(StreamShapes.DESCRIBE, json);
    TableStream stream = streams.get(request.text("StreamArn").orElseThrow());
    TableStream.Shards shards =
        stream.shards(
            request.text("ExclusiveStartShardId"),
            request.fields("ShardFilter").flatMap(StreamOperations::parent),
            (int) request.whole("Limit").orElse(MAX_SHARDS));
    return out -> StreamJson.write(out, stream, shards);
  }

  private static Optional<String> parent(Fields filter) {
    if (filter.has("Type") != filter.has("ShardId")) {
      throw DynamoDbException.validation("ShardFilter must have both Type and ShardId");
    }
    return filter.text("ShardId");
  }

  private Answer iterator(JsonParser json) throws IOException {
    Fields request = StreamShapes.read(StreamShapes.ITERATOR, json);
    IteratorType type = IteratorType.valueOf(request.text("ShardIteratorType").orElseThrow());
    Optional<String> number = request.text("SequenceNumber");
    boolean needsNumber =
        type == IteratorType.AT_SEQUENCE_NUMBER || type == IteratorType.AFTER_SEQUENCE_NUMBER;
    if (needsNumber != number.isPresent()) {
      throw DynamoDbException.validation(
          "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and SequenceNumber "
              + "or (2) TRIM_HORIZON or LATEST and no SequenceNumber");
    }
    String iterator =
        streams
            .get(request.text("StreamArn").orElseThrow())
            .iterator(request.text("ShardId").orElseThrow(), type, number)
            .text();
    return out -> out.writeStringField("ShardIterator", iterator);
  }

  private Answer records(JsonParser json) throws IOException {
    Fields request = StreamShapes.read(StreamShapes.RECORDS, json);
    String iterator = request.text("ShardIterator").orElseThrow();
    int limit = (int) request.whole("Limit").orElse(MAX_RECORDS);
    Streams.Read read = streams.read(iterator, limit);
    return out -> RecordJson.write(out, read.stream(), read.page());
  }
}

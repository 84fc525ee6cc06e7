/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.feed;

import static io.sluice.localaws.dynamodb.request.Shape.oneOf;
import static io.sluice.localaws.dynamodb.request.Shape.optional;
import static io.sluice.localaws.dynamodb.request.Shape.required;
import static io.sluice.localaws.dynamodb.request.Shape.struct;
import static io.sluice.localaws.dynamodb.request.Shape.text;

import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.request.Shape;
import io.sluice.localaws.dynamodb.stream.IteratorType;
import java.io.IOException;
import java.util.stream.Stream;

/** Describes the requests of DynamoDB Streams, with the bounds that the API reference gives. */
final class StreamShapes {

  private static final Shape STREAM_ARN = text(37, 1024);
  private static final Shape SHARD_ID = text(28, 65);

  static final Shape.Struct LIST =
      struct(
          "ListStreamsInput",
          optional("TableName", text("[a-zA-Z0-9_.-]+", 3, 255)),
          optional("Limit", limit(100)),
          optional("ExclusiveStartStreamArn", STREAM_ARN));

  static final Shape.Struct DESCRIBE =
      struct(
          "DescribeStreamInput",
          required("StreamArn", STREAM_ARN),
          optional("Limit", limit(100)),
          optional("ExclusiveStartShardId", SHARD_ID),
          optional(
              "ShardFilter",
              struct(
                  "ShardFilter",
                  optional("Type", oneOf("CHILD_SHARDS")),
                  optional("ShardId", SHARD_ID))));

  static final Shape.Struct ITERATOR =
      struct(
          "GetShardIteratorInput",
          required("StreamArn", STREAM_ARN),
          required("ShardId", SHARD_ID),
          required(
              "ShardIteratorType",
              oneOf(Stream.of(IteratorType.values()).map(Enum::name).toArray(String[]::new))),
          optional("SequenceNumber", text(21, 40)));

  static final Shape.Struct RECORDS =
      struct(
          "GetRecordsInput",
          required("ShardIterator", text(1, 2048)),
          optional("Limit", limit(1000)));

  private StreamShapes() {}

  /** Reads a request, and checks its constraints. */
  static Fields read(Shape.Struct shape, JsonParser json) throws IOException {
    return shape.read(JsonTree.read(json));
  }

  private static Shape limit(int max) {
    return new Shape.Whole("Integer", 1, max);
  }
}

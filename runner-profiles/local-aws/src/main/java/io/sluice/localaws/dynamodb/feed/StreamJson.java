/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.feed;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.stream.SequenceNumber;
import io.sluice.localaws.dynamodb.stream.ShardDescription;
import io.sluice.localaws.dynamodb.stream.Streams;
import io.sluice.localaws.dynamodb.stream.TableStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

/** Writes descriptions of streams as the service does. */
final class StreamJson {

  private StreamJson() {}

  /** Writes what ListStreams answers. */
  static void write(JsonGenerator json, Streams.Listing listing) throws IOException {
    json.writeArrayFieldStart("Streams");
    for (TableStream stream : listing.page()) {
      json.writeStartObject();
      writeNames(json, stream);
      json.writeEndObject();
    }
    json.writeEndArray();
    if (listing.last().isPresent()) {
      json.writeStringField("LastEvaluatedStreamArn", listing.last().get());
    }
  }

  /** Writes what DescribeStream answers. */
  static void write(JsonGenerator json, TableStream stream, TableStream.Shards shards)
      throws IOException {
    json.writeObjectFieldStart("StreamDescription");
    writeNames(json, stream);
    json.writeStringField("StreamStatus", stream.isEnabled() ? "ENABLED" : "DISABLED");
    json.writeStringField("StreamViewType", stream.view().name());
    json.writeNumberField(
        "CreationRequestDateTime", BigDecimal.valueOf(stream.created().toEpochMilli(), 3));
    writeKey(json, stream.source().key());
    json.writeArrayFieldStart("Shards");
    for (ShardDescription shard : shards.page()) {
      writeShard(json, shard);
    }
    json.writeEndArray();
    if (shards.last().isPresent()) {
      json.writeStringField("LastEvaluatedShardId", shards.last().get());
    }
    json.writeEndObject();
  }

  private static void writeNames(JsonGenerator json, TableStream stream) throws IOException {
    json.writeStringField("StreamArn", stream.arn());
    json.writeStringField("StreamLabel", TableStream.label(stream.created()));
    json.writeStringField("TableName", stream.source().tableName());
  }

  private static void writeKey(JsonGenerator json, KeySchema key) throws IOException {
    json.writeArrayFieldStart("KeySchema");
    writeElements(json, key.hash(), "HASH");
    writeElements(json, key.range(), "RANGE");
    json.writeEndArray();
  }

  private static void writeElements(JsonGenerator json, List<KeyAttribute> attributes, String type)
      throws IOException {
    for (KeyAttribute attribute : attributes) {
      json.writeStartObject();
      json.writeStringField("AttributeName", attribute.name());
      json.writeStringField("KeyType", type);
      json.writeEndObject();
    }
  }

  private static void writeShard(JsonGenerator json, ShardDescription shard) throws IOException {
    json.writeStartObject();
    json.writeStringField("ShardId", shard.id());
    json.writeObjectFieldStart("SequenceNumberRange");
    json.writeStringField("StartingSequenceNumber", SequenceNumber.text(shard.start()));
    if (shard.end().isPresent()) {
      json.writeStringField("EndingSequenceNumber", SequenceNumber.text(shard.end().get()));
    }
    json.writeEndObject();
    if (shard.parent().isPresent()) {
      json.writeStringField("ParentShardId", shard.parent().get());
    }
    json.writeEndObject();
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.feed;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.stream.SequenceNumber;
import io.sluice.localaws.dynamodb.stream.StreamRecord;
import io.sluice.localaws.dynamodb.stream.TableStream;
import io.sluice.localaws.dynamodb.value.ItemJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** Writes records of streams as the service does. */
final class RecordJson {

  private RecordJson() {}

  /** Writes what GetRecords answers. */
  static void write(JsonGenerator json, TableStream stream, TableStream.Page page)
      throws IOException {
    json.writeArrayFieldStart("Records");
    for (StreamRecord record : page.records()) {
      write(json, stream, record);
    }
    json.writeEndArray();
    if (page.next().isPresent()) {
      json.writeStringField("NextShardIterator", page.next().get().text());
    }
  }

  private static void write(JsonGenerator json, TableStream stream, StreamRecord record)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("eventID", eventId(stream, record));
    json.writeStringField("eventName", record.event().name());
    json.writeStringField("eventVersion", "1.1");
    json.writeStringField("eventSource", "aws:dynamodb");
    json.writeStringField("awsRegion", stream.source().region());
    json.writeObjectFieldStart("dynamodb");
    json.writeNumberField("ApproximateCreationDateTime", Math.floorDiv(record.millis(), 1000L));
    write(json, "Keys", Optional.of(record.key()));
    write(json, "NewImage", record.newImage());
    write(json, "OldImage", record.oldImage());
    json.writeStringField("SequenceNumber", SequenceNumber.text(record.sequence()));
    json.writeNumberField("SizeBytes", record.size());
    json.writeStringField("StreamViewType", stream.view().name());
    json.writeEndObject();
    if (record.cause() == Change.Cause.EXPIRY) {
      json.writeObjectFieldStart("userIdentity");
      json.writeStringField("PrincipalId", "dynamodb.amazonaws.com");
      json.writeStringField("Type", "Service");
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, Optional<byte[]> image)
      throws IOException {
    if (image.isPresent()) {
      json.writeFieldName(name);
      StoredItem item = StoredItem.wrap(image.get());
      ItemJson.write(json, item.bytes(), item.offset());
    }
  }

  /** Derives an id of 32 digits, so that a record has the same one whenever it is read. */
  private static String eventId(TableStream stream, StreamRecord record) {
    String name = stream.arn() + " " + record.sequence();
    UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return id.toString().replace("-", "");
  }
}

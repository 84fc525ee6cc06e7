/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.item.json.ItemJson;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/**
 * Writes records of a stream as Lambda and EventBridge Pipes hand them on: one JSON object a line,
 * with the images in DynamoDB JSON.
 */
public final class RecordJson implements AutoCloseable {
  /** Buffers that threads keep would keep the classes of a job, too. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING)
          .build();

  private static final int NANOS_DIGITS = 9;

  private final String stream;
  private final JsonGenerator json;

  /**
   * @param stream the ARN of the stream, which each record repeats
   * @param out receives UTF-8, and is closed with this
   */
  public RecordJson(String stream, OutputStream out) throws IOException {
    this.stream = stream;
    this.json = FACTORY.createGenerator(out);
    json.setRootValueSeparator(null);
  }

  /** Writes a record and a line feed. */
  public void write(Record record) throws IOException {
    json.writeStartObject();
    json.writeStringField("eventID", record.eventID());
    json.writeStringField("eventName", record.eventNameAsString());
    json.writeStringField("eventVersion", record.eventVersion());
    json.writeStringField("eventSource", record.eventSource());
    json.writeStringField("awsRegion", record.awsRegion());
    json.writeFieldName("dynamodb");
    write(record.dynamodb());
    if (record.userIdentity() != null) {
      json.writeObjectFieldStart("userIdentity");
      json.writeStringField("type", record.userIdentity().type());
      json.writeStringField("principalId", record.userIdentity().principalId());
      json.writeEndObject();
    }
    json.writeStringField("eventSourceARN", stream);
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void write(StreamRecord record) throws IOException {
    json.writeStartObject();
    json.writeFieldName("ApproximateCreationDateTime");
    json.writeNumber(seconds(record.approximateCreationDateTime()));
    json.writeFieldName("Keys");
    ItemJson.write(record.keys(), json);
    if (record.hasNewImage()) {
      json.writeFieldName("NewImage");
      ItemJson.write(record.newImage(), json);
    }
    if (record.hasOldImage()) {
      json.writeFieldName("OldImage");
      ItemJson.write(record.oldImage(), json);
    }
    json.writeStringField("SequenceNumber", record.sequenceNumber());
    json.writeNumberField("SizeBytes", record.sizeBytes());
    json.writeStringField("StreamViewType", record.streamViewTypeAsString());
    json.writeEndObject();
  }

  /** Writes seconds since 1970, which are whole ones unless the service becomes more exact. */
  private static String seconds(Instant time) {
    String whole = Long.toString(time.getEpochSecond());
    return time.getNano() == 0
        ? whole
        : whole + "." + String.format("%0" + NANOS_DIGITS + "d", time.getNano());
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.io.IOException;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One record of DynamoDB JSON, in any of its envelopes. */
final class JsonRecord {
  private final JsonBytes json;

  JsonRecord(byte[] utf8, int offset, int length) throws InvalidItemException {
    this.json = JsonBytes.ofRecord(utf8, offset, length);
  }

  Map<String, AttributeValue> read() throws InvalidItemException {
    return json.read(this::readAny);
  }

  private Map<String, AttributeValue> readAny(JsonParser in)
      throws IOException, InvalidItemException {
    JsonBytes.startObject(in);
    String first = in.nextFieldName();
    return switch (first == null ? "" : first) {
      case "Item" -> readItemEnvelope(in);
      case "PutRequest" -> readPutRequest(in);
      case "DeleteRequest" -> readDeleteRequest(in);
      default -> json.ended(in, new TypedJsonReader(in).readAttributes(first));
    };
  }

  /** Reads {@code {"Item":X}}; the parser is at the name. */
  private Map<String, AttributeValue> readItemEnvelope(JsonParser in)
      throws IOException, InvalidItemException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      return json.read(this::readBare);
    }
    Map<String, AttributeValue> item;
    try {
      item = new TypedJsonReader(in).readItem();
    } catch (InvalidItemException asEnvelope) {
      if (asEnvelope.reason() != Reason.NOT_OF_TYPE) {
        throw asEnvelope;
      }
      try {
        return json.read(this::readBare);
      } catch (InvalidItemException asBare) {
        // It is neither. Unless the types of a bare item are valid, the envelope was meant.
        throw asBare.reason() == Reason.NOT_OF_TYPE ? asEnvelope : asBare;
      }
    }
    return in.nextToken() == JsonToken.END_OBJECT
        ? json.ended(in, item)
        : json.read(this::readBare);
  }

  /** Reads {@code {"PutRequest":{"Item":X}}}, which must not contain anything else. */
  private Map<String, AttributeValue> readPutRequest(JsonParser in)
      throws IOException, InvalidItemException {
    if (in.nextToken() != JsonToken.START_OBJECT || !"Item".equals(in.nextFieldName())) {
      return json.read(this::readBare);
    }
    in.nextToken();
    Map<String, AttributeValue> item = new TypedJsonReader(in).readItem();
    if (in.nextToken() != JsonToken.END_OBJECT) {
      return json.read(this::readBare);
    }
    return in.nextToken() == JsonToken.END_OBJECT
        ? json.ended(in, item)
        : json.read(this::readBare);
  }

  /** Refuses {@code {"DeleteRequest":…}}, unless it is an attribute of that name. */
  private Map<String, AttributeValue> readDeleteRequest(JsonParser in)
      throws IOException, InvalidItemException {
    if (in.nextToken() == JsonToken.START_OBJECT) {
      String name = in.nextFieldName();
      if (name != null && TypedJsonReader.TYPES.contains(name)) {
        return json.read(this::readBare);
      }
    }
    throw new InvalidItemException(Reason.NOT_AN_ITEM, "the record is a delete request");
  }

  private Map<String, AttributeValue> readBare(JsonParser in)
      throws IOException, InvalidItemException {
    in.nextToken();
    return json.ended(in, new TypedJsonReader(in).readItem());
  }
}

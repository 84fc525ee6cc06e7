/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One record of DynamoDB JSON, in any of its envelopes. */
final class JsonRecord {
  private final byte[] utf8;
  private final int offset;
  private final int length;

  JsonRecord(byte[] utf8, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, utf8.length);
    this.utf8 = utf8;
    this.offset = offset;
    this.length = length;
  }

  private interface Parsing {
    Map<String, AttributeValue> parse(JsonParser in) throws IOException, InvalidItemException;
  }

  Map<String, AttributeValue> read() throws InvalidItemException {
    checkEncoding();
    return parsing(this::readAny);
  }

  /** Jackson takes overlong forms and encoded surrogates, and guesses UTF-16 and UTF-32. */
  private void checkEncoding() throws InvalidItemException {
    int invalid = Utf8.firstInvalid(utf8, offset, length);
    if (invalid >= 0) {
      throw new InvalidItemException(
          Reason.NOT_UTF8, "not UTF-8 at byte " + (invalid - offset) + " of the record");
    }
    for (int i = 0; i < Math.min(4, length); i++) {
      if (utf8[offset + i] == 0) {
        throw notJson(i);
      }
    }
  }

  private Map<String, AttributeValue> parsing(Parsing parsing) throws InvalidItemException {
    try (JsonParser in = ItemJson.FACTORY.createParser(utf8, offset, length)) {
      return parsing.parse(in);
    } catch (StreamConstraintsException e) {
      throw new InvalidItemException(Reason.NESTING, "the JSON is nested too deep");
    } catch (JsonProcessingException e) {
      // Jackson's message quotes the text, which may be private.
      JsonLocation at = e.getLocation();
      throw notJson(at == null ? 0 : at.getByteOffset());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory does not fail", e);
    }
  }

  private static InvalidItemException notJson(long at) {
    return new InvalidItemException(
        Reason.MALFORMED, "not valid JSON near byte " + Math.max(0, at) + " of the record");
  }

  private Map<String, AttributeValue> readAny(JsonParser in)
      throws IOException, InvalidItemException {
    JsonToken token = in.nextToken();
    if (token == null) {
      throw new InvalidItemException(Reason.MALFORMED, "an empty record");
    }
    if (token != JsonToken.START_OBJECT) {
      throw new InvalidItemException(Reason.NOT_AN_ITEM, "the record is not a JSON object");
    }
    String first = in.nextFieldName();
    return switch (first == null ? "" : first) {
      case "Item" -> readItemEnvelope(in);
      case "PutRequest" -> readPutRequest(in);
      case "DeleteRequest" -> readDeleteRequest(in);
      default -> ended(in, new TypedJsonReader(in).readAttributes(first));
    };
  }

  /** Reads {@code {"Item":X}}, the parser being at the name. */
  private Map<String, AttributeValue> readItemEnvelope(JsonParser in)
      throws IOException, InvalidItemException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      return parsing(this::readBare);
    }
    Map<String, AttributeValue> item;
    try {
      item = new TypedJsonReader(in).readItem();
    } catch (InvalidItemException asEnvelope) {
      if (asEnvelope.reason() != Reason.NOT_OF_TYPE) {
        throw asEnvelope;
      }
      try {
        return parsing(this::readBare);
      } catch (InvalidItemException asBare) {
        // It is neither. Unless the bare item's types were right, the envelope is what was meant.
        throw asBare.reason() == Reason.NOT_OF_TYPE ? asEnvelope : asBare;
      }
    }
    return in.nextToken() == JsonToken.END_OBJECT ? ended(in, item) : parsing(this::readBare);
  }

  /** Reads {@code {"PutRequest":{"Item":X}}}; nothing else may stand in it. */
  private Map<String, AttributeValue> readPutRequest(JsonParser in)
      throws IOException, InvalidItemException {
    if (in.nextToken() != JsonToken.START_OBJECT || !"Item".equals(in.nextFieldName())) {
      return parsing(this::readBare);
    }
    in.nextToken();
    Map<String, AttributeValue> item = new TypedJsonReader(in).readItem();
    if (in.nextToken() != JsonToken.END_OBJECT) {
      return parsing(this::readBare);
    }
    return in.nextToken() == JsonToken.END_OBJECT ? ended(in, item) : parsing(this::readBare);
  }

  /** Refuses {@code {"DeleteRequest":…}}, unless it is an attribute of that name. */
  private Map<String, AttributeValue> readDeleteRequest(JsonParser in)
      throws IOException, InvalidItemException {
    if (in.nextToken() == JsonToken.START_OBJECT) {
      String name = in.nextFieldName();
      if (name != null && TypedJsonReader.TYPES.contains(name)) {
        return parsing(this::readBare);
      }
    }
    throw new InvalidItemException(Reason.NOT_AN_ITEM, "the record is a delete request");
  }

  private Map<String, AttributeValue> readBare(JsonParser in)
      throws IOException, InvalidItemException {
    in.nextToken();
    return ended(in, new TypedJsonReader(in).readItem());
  }

  private static Map<String, AttributeValue> ended(JsonParser in, Map<String, AttributeValue> item)
      throws IOException, InvalidItemException {
    if (in.nextToken() != null) {
      throw new InvalidItemException(
          Reason.MALFORMED,
          "text after the JSON value, near byte %d of the record"
              .formatted(in.currentTokenLocation().getByteOffset()));
    }
    return item;
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import io.sluice.item.codec.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * A piece of JSON in memory, with the duties of every reader: being strict about UTF-8, turning
 * Jackson's exceptions into ours, and allowing nothing after the value.
 */
final class JsonBytes {
  /** Creates parsers that are as strict as ItemJson expects, for records of any length. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // A record is bounded by its reader, and lengths within it by the record. The limit of
          // 1,000 JSON levels stays: 32 levels of values need fewer than 100.
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          // String.intern is slow, and names inside maps may be data. Hostile names cost time, but
          // raise no exception of their own.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private final byte[] utf8;
  private final int offset;
  private final int length;

  /** The start of the record that this is a part of: messages count from there. */
  private final int recordOffset;

  private JsonBytes(byte[] utf8, int offset, int length, int recordOffset) {
    this.utf8 = utf8;
    this.offset = offset;
    this.length = length;
    this.recordOffset = recordOffset;
  }

  /**
   * Wraps a whole record.
   *
   * @throws InvalidItemException NOT_UTF8, or MALFORMED for what looks like UTF-16 or UTF-32
   */
  static JsonBytes ofRecord(byte[] utf8, int offset, int length) throws InvalidItemException {
    Objects.checkFromIndexSize(offset, length, utf8.length);
    return ofPart(utf8, offset, length, offset);
  }

  /** Wraps a part of a record, which begins at {@code recordOffset}. */
  static JsonBytes ofPart(byte[] utf8, int offset, int length, int recordOffset)
      throws InvalidItemException {
    JsonBytes json = new JsonBytes(utf8, offset, length, recordOffset);
    json.checkEncoding();
    return json;
  }

  /**
   * Checks the encoding: Jackson accepts overlong forms and encoded surrogates, and guesses UTF-16
   * and UTF-32.
   */
  private void checkEncoding() throws InvalidItemException {
    int invalid = Utf8.firstInvalid(utf8, offset, length);
    if (invalid >= 0) {
      throw new InvalidItemException(
          Reason.NOT_UTF8, "not UTF-8 at byte " + (invalid - recordOffset) + " of the record");
    }
    for (int i = 0; i < Math.min(4, length); i++) {
      if (utf8[offset + i] == 0) {
        throw notJson(i);
      }
    }
  }

  /**
   * Reads the value; can be called again, to read it in another way.
   *
   * @throws InvalidItemException what the reading throws; MALFORMED when it is not JSON; NESTING
   */
  <T> T read(JsonReading<T> reading) throws InvalidItemException {
    try (JsonParser in = FACTORY.createParser(utf8, offset, length)) {
      return reading.read(in);
    } catch (StreamConstraintsException e) {
      throw new InvalidItemException(Reason.NESTING, "the JSON is nested too deep");
    } catch (JsonProcessingException e) {
      // Jackson's message quotes the text, which may be private.
      JsonLocation location = e.getLocation();
      long at = location == null ? 0 : location.getByteOffset();
      if (String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field")) {
        throw new InvalidItemException(
            Reason.MALFORMED,
            "an object has a name twice, near byte " + inRecord(at) + " of the record");
      }
      throw notJson(at);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory does not fail", e);
    }
  }

  private InvalidItemException notJson(long at) {
    return new InvalidItemException(
        Reason.MALFORMED, "not valid JSON near byte " + inRecord(at) + " of the record");
  }

  private long inRecord(long at) {
    return offset - recordOffset + Math.max(0, at);
  }

  /** Moves to the start of the object that the value has to be. */
  static void startObject(JsonParser in) throws IOException, InvalidItemException {
    JsonToken token = in.nextToken();
    if (token == null) {
      throw new InvalidItemException(Reason.MALFORMED, "an empty record");
    }
    if (token != JsonToken.START_OBJECT) {
      throw new InvalidItemException(Reason.NOT_AN_ITEM, "the record is not a JSON object");
    }
  }

  /** Returns the value that was read, if nothing follows it. */
  <T> T ended(JsonParser in, T value) throws IOException, InvalidItemException {
    if (in.nextToken() != null) {
      throw new InvalidItemException(
          Reason.MALFORMED,
          "text after the JSON value, near byte %d of the record"
              .formatted(inRecord(in.currentTokenLocation().getByteOffset())));
    }
    return value;
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemCoder;
import io.sluice.item.ItemKey;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import io.sluice.item.json.ItemJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Parses records of a DynamoDB Stream as Lambda, EventBridge Pipes and our own feeds have them: a
 * JSON object with {@code eventName} and, in {@code dynamodb}, keys, image, sequence number and
 * time.
 */
public final class StreamRecordParser {
  /** Sequence numbers of the service have up to 40 digits. */
  private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,100}");

  private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING)
          .build();

  private final KeySchema schema;

  /**
   * @param schema the primary key of the table
   */
  public StreamRecordParser(KeySchema schema) {
    this.schema = schema;
  }

  /**
   * Parses one record.
   *
   * @throws InvalidItemException when it is no record of a stream, has another key, or has no image
   *     of the item after the change; the message repeats no contents
   */
  public Change parse(byte[] utf8) throws InvalidItemException {
    try (JsonParser json = FACTORY.createParser(utf8)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("it is no JSON object");
      }
      Draft draft = new Draft();
      draft.readRecord(json);
      if (json.nextToken() != null) {
        throw malformed("something follows the object");
      }
      return draft.change(schema);
    } catch (JsonProcessingException e) {
      throw malformed("it is not JSON, in column " + e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw malformed("it is not JSON");
    }
  }

  private static InvalidItemException malformed(String why) {
    return new InvalidItemException(Reason.MALFORMED, "not a record of a DynamoDB Stream: " + why);
  }

  /** What was read of a record so far. */
  private static final class Draft {
    private @Nullable String event;
    private @Nullable String sequence;
    private @Nullable BigDecimal seconds;
    private @Nullable Map<String, AttributeValue> keys;
    private @Nullable Map<String, AttributeValue> image;

    void readRecord(JsonParser json) throws IOException, InvalidItemException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("eventName")) {
          event = json.getValueAsString();
        } else if (name.equals("dynamodb") && value == JsonToken.START_OBJECT) {
          readChange(json);
        } else {
          json.skipChildren();
        }
      }
    }

    private void readChange(JsonParser json) throws IOException, InvalidItemException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        boolean object = value == JsonToken.START_OBJECT;
        switch (name) {
          case "ApproximateCreationDateTime" ->
              seconds = value.isNumeric() ? json.getDecimalValue() : null;
          case "SequenceNumber" -> sequence = json.getValueAsString();
          case "Keys" -> keys = object ? ItemJson.parse(json) : skip(json);
          case "NewImage" -> image = object ? ItemJson.parse(json) : skip(json);
          default -> json.skipChildren();
        }
      }
    }

    private static @Nullable Map<String, AttributeValue> skip(JsonParser json) throws IOException {
      json.skipChildren();
      return null;
    }

    Change change(KeySchema schema) throws InvalidItemException {
      if (sequence == null || !SEQUENCE.matcher(sequence).matches()) {
        throw malformed("its SequenceNumber is missing or no number");
      }
      if (seconds == null || seconds.signum() < 0 || seconds.precision() - seconds.scale() > 12) {
        throw malformed("its ApproximateCreationDateTime is missing or no time");
      }
      if (keys == null) {
        throw malformed("its Keys are missing");
      }
      ItemKey key = ItemKey.of(keys, schema);
      byte[] item = null;
      switch (event == null ? "" : event) {
        case "REMOVE" -> {
          if (image != null) {
            throw malformed("it is a REMOVE with a NewImage");
          }
        }
        case "INSERT", "MODIFY" -> {
          if (image == null) {
            throw malformed("its NewImage is missing");
          }
          if (!ItemKey.of(image, schema).equals(key)) {
            throw malformed("its NewImage has another key than its Keys");
          }
          item = ItemCoder.toBytes(image);
        }
        default -> throw malformed("its eventName is none of INSERT, MODIFY and REMOVE");
      }
      long millis = seconds.multiply(MILLIS).longValue();
      return Change.of(key, new BigInteger(sequence), millis, item);
    }
  }
}

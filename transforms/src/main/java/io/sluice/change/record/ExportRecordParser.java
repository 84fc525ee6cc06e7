/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import io.sluice.item.json.ItemJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Parses records of incremental exports of DynamoDB: the keys of an item and, unless it is gone,
 * what it is. Their order is that of the times of the writes, in microseconds.
 */
public final class ExportRecordParser implements ChangeParser {
  private static final BigDecimal MOST_MICROS = BigDecimal.TEN.pow(17);

  private final ChangeRules rules;

  public ExportRecordParser(ChangeRules rules) {
    this.rules = rules;
  }

  @Override
  public Change parse(byte[] utf8) throws InvalidItemException {
    return ItemJson.read(utf8, this::read);
  }

  private Change read(JsonParser json) throws IOException, InvalidItemException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw malformed("it is no JSON object");
    }
    String micros = null;
    Map<String, AttributeValue> keys = null;
    Map<String, AttributeValue> image = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "Metadata" -> micros = micros(startOfObject(name, json));
        case "Keys" -> keys = ItemJson.parse(startOfObject(name, json));
        case "NewImage" -> image = ItemJson.parse(startOfObject(name, json));
        case "OldImage" -> json.skipChildren();
        default -> throw malformed("it has a member that none of an incremental export has");
      }
    }
    if (json.nextToken() != null) {
      throw malformed("something follows the object");
    }
    return change(micros, keys, image);
  }

  /** Requires an object: one without an image is gone, which nothing else may be taken for. */
  private static JsonParser startOfObject(String name, JsonParser json)
      throws InvalidItemException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw malformed("its " + name + " is no object");
    }
    return json;
  }

  /** Returns the time of the write, with its type or without; ends at the end of the object. */
  private static @Nullable String micros(JsonParser json) throws IOException {
    String micros = null;
    int depth = 1;
    boolean isTime = false;
    while (depth > 0) {
      JsonToken token = json.nextToken();
      if (token == JsonToken.START_OBJECT) {
        depth++;
      } else if (token == JsonToken.END_OBJECT) {
        depth--;
      } else if (token == JsonToken.FIELD_NAME) {
        isTime = depth == 1 ? json.currentName().equals("WriteTimestampMicros") : isTime;
      } else if (isTime && token.isScalarValue()) {
        micros = json.getText();
      }
    }
    return micros;
  }

  /**
   * Makes the change of what was read.
   *
   * @param micros when the item was written, in microseconds since 1970; null if it is missing
   * @param keys the key attributes; null if they are missing
   * @param image what the item is; null when it is gone
   */
  public Change change(
      @Nullable String micros,
      @Nullable Map<String, AttributeValue> keys,
      @Nullable Map<String, AttributeValue> image)
      throws InvalidItemException {
    if (keys == null) {
      throw malformed("its Keys are missing");
    }
    long time = time(micros);
    BigInteger sequence = BigInteger.valueOf(time);
    return image == null
        ? rules.delete(keys, sequence, time / 1000)
        : rules.put(keys, image, sequence, time / 1000);
  }

  private static long time(@Nullable String micros) throws InvalidItemException {
    try {
      BigDecimal time = micros == null ? null : new BigDecimal(micros);
      if (time != null && time.signum() >= 0 && time.compareTo(MOST_MICROS) < 0) {
        return time.longValueExact();
      }
    } catch (NumberFormatException e) {
      throw malformed("its WriteTimestampMicros are no number");
    } catch (ArithmeticException e) {
      throw malformed("its WriteTimestampMicros are no whole number");
    }
    throw malformed("its WriteTimestampMicros are missing or no time");
  }

  private static InvalidItemException malformed(String why) {
    return new InvalidItemException(
        Reason.MALFORMED, "not a record of an incremental export: " + why);
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.change.record.Change;
import io.sluice.change.record.ChangeParser;
import io.sluice.change.record.ChangeRules;
import io.sluice.format.json.ChangeKind;
import io.sluice.format.stream.RecordParser;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import io.sluice.item.json.ItemJson;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Parses changes as data lakes have them: {@code {"action":"MODIFY","sequenceNumber":"12",
 * "object":{…}}}, in which the object is plain JSON, and of a removal at least the key.
 */
final class SimpleRecordParser implements ChangeParser {
  private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,100}");

  private final ChangeRules rules;
  private final RecordParser items;

  /**
   * @param items parses the objects, with the types of the key
   */
  SimpleRecordParser(ChangeRules rules, RecordParser items) {
    this.rules = rules;
    this.items = items;
  }

  @Override
  public Change parse(byte[] record) throws InvalidItemException {
    return ItemJson.read(record, json -> parse(json, record));
  }

  private Change parse(JsonParser json, byte[] record) throws IOException, InvalidItemException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw malformed("it is no JSON object");
    }
    String action = null;
    String sequence = null;
    byte[] object = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      int from = (int) json.currentTokenLocation().getByteOffset();
      json.skipChildren();
      switch (name) {
        case "action" -> action = value == JsonToken.VALUE_STRING ? json.getText() : null;
        case "sequenceNumber" -> sequence = value.isScalarValue() ? json.getText() : null;
        case "object" ->
            object =
                value == JsonToken.START_OBJECT
                    ? Arrays.copyOfRange(record, from, (int) json.currentLocation().getByteOffset())
                    : null;
        default -> throw malformed("it has a member besides action, sequenceNumber and object");
      }
    }
    if (json.nextToken() != null) {
      throw malformed("something follows the object");
    }
    return change(action, sequence, object);
  }

  private Change change(
      @Nullable String action, @Nullable String sequence, byte @Nullable [] object)
      throws InvalidItemException {
    if (sequence == null || !SEQUENCE.matcher(sequence).matches()) {
      throw malformed("its sequenceNumber is missing or no whole number");
    }
    Map<String, AttributeValue> item = object == null ? null : items.parse(object);
    if (item == null) {
      throw malformed("its object is missing");
    }
    BigInteger place = new BigInteger(sequence);
    return switch (action == null ? "" : action) {
      case "INSERT", "MODIFY", "PUT" -> rules.put(item, place, 0);
      case "REMOVE", "DELETE" -> rules.delete(item, place, 0);
      default -> throw malformed("its action is none of INSERT, MODIFY, PUT, REMOVE and DELETE");
    };
  }

  private static InvalidItemException malformed(String why) {
    return new InvalidItemException(
        Reason.MALFORMED, "not " + ChangeKind.SIMPLE.text() + ": " + why);
  }
}

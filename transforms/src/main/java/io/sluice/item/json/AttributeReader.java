/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import com.fasterxml.jackson.core.JsonParser;
import io.sluice.item.AttributePath;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import io.sluice.item.codec.Utf8;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads attributes from JSON tokens; subclasses define how a value is spelled. */
abstract class AttributeReader {
  static final AttributeValue TRUE = AttributeValue.fromBool(true);
  static final AttributeValue FALSE = AttributeValue.fromBool(false);
  static final AttributeValue NULL = AttributeValue.fromNul(true);

  final JsonParser in;

  /** The path of the current value. */
  final AttributePath path = new AttributePath();

  AttributeReader(JsonParser in) {
    this.in = in;
  }

  /** Reads the value whose first token is the parser's current one; ends at its last token. */
  abstract AttributeValue readValue() throws IOException, InvalidItemException;

  /** Reads attributes up to the end of their object; the first name, if any, is read already. */
  final Map<String, AttributeValue> readAttributes(@Nullable String first)
      throws IOException, InvalidItemException {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (String name = first; name != null; name = in.nextFieldName()) {
      readInto(attributes, name);
    }
    return attributes;
  }

  /** Reads the next value as the attribute of this name. */
  final void readInto(Map<String, AttributeValue> attributes, String name)
      throws IOException, InvalidItemException {
    checkText(name, "a name");
    path.push(name);
    in.nextToken();
    // Our own parsers refuse a duplicate name themselves; a caller's may not.
    if (attributes.put(name, readValue()) != null) {
      throw path.invalid(Reason.MALFORMED, "the name comes twice");
    }
    path.pop();
  }

  final String checkText(String text, String what) throws InvalidItemException {
    if (Utf8.length(text) == Utf8.LONE_SURROGATE) {
      throw path.invalid(Reason.NOT_UTF8, what + " with a lone surrogate");
    }
    return text;
  }
}

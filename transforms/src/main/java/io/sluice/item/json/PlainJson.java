/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemRules;
import io.sluice.item.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads items in plain JSON: {@code {"pk":"a","n":1.50,"tags":["x",null]}}. Strings become S,
 * numbers N with their digits as written, true and false BOOL, null NULL, arrays L and objects M.
 *
 * <p>Reading is as strict as that of {@link ItemJson}, and likewise checks only the nesting of
 * DynamoDB's rules.
 */
public final class PlainJson {
  private PlainJson() {}

  /**
   * Reads one record. Messages count bytes from the record's start.
   *
   * @param utf8 holds the record, white space around it allowed
   * @param offset where the record begins in the array
   * @param length its length in bytes
   * @return the attributes, in a map that may be changed
   * @throws InvalidItemException MALFORMED (not JSON, a name twice, text after the value),
   *     NOT_UTF8, NOT_AN_ITEM (no JSON object) or NESTING
   */
  public static Map<String, AttributeValue> parseRecord(byte[] utf8, int offset, int length)
      throws InvalidItemException {
    JsonBytes json = JsonBytes.ofRecord(utf8, offset, length);
    return json.read(
        in -> {
          JsonBytes.startObject(in);
          return json.ended(in, new Reader(in).readAttributes(in.nextFieldName()));
        });
  }

  /**
   * Reads one value of any type, white space around it allowed.
   *
   * @throws InvalidItemException as {@link #parseRecord}
   */
  public static AttributeValue parseValue(byte[] utf8) throws InvalidItemException {
    JsonBytes json = JsonBytes.ofRecord(utf8, 0, utf8.length);
    return json.read(
        in -> {
          if (in.nextToken() == null) {
            throw new InvalidItemException(Reason.MALFORMED, "no value");
          }
          return json.ended(in, new Reader(in).readValue());
        });
  }

  private static final class Reader extends AttributeReader {
    Reader(JsonParser in) {
      super(in);
    }

    @Override
    AttributeValue readValue() throws IOException, InvalidItemException {
      ItemRules.checkLevel(path);
      return switch (in.currentToken()) {
        case VALUE_STRING -> AttributeValue.fromS(checkText(in.getText(), "a string"));
        // The text of the token: a double would lose digits.
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> AttributeValue.fromN(in.getText());
        case VALUE_TRUE -> TRUE;
        case VALUE_FALSE -> FALSE;
        case VALUE_NULL -> NULL;
        case START_ARRAY -> AttributeValue.fromL(readList());
        case START_OBJECT -> AttributeValue.fromM(readAttributes(in.nextFieldName()));
        default -> throw path.invalid(Reason.MALFORMED, "not a JSON value");
      };
    }

    private List<AttributeValue> readList() throws IOException, InvalidItemException {
      List<AttributeValue> elements = new ArrayList<>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        path.push(elements.size());
        elements.add(readValue());
        path.pop();
      }
      return elements;
    }
  }
}

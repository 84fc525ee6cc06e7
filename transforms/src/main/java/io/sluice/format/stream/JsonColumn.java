/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import io.sluice.item.json.PlainJson;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts JSON to values for columns that are a list, a map or a set. */
public final class JsonColumn {
  private JsonColumn() {}

  /**
   * Converts JSON text to a value.
   *
   * @param what "column" or "attribute", for messages
   * @param name of the column
   * @throws InvalidItemException NOT_OF_TYPE, or what is wrong with the JSON or a number in it
   */
  static AttributeValue toValue(String what, String name, ColumnText.Type type, String text)
      throws InvalidItemException {
    AttributeValue value;
    try {
      value = PlainJson.parseValue(text.getBytes(UTF_8));
    } catch (InvalidItemException e) {
      Reason reason = e.reason() == Reason.MALFORMED ? Reason.NOT_OF_TYPE : e.reason();
      throw new InvalidItemException(
          reason,
          "%s '%s' is no %s: %s"
              .formatted(
                  what,
                  name,
                  type == ColumnText.Type.JSON ? "JSON" : inJson(type),
                  e.getMessage()));
    }
    return toType(what, name, type, value);
  }

  /**
   * Converts a value that was read from JSON: an array to a set, and nothing else.
   *
   * @throws InvalidItemException NOT_OF_TYPE or NUMBER_RANGE
   */
  public static AttributeValue toType(
      String what, String name, ColumnText.Type type, AttributeValue value)
      throws InvalidItemException {
    boolean isThere =
        switch (type) {
          case L, SS, NS, BS -> value.hasL();
          case M -> value.hasM();
          default -> true;
        };
    if (!isThere) {
      throw new InvalidItemException(
          Reason.NOT_OF_TYPE, "%s '%s' is no %s".formatted(what, name, inJson(type)));
    }
    return switch (type) {
      case SS -> AttributeValue.fromSs(texts(what, name, type, value.l()));
      case NS -> AttributeValue.fromNs(numbers(what, name, value.l()));
      case BS -> AttributeValue.fromBs(binaries(what, name, value.l()));
      default -> value;
    };
  }

  private static String inJson(ColumnText.Type type) {
    return switch (type) {
      case L -> "L (an array in JSON)";
      case M -> "M (an object in JSON)";
      case SS -> "SS (an array of strings in JSON)";
      case NS -> "NS (an array of numbers in JSON)";
      default -> "BS (an array of Base64 strings in JSON)";
    };
  }

  private static List<String> texts(
      String what, String name, ColumnText.Type type, List<AttributeValue> elements)
      throws InvalidItemException {
    List<String> texts = new ArrayList<>();
    for (AttributeValue element : elements) {
      if (element.s() == null) {
        throw new InvalidItemException(
            Reason.NOT_OF_TYPE, "%s '%s' is no %s".formatted(what, name, inJson(type)));
      }
      texts.add(element.s());
    }
    return texts;
  }

  private static List<String> numbers(String what, String name, List<AttributeValue> elements)
      throws InvalidItemException {
    List<String> numbers = new ArrayList<>();
    for (AttributeValue element : elements) {
      if (element.n() == null) {
        throw new InvalidItemException(
            Reason.NOT_OF_TYPE,
            "%s '%s' is no %s".formatted(what, name, inJson(ColumnText.Type.NS)));
      }
      numbers.add(ColumnText.number(what, name, element.n()));
    }
    return numbers;
  }

  private static List<SdkBytes> binaries(String what, String name, List<AttributeValue> elements)
      throws InvalidItemException {
    List<SdkBytes> binaries = new ArrayList<>();
    for (String text : texts(what, name, ColumnText.Type.BS, elements)) {
      binaries.add(SdkBytes.fromByteArrayUnsafe(ColumnText.binary(what, name, text)));
    }
    return binaries;
  }
}

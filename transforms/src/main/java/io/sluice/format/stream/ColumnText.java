/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemNumber;
import io.sluice.item.Reason;
import io.sluice.item.json.PlainJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts text to values for columns of a known type. */
public final class ColumnText {
  /** The types that a column can have. */
  public enum Type {
    S,
    N,
    BOOL,
    B,
    /** A value of any type, of which the text is JSON. */
    JSON,
    L,
    M,
    SS,
    NS,
    BS;

    /** Whether the text of a value is JSON. */
    public boolean isJson() {
      return switch (this) {
        case S, N, BOOL, B -> false;
        case JSON, L, M, SS, NS, BS -> true;
      };
    }
  }

  private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "1");
  private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "0");

  private ColumnText() {}

  /**
   * Converts the text of a column to a value. That of a list, a map or a set is JSON: an array, an
   * object, or an array of strings, numbers or Base64.
   *
   * @param what "column" or "attribute", for messages
   * @param name of the column
   * @throws InvalidItemException NOT_OF_TYPE or NUMBER_RANGE
   */
  public static AttributeValue toValue(String what, String name, Type type, String text)
      throws InvalidItemException {
    return switch (type) {
      case S -> AttributeValue.fromS(text);
      case N -> AttributeValue.fromN(number(what, name, text.strip()));
      case BOOL -> AttributeValue.fromBool(bool(what, name, text.strip()));
      case B -> AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(binary(what, name, text)));
      case JSON, L, M, SS, NS, BS -> json(what, name, type, text);
    };
  }

  /** Keeps every digit, in a spelling that DynamoDB takes: 0.50 for .50, 5 for +5. */
  private static String number(String what, String name, String text) throws InvalidItemException {
    try {
      ItemNumber.check(text);
    } catch (InvalidItemException e) {
      throw new InvalidItemException(e.reason(), what + " '" + name + "': " + e.getMessage());
    }
    return ItemNumber.canonical(text);
  }

  private static boolean bool(String what, String name, String text) throws InvalidItemException {
    String lower = text.toLowerCase(Locale.ROOT);
    if (TRUE.contains(lower)) {
      return true;
    }
    if (FALSE.contains(lower)) {
      return false;
    }
    throw new InvalidItemException(
        Reason.NOT_OF_TYPE,
        what + " '" + name + "' is no BOOL (true, t, yes, y, 1 or false, f, no, n, 0)");
  }

  private static byte[] binary(String what, String name, String text) throws InvalidItemException {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidItemException(Reason.NOT_OF_TYPE, what + " '" + name + "' is no B (Base64)");
    }
  }

  private static AttributeValue json(String what, String name, Type type, String text)
      throws InvalidItemException {
    AttributeValue value;
    try {
      value = PlainJson.parseValue(text.getBytes(UTF_8));
    } catch (InvalidItemException e) {
      Reason reason = e.reason() == Reason.MALFORMED ? Reason.NOT_OF_TYPE : e.reason();
      throw new InvalidItemException(
          reason,
          "%s '%s' is no %s: %s"
              .formatted(what, name, type == Type.JSON ? "JSON" : inJson(type), e.getMessage()));
    }
    return toType(what, name, type, value);
  }

  /**
   * Converts a value that was read from JSON: an array to a set, and nothing else.
   *
   * @throws InvalidItemException NOT_OF_TYPE or NUMBER_RANGE
   */
  public static AttributeValue toType(String what, String name, Type type, AttributeValue value)
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

  private static String inJson(Type type) {
    return switch (type) {
      case L -> "L (an array in JSON)";
      case M -> "M (an object in JSON)";
      case SS -> "SS (an array of strings in JSON)";
      case NS -> "NS (an array of numbers in JSON)";
      default -> "BS (an array of Base64 strings in JSON)";
    };
  }

  private static List<String> texts(
      String what, String name, Type type, List<AttributeValue> elements)
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
            Reason.NOT_OF_TYPE, "%s '%s' is no %s".formatted(what, name, inJson(Type.NS)));
      }
      numbers.add(number(what, name, element.n()));
    }
    return numbers;
  }

  private static List<SdkBytes> binaries(String what, String name, List<AttributeValue> elements)
      throws InvalidItemException {
    List<SdkBytes> binaries = new ArrayList<>();
    for (String text : texts(what, name, Type.BS, elements)) {
      binaries.add(SdkBytes.fromByteArrayUnsafe(binary(what, name, text)));
    }
    return binaries;
  }
}

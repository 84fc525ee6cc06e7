/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.stream;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemNumber;
import io.sluice.item.Reason;
import java.util.Base64;
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
      return ordinal() >= JSON.ordinal();
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
      case JSON, L, M, SS, NS, BS -> JsonColumn.toValue(what, name, type, text);
    };
  }

  /** Keeps every digit, in a spelling that DynamoDB takes: 0.50 for .50, 5 for +5. */
  static String number(String what, String name, String text) throws InvalidItemException {
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

  static byte[] binary(String what, String name, String text) throws InvalidItemException {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidItemException(Reason.NOT_OF_TYPE, what + " '" + name + "' is no B (Base64)");
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.ion;

import io.sluice.format.stream.Utf8;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads one record of Ion text as an item. */
final class IonRecord {
  static final String MARKER = new String(IonText.MARKER, StandardCharsets.US_ASCII);

  /** How much of a file's beginning is looked at for changes. */
  private static final int CHANGE_BYTES = 1 << 10;

  private static final Pattern CHANGE =
      Pattern.compile(
          "\\s*(\\$ion_1_0\\s*)?\\{\\s*(Record\\s*:\\s*\\{\\s*)?"
              + "(Metadata|Keys|OldImage|NewImage)\\s*:\\s*\\{");

  private IonRecord() {}

  /**
   * Parses a record.
   *
   * @return its attributes, or null when it is blank, a comment or a version marker
   * @throws InvalidItemException MALFORMED, NOT_UTF8, NOT_AN_ITEM, NOT_OF_TYPE, NESTING or
   *     NUMBER_RANGE
   */
  static @Nullable Map<String, AttributeValue> parse(byte[] record) throws InvalidItemException {
    Utf8.decode(record);
    IonTokens in = new IonTokens(record);
    while (in.takes(MARKER)) {
      if (in.next() == ':') {
        throw notAnItem();
      }
    }
    if (in.next() == IonTokens.END) {
      return null;
    }
    Map<String, AttributeValue> item = item(in);
    if (in.next() != IonTokens.END) {
      throw IonTokens.malformed("text after the value");
    }
    return item;
  }

  private static Map<String, AttributeValue> item(IonTokens in) throws InvalidItemException {
    if (in.isAt("{{") || !in.takes("{") || in.next() == '}') {
      throw notAnItem();
    }
    IonValues values = new IonValues(in);
    if (!values.name().equals(IonText.ITEM)) {
      throw notAnItem();
    }
    if (in.next() != '{' || in.isAt("{{")) {
      throw notAnItem();
    }
    Map<String, AttributeValue> item = values.attributes();
    in.takes(",");
    if (in.next() != '}' && in.next() != IonTokens.END) {
      throw notAnItem();
    }
    in.take("}");
    return item;
  }

  private static InvalidItemException notAnItem() {
    return new InvalidItemException(
        Reason.NOT_AN_ITEM, "the record is not {Item:{…}}, a struct with a struct named Item");
  }

  /** Whether a file with this beginning has the records of an incremental export. */
  static boolean isChange(byte[] head) {
    String text =
        new String(head, 0, Math.min(head.length, CHANGE_BYTES), StandardCharsets.ISO_8859_1);
    return CHANGE.matcher(text).lookingAt();
  }
}

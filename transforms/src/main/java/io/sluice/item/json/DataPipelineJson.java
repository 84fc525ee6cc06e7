/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads items as AWS Data Pipeline and EMR write them to backups: {@code {"pk":{"s":"a"}}}, or the
 * older text, in which byte 2 separates attributes and byte 3 a name from its value: {@code
 * pk^C{"s":"a"}^Bn^C{"n":"1"}}. Types are read in any case.
 *
 * <p>A record with a byte 3 is such text: JSON has no control characters.
 */
public final class DataPipelineJson {
  /** Separates attributes in the older text. */
  public static final byte START_OF_TEXT = 2;

  /** Separates a name from its value in the older text. */
  public static final byte END_OF_TEXT = 3;

  private DataPipelineJson() {}

  /**
   * Reads one record. Messages count bytes from the record's start.
   *
   * @param utf8 holds the record
   * @param offset where the record begins in the array
   * @param length its length in bytes
   * @return the attributes, in a map that may be changed
   * @throws InvalidItemException MALFORMED (neither of the forms, a name twice), NOT_UTF8,
   *     NOT_OF_TYPE or NESTING
   */
  public static Map<String, AttributeValue> parseRecord(byte[] utf8, int offset, int length)
      throws InvalidItemException {
    JsonBytes record = JsonBytes.ofRecord(utf8, offset, length);
    if (indexOf(END_OF_TEXT, utf8, offset, offset + length) < offset + length) {
      return parseText(utf8, offset, offset + length);
    }
    if (!beginsObject(utf8, offset, offset + length)) {
      throw malformed("neither a JSON object nor attributes separated by bytes 2 and 3");
    }
    return record.read(
        in -> {
          JsonBytes.startObject(in);
          return record.ended(in, new TypedJsonReader(in, TypeNames.ANY_CASE).readItem());
        });
  }

  /**
   * Returns the name in DynamoDB's API of a type as backups spell it: {@code BOOL} for {@code
   * bOOL}, {@code NULL} for {@code nULLValue}. An unknown type is returned as something that is not
   * a type.
   */
  public static String plainType(String type) {
    return TypeNames.ANY_CASE.plain(type);
  }

  private static boolean beginsObject(byte[] utf8, int from, int end) {
    int at = from;
    while (at < end && (utf8[at] == ' ' || utf8[at] == '\t')) {
      at++;
    }
    return at < end && utf8[at] == '{';
  }

  private static Map<String, AttributeValue> parseText(byte[] utf8, int from, int end)
      throws InvalidItemException {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    int start = from;
    while (start <= end) {
      int next = indexOf(START_OF_TEXT, utf8, start, end);
      parseAttribute(item, utf8, start, next, from);
      start = next + 1;
    }
    return item;
  }

  private static void parseAttribute(
      Map<String, AttributeValue> item, byte[] utf8, int start, int end, int recordOffset)
      throws InvalidItemException {
    int nameEnd = indexOf(END_OF_TEXT, utf8, start, end);
    if (nameEnd >= end - 1) {
      throw malformed(
          "an attribute without a value, before byte " + (end - recordOffset) + " of the record");
    }
    String name = new String(utf8, start, nameEnd - start, StandardCharsets.UTF_8);
    int valueStart = nameEnd + 1;
    JsonBytes value = JsonBytes.ofPart(utf8, valueStart, end - valueStart, recordOffset);
    value.read(
        in -> {
          new TypedJsonReader(in, TypeNames.ANY_CASE).readInto(item, name);
          return value.ended(in, name);
        });
  }

  private static InvalidItemException malformed(String message) {
    return new InvalidItemException(Reason.MALFORMED, message);
  }

  /** Returns the position of the byte, or {@code end}. */
  private static int indexOf(byte b, byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != b) {
      at++;
    }
    return at;
  }
}

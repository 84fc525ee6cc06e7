/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemRules;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads and writes items in DynamoDB JSON: {@code {"pk":{"S":"a"},"n":{"N":"1"}}}.
 *
 * <p>Reading is strict about form (one type per value, no duplicate names, valid UTF-8) and ignores
 * DynamoDB's other rules, which {@link ItemRules} checks. The one rule that both check is the
 * nesting of at most 32 levels.
 */
public final class ItemJson {
  private ItemJson() {}

  /**
   * Writes an item as one JSON object, in the order of the map.
   *
   * @throws IllegalArgumentException when a value has no type or is NULL=false, or values are
   *     nested more than 100 levels deep
   */
  public static void write(Map<String, AttributeValue> item, JsonGenerator out) throws IOException {
    TypedJsonWriter.write(item, out);
  }

  /**
   * Returns the item as {@link #write} writes it, in one line.
   *
   * @throws IllegalArgumentException as {@link #write}
   */
  public static String toJson(Map<String, AttributeValue> item) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JsonBytes.FACTORY.createGenerator(text)) {
      write(item, out);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return text.toString();
  }

  /**
   * Reads the typed attributes of one item. The parser is at the object's start, and afterwards at
   * its end.
   *
   * @throws IOException when the text is not JSON; its message may quote the text, so it does not
   *     belong in a log
   * @throws InvalidItemException NOT_OF_TYPE, NESTING, NOT_UTF8 (a lone surrogate), or MALFORMED
   *     for a duplicate name
   */
  public static Map<String, AttributeValue> parse(JsonParser atStartObject)
      throws IOException, InvalidItemException {
    return new TypedJsonReader(atStartObject).readItem();
  }

  /**
   * Reads a record of any form, as strictly as one of items: the parser that the reading is given
   * allows no name twice.
   *
   * <p>Messages count bytes from the record's start.
   *
   * @param utf8 the record
   * @throws InvalidItemException what the reading throws; MALFORMED (not JSON, a name twice),
   *     NOT_UTF8 or NESTING; the message repeats no contents
   */
  public static <T> T read(byte[] utf8, JsonReading<T> reading) throws InvalidItemException {
    return JsonBytes.ofRecord(utf8, 0, utf8.length).read(reading);
  }

  /**
   * Reads one record: {@code {"Item":{…}}}, {@code {"PutRequest":{"Item":{…}}}} or the bare typed
   * attributes. {@code {"Item":X}} is an envelope when X reads as typed attributes, and otherwise a
   * bare item whose one attribute is named Item.
   *
   * <p>Messages count bytes from the record's start.
   *
   * @param utf8 holds the record, white space around it allowed
   * @param offset where the record begins in the array
   * @param length its length in bytes
   * @throws InvalidItemException MALFORMED (not JSON, a name twice, text after the value),
   *     NOT_UTF8, NOT_AN_ITEM (a delete request, or no JSON object), NOT_OF_TYPE or NESTING
   */
  public static Map<String, AttributeValue> parseRecord(byte[] utf8, int offset, int length)
      throws InvalidItemException {
    return new JsonRecord(utf8, offset, length).read();
  }

  /**
   * Reads one value with its type: {@code {"S":"a"}}.
   *
   * @param json in UTF-8, white space around it allowed
   * @throws InvalidItemException MALFORMED (not JSON, a name twice, text after the value),
   *     NOT_UTF8, NOT_AN_ITEM (no JSON object), NOT_OF_TYPE or NESTING
   */
  public static AttributeValue parseValue(byte[] json) throws InvalidItemException {
    JsonBytes bytes = JsonBytes.ofRecord(json, 0, json.length);
    return bytes.read(
        in -> {
          JsonBytes.startObject(in);
          return bytes.ended(in, new TypedJsonReader(in).readValue());
        });
  }

  /**
   * Reads typed attributes without an envelope, whatever their names: {@code {"pk":{"S":"a"}}}.
   *
   * @param json in UTF-8, white space around it allowed
   * @throws InvalidItemException as {@link #parseValue}
   */
  public static Map<String, AttributeValue> parseAttributes(byte[] json)
      throws InvalidItemException {
    JsonBytes bytes = JsonBytes.ofRecord(json, 0, json.length);
    return bytes.read(
        in -> {
          JsonBytes.startObject(in);
          return bytes.ended(in, new TypedJsonReader(in).readItem());
        });
  }
}

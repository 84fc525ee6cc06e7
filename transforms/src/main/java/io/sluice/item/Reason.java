/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

/**
 * The reasons why a record cannot become an item, or an item cannot be written. Codes are stable.
 */
public enum Reason {
  /** The record cannot be parsed: broken JSON, an unclosed quote, text after a closing quote. */
  MALFORMED,
  /** Text that is not valid UTF-8, or a string with a lone surrogate. */
  NOT_UTF8,
  /** The record is longer than the reader's limit; its payload is truncated. */
  RECORD_TOO_LONG,
  /**
   * The file's header has an empty or a repeated name, or the header or the path lacks a required
   * column.
   */
  HEADER,
  /** The record has more or fewer fields than the header has names. */
  FIELD_COUNT,
  /** A value is not of the required type, or an attribute has an unknown type. */
  NOT_OF_TYPE,
  /** The record is well formed, but it is not a put of an item (for example a delete request). */
  NOT_AN_ITEM,
  /** A key attribute, or a column that the key is made from, is missing. */
  KEY_MISSING,
  /** A key attribute has another type than the table's key. */
  KEY_TYPE,
  /** A key attribute is an empty string or empty binary. */
  KEY_EMPTY,
  /** A partition key over 2,048 bytes or a sort key over 1,024 bytes. */
  KEY_TOO_LONG,
  /**
   * The record already has an attribute with the name of the generated key, of a path column, or of
   * an attribute that is to be added.
   */
  KEY_CONFLICT,
  /** Another record has the same primary key and different attributes. */
  DUPLICATE_KEY,
  /** A number with more than 38 significant digits or outside ±1E-130 … 9.99E+125. */
  NUMBER_RANGE,
  /** An empty set, or a set that holds an element twice. */
  BAD_SET,
  /** An empty attribute name, or one over 65,535 bytes. */
  ATTRIBUTE_NAME,
  /** Maps and lists nested more than 32 levels deep. */
  NESTING,
  /** An item over 400 KB (409,600 bytes). */
  ITEM_TOO_LARGE,
  /** DynamoDB refused the item, for a reason that cannot be checked beforehand. */
  REFUSED,
  /** Comparison with the table: it has no item with this key. */
  MISSING,
  /** Comparison with the table: its item has other attributes. */
  DIFFERENT,
  /** Comparison with the table: the input does not have this item of the table. */
  UNEXPECTED
}

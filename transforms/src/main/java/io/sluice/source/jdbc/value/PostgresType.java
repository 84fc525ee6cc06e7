/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.value;

import io.sluice.format.columnar.ColumnarValue;
import io.sluice.format.columnar.ColumnarValue.Unusable;
import io.sluice.item.ItemDraft;
import io.sluice.item.KeyAttribute;
import io.sluice.item.Reason;
import java.io.Serializable;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a type of PostgreSQL becomes, read by its text: the text has every digit of a numeric, which
 * the driver's objects have not (NaN is a Double in a column of BigDecimal).
 *
 * @param kind of the values, or of an array's elements
 * @param isArray whether the values are arrays
 * @param delimiter stands between the elements of an array
 */
public record PostgresType(Kind kind, boolean isArray, char delimiter) implements Serializable {
  private static final byte[] BC = {' ', 'B', 'C'};
  private static final byte[] UTC = {'+', '0', '0'};
  private static final int DATE_BYTES = "2024-01-31".length();

  /** The kinds of values. */
  public enum Kind {
    WHOLE,
    NUMBER,
    BOOL,
    BYTES,
    DATE,
    TIMESTAMP,
    TIMESTAMPTZ,
    JSON,
    TEXT
  }

  /**
   * Finds the type by its name; one that is not known, such as an enum, is text.
   *
   * @param name as the driver gives it: {@code _int4} for an array, and with the schema for a type
   *     that is not on the search path
   * @param isArray whether it is the type of an array
   */
  public static PostgresType of(String name, boolean isArray, JsonAs json) {
    boolean isNamed = isArray && name.startsWith("_");
    String element = isNamed ? name.substring(1) : isArray ? "" : name;
    return new PostgresType(kind(element, json), isArray, element.equals("box") ? ';' : ',');
  }

  private static Kind kind(String name, JsonAs json) {
    return switch (name) {
      case "int2", "int4", "int8", "smallserial", "serial", "bigserial" -> Kind.WHOLE;
      case "numeric", "float4", "float8" -> Kind.NUMBER;
      case "bool" -> Kind.BOOL;
      case "bytea" -> Kind.BYTES;
      case "date" -> Kind.DATE;
      case "timestamp" -> Kind.TIMESTAMP;
      case "timestamptz" -> Kind.TIMESTAMPTZ;
      case "json", "jsonb" -> json == JsonAs.NESTED ? Kind.JSON : Kind.TEXT;
      default -> Kind.TEXT;
    };
  }

  /**
   * Converts a value.
   *
   * @param raw its text in UTF-8; the bytes themselves for a column of bytes
   * @return a {@link ColumnarValue}; null for JSON's null
   */
  public @Nullable Object value(byte[] raw) {
    if (kind == Kind.BYTES && !isArray) {
      return raw;
    }
    Object decoded = ColumnarValue.string(raw);
    return decoded instanceof String text ? value(text) : decoded;
  }

  private @Nullable Object value(String text) {
    if (!isArray) {
      return scalar(text);
    }
    try {
      return PostgresArray.parse(text, delimiter, this::scalar);
    } catch (IllegalArgumentException e) {
      return new Unusable(Reason.MALFORMED, "an array that is not understood", text);
    }
  }

  private @Nullable Object scalar(String text) {
    return switch (kind) {
      case WHOLE -> Long.valueOf(text);
      case NUMBER -> Numbers.of(text);
      case BOOL -> bool(text);
      case BYTES -> PostgresBytes.of(text);
      case DATE -> PostgresTimes.date(text);
      case TIMESTAMP -> PostgresTimes.timestamp(text);
      case TIMESTAMPTZ -> PostgresTimes.timestampWithZone(text);
      case JSON -> JsonText.of(text);
      case TEXT -> text;
    };
  }

  private static Object bool(String text) {
    return switch (text) {
      case "t" -> true;
      case "f" -> false;
      default -> new Unusable(Reason.NOT_OF_TYPE, "not a boolean", text);
    };
  }

  /**
   * Writes a plain value to a draft, whose name is written.
   *
   * @param key the type of a key of the table or of an index that the value becomes; null for none
   * @return false when only {@link #value} can convert it
   */
  public boolean draft(byte[] raw, KeyAttribute.@Nullable Type key, ItemDraft item) {
    if (isArray) {
      return false;
    }
    return switch (kind) {
      case WHOLE ->
          key == KeyAttribute.Type.S
              ? item.string(raw, 0, raw.length)
              : item.number(raw, 0, raw.length);
      case NUMBER -> key != KeyAttribute.Type.S && item.number(raw, 0, raw.length);
      case BOOL -> {
        boolean isPlain = raw.length == 1 && (raw[0] == 't' || raw[0] == 'f');
        if (isPlain) {
          item.bool(raw[0] == 't');
        }
        yield isPlain;
      }
      case TEXT -> key != KeyAttribute.Type.N && item.string(raw, 0, raw.length);
      case DATE -> raw.length == DATE_BYTES && raw[4] == '-' && item.string(raw, 0, raw.length);
      case TIMESTAMP -> isPlainTime(raw) && text(local(raw, raw.length), item);
      case TIMESTAMPTZ -> isPlainTime(raw) && endsWith(raw, UTC) && text(utc(raw), item);
      case BYTES, JSON -> false;
    };
  }

  private static boolean text(byte[] utf8, ItemDraft item) {
    return item.string(utf8, 0, utf8.length);
  }

  private static boolean isPlainTime(byte[] raw) {
    return raw.length > DATE_BYTES && raw[4] == '-' && raw[DATE_BYTES] == ' ' && !endsWith(raw, BC);
  }

  private static boolean endsWith(byte[] raw, byte[] end) {
    int from = raw.length - end.length;
    return from >= 0 && Arrays.equals(raw, from, raw.length, end, 0, end.length);
  }

  private static byte[] local(byte[] raw, int length) {
    byte[] iso = Arrays.copyOf(raw, length);
    iso[DATE_BYTES] = 'T';
    return iso;
  }

  private static byte[] utc(byte[] raw) {
    int zone = raw.length - UTC.length;
    byte[] iso = local(raw, zone + 1);
    iso[zone] = 'Z';
    return iso;
  }
}

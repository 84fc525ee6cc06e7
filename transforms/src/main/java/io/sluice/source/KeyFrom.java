/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemNumber;
import io.sluice.item.KeyAttribute;
import io.sluice.item.Reason;
import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The source of an item's partition key.
 *
 * @param source the kind of source
 * @param columns the attributes that {@link Source#COLUMNS} joins, in this order; else empty
 */
public record KeyFrom(Source source, List<String> columns) implements Serializable {

  /** The kinds of source of a partition key. */
  public enum Source {
    /** The record has the key attributes itself. */
    RECORD,
    /** Upper-case hex of the MD5 of the record's bytes without its line end. */
    MD5,
    /** Upper-case hex of the SHA-256 of the record's bytes without its line end. */
    SHA256,
    /**
     * Attributes joined by {@code |}. A {@code \} precedes any {@code |} or {@code \} inside a
     * part, so different parts never make the same key.
     */
    COLUMNS
  }

  public static final KeyFrom RECORD = new KeyFrom(Source.RECORD, List.of());

  public KeyFrom {
    columns = List.copyOf(columns);
    if ((source == Source.COLUMNS) == columns.isEmpty()) {
      throw new IllegalArgumentException("columns are " + columns + " for a key from " + source);
    }
  }

  /**
   * Parses {@code RECORD}, {@code md5}, {@code sha256}, or names of columns separated by commas.
   */
  public static KeyFrom parse(String text) {
    for (Source source : Source.values()) {
      if (source != Source.COLUMNS && source.name().equalsIgnoreCase(text)) {
        return new KeyFrom(source, List.of());
      }
    }
    List<String> columns = List.of(text.split(",", -1));
    if (columns.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("'" + text + "' has an empty column name");
    }
    return new KeyFrom(Source.COLUMNS, columns.stream().map(String::strip).toList());
  }

  /** Whether the key is computed from the record's bytes. */
  boolean needsRecord() {
    return source == Source.MD5 || source == Source.SHA256;
  }

  /**
   * Puts the partition key into the item, unless the record already has it.
   *
   * @param record the record's bytes if they are needed
   * @throws InvalidItemException when a column is missing or has no text form, or when the item has
   *     another attribute with the key's name, which would be lost
   */
  void putKey(Map<String, AttributeValue> item, byte[] record, KeyAttribute partitionKey)
      throws InvalidItemException {
    if (source == Source.RECORD) {
      return;
    }
    String key =
        switch (source) {
          case MD5, SHA256 -> hex(digest().digest(record));
          default -> join(item);
        };
    boolean itself = columns.equals(List.of(partitionKey.name()));
    if (item.putIfAbsent(partitionKey.name(), AttributeValue.fromS(key)) != null && !itself) {
      throw new InvalidItemException(
          Reason.KEY_CONFLICT,
          "the record has an attribute '"
              + partitionKey.name()
              + "' of its own, which the made key would replace");
    }
  }

  static String hex(byte[] hash) {
    return HexFormat.of().withUpperCase().formatHex(hash);
  }

  /** Returns a new digest of the algorithm by which keys are made of records. */
  MessageDigest digest() {
    String algorithm = source == Source.MD5 ? "MD5" : "SHA-256";
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  private String join(Map<String, AttributeValue> item) throws InvalidItemException {
    StringJoiner key = new StringJoiner("|");
    for (String column : columns) {
      key.add(text(column, item.get(column)).replace("\\", "\\\\").replace("|", "\\|"));
    }
    return key.toString();
  }

  /** Spells a number in one way; it may be none, since keys are made before items are checked. */
  private static String number(String column, String n) throws InvalidItemException {
    try {
      ItemNumber.checkSpelling(n);
    } catch (InvalidItemException e) {
      throw new InvalidItemException(
          e.reason(), "the column '" + column + "' of the key: " + e.getMessage());
    }
    return ItemNumber.canonical(n);
  }

  private static String text(String column, AttributeValue value) throws InvalidItemException {
    if (value == null) {
      throw new InvalidItemException(
          Reason.KEY_MISSING, "the column '" + column + "' of the key is missing or empty");
    }
    return switch (value.type()) {
      case S -> value.s();
      case N -> number(column, value.n());
      case BOOL -> value.bool().toString();
      default ->
          throw new InvalidItemException(
              Reason.KEY_TYPE,
              "the column '" + column + "' of the key is a " + value.type() + ", not S, N or BOOL");
    };
  }
}

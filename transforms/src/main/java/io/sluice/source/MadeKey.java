/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.ItemCursor;
import io.sluice.item.ItemDraft;
import io.sluice.item.KeyAttribute;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Makes the partition keys of drafted items, as {@link KeyFrom#putKey} makes those of parsed ones.
 * Not for use by several threads.
 */
final class MadeKey {
  private final KeyFrom from;
  private final String name;
  private final byte[] utf8;
  private final @Nullable MessageDigest digest;

  MadeKey(KeyFrom from, KeyAttribute partitionKey) {
    this.from = from;
    this.name = partitionKey.name();
    this.utf8 = name.getBytes(UTF_8);
    this.digest = from.needsRecord() ? from.digest() : null;
  }

  /** Whether the key is computed from the record's bytes. */
  boolean needsRecord() {
    return digest != null;
  }

  /**
   * Puts the partition key into an item, which has not ended, unless the record already has it.
   *
   * @param record the record's bytes if they are needed
   * @return false when {@link KeyFrom#putKey} has to make it, or to refuse the record
   */
  boolean putInto(ItemDraft item, byte[] record) {
    if (from.source() == KeyFrom.Source.RECORD) {
      return true;
    }
    if (item.find(name) >= 0) {
      return false;
    }
    byte[] key = digest == null ? joined(item) : KeyFrom.hex(digest.digest(record)).getBytes(UTF_8);
    if (key == null) {
      return false;
    }
    item.name(name, utf8);
    return item.string(key, 0, key.length);
  }

  private byte @Nullable [] joined(ItemDraft item) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (String column : from.columns()) {
      int number = item.find(column);
      byte[] text = number < 0 ? null : text(item.value(number));
      if (text == null) {
        return null;
      }
      if (joined.size() > 0) {
        joined.write('|');
      }
      joined.writeBytes(text);
    }
    return joined.toByteArray();
  }

  /** Returns the text of an attribute, if it is not empty and nothing in it needs an escape. */
  private static byte @Nullable [] text(ItemCursor in) {
    byte[] text =
        switch (in.type()) {
          case S -> in.utf8();
          case N -> in.isPacked() && in.scale() == 0 ? in.number().getBytes(UTF_8) : null;
          default -> null;
        };
    if (text == null || text.length == 0) {
      return null;
    }
    for (byte b : text) {
      if (b == '|' || b == '\\') {
        return null;
      }
    }
    return text;
  }
}

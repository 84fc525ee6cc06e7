/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.codec.ByteWriter;
import io.sluice.item.codec.ValueTag;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Makes the keys of items that are being drafted, without decoding them, and checks those of
 * secondary indexes. Not for use by several threads.
 */
public final class DraftKeys {
  private final KeySchema schema;
  private final List<KeyAttribute> indexKeys;
  private final ByteWriter key = new ByteWriter(64);

  public DraftKeys(KeySchema schema, List<KeyAttribute> indexKeys) {
    this.schema = schema;
    this.indexKeys = indexKeys;
  }

  /**
   * Returns the key that {@link ItemKey#of} makes of a drafted item, which has not ended.
   *
   * @return null when a key is missing or not valid
   */
  public @Nullable ItemKey of(ItemDraft item) {
    key.clear();
    KeyAttribute sortKey = schema.sortKey();
    boolean valid =
        write(item, schema.partitionKey(), ItemKey.MAX_PARTITION_KEY_BYTES)
            && (sortKey == null || write(item, sortKey, ItemKey.MAX_SORT_KEY_BYTES))
            && hasIndexKeys(item);
    return valid ? ItemKey.ofBytes(key.toBytes()) : null;
  }

  private boolean write(ItemDraft item, KeyAttribute attribute, int maxBytes) {
    int number = item.find(attribute.name());
    if (number < 0) {
      return false;
    }
    byte[] array = item.out().array();
    int at = item.valueAt(number);
    int end = item.valueEnd(number);
    int tag = array[at];
    if (attribute.type() == KeyAttribute.Type.N) {
      return writeNumber(array, at, end);
    }
    if (tag != tagOf(attribute) || array[at + 1] == 0) {
      return false;
    }
    // Strings and binary values are encoded as the parts of a key are.
    key.writeRaw(array, at + 1, end - at - 1);
    return end - at - 1 <= maxBytes;
  }

  private boolean writeNumber(byte[] array, int at, int end) {
    if (!isPacked(array[at])) {
      return false;
    }
    ItemCursor in = ItemCursor.ofValue(array, at, end);
    in.type();
    key.writeBytes(ItemNumber.canonical(in.number()).getBytes(UTF_8));
    return true;
  }

  private boolean hasIndexKeys(ItemDraft item) {
    for (KeyAttribute attribute : indexKeys) {
      int number = item.find(attribute.name());
      if (number >= 0 && !isKey(attribute, item.out().array(), item.valueAt(number))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKey(KeyAttribute attribute, byte[] array, int at) {
    int tag = array[at];
    return attribute.type() == KeyAttribute.Type.N
        ? isPacked(tag)
        : tag == tagOf(attribute) && array[at + 1] != 0;
  }

  private static boolean isPacked(int tag) {
    return tag == ValueTag.N_WHOLE || tag == ValueTag.N_DECIMAL;
  }

  private static int tagOf(KeyAttribute attribute) {
    return attribute.type() == KeyAttribute.Type.S ? ValueTag.S : ValueTag.B;
  }
}

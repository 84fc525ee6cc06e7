/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.ItemRules;
import io.sluice.item.KeyAttribute;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Walks over items and counts their bytes by DynamoDB's rules, exactly, without making anything of
 * them. Of what makes an item invalid it sees only the key's type, the size and the poison.
 */
final class CountingItemReader implements ItemReader {
  private static final int CONTAINER_BYTES = 3;
  private static final int MAX_NUMBER_BYTES = 21;

  private final List<KeyAttribute> keys;
  private final byte[][] keyNames;
  private final byte[] poison;
  private final int allIndexes;

  CountingItemReader(SimulatedTable table, String poison) {
    this.keys = table.keySchema().attributes();
    this.keyNames = new byte[keys.size()][];
    for (int i = 0; i < keyNames.length; i++) {
      keyNames[i] = keys.get(i).name().getBytes(UTF_8);
    }
    this.poison = poison.getBytes(UTF_8);
    this.allIndexes = (1 << table.indexes().size()) - 1;
  }

  @Override
  public Put read(JsonCursor at) throws ServiceError {
    long size = 0;
    long partitionHash = 0;
    long sortHash = 0;
    int found = 0;
    String problem = null;
    at.expect('{');
    int start = at.at() - 1;
    for (boolean more = at.first('}'); more; more = at.next('}')) {
      at.name();
      size += at.stringBytes();
      int key = keyOf(at);
      if (key < 0 && at.stringIs(poison)) {
        problem = INVALID + "poisoned";
      }
      at.expect('{');
      at.name();
      byte type = at.json()[at.stringStart()];
      int typeLength = at.stringEnd() - at.stringStart();
      if (key >= 0 && problem == null) {
        problem = checkType(keys.get(key), at);
      }
      size += value(at, type, typeLength, 1);
      if (key >= 0 && problem == null) {
        found |= 1 << key;
        long hash = at.stringHash();
        partitionHash = key == 0 ? hash : partitionHash;
        sortHash = key == 0 ? sortHash : hash;
        problem = at.stringEnd() == at.stringStart() ? ItemReader.empty(keys.get(key)) : null;
      }
      at.expect('}');
    }
    if (problem == null) {
      problem = missing(found);
    }
    if (problem == null && size > ItemRules.MAX_ITEM_BYTES) {
      problem = TOO_LARGE;
    }
    return new Put(
        start,
        at.at(),
        (int) size,
        partitionHash + JsonCursor.mix(sortHash * 31),
        (int) (partitionHash >>> 34),
        allIndexes,
        null,
        problem);
  }

  private int keyOf(JsonCursor at) {
    for (int i = 0; i < keyNames.length; i++) {
      if (at.stringIs(keyNames[i])) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable String checkType(KeyAttribute key, JsonCursor at) {
    boolean same =
        at.stringEnd() - at.stringStart() == 1
            && at.json()[at.stringStart()] == key.type().name().charAt(0);
    return same ? null : ItemReader.mismatch(key, at.rawString());
  }

  private @Nullable String missing(int found) {
    for (int i = 0; i < keyNames.length; i++) {
      if ((found & 1 << i) == 0) {
        return ItemReader.missing(keys.get(i));
      }
    }
    return null;
  }

  /** Walks over the value of a type that was just read; its bytes. */
  private static long value(JsonCursor at, byte type, int typeLength, int depth)
      throws ServiceError {
    if (depth > ItemRules.MAX_LEVELS + 1) {
      throw ServiceError.validation("Nesting Levels have exceeded supported limits");
    }
    if (typeLength == 2) {
      return set(at, type);
    }
    if (typeLength == 4) {
      return bare(at);
    }
    return switch (type) {
      case 'S' -> {
        at.string();
        yield at.stringBytes();
      }
      case 'N' -> {
        at.string();
        yield numberBytes(at.json(), at.stringStart(), at.stringEnd());
      }
      case 'B' -> binary(at);
      case 'L' -> list(at, depth);
      case 'M' -> map(at, depth);
      default -> throw ServiceError.serialization();
    };
  }

  /** A BOOL or a NULL. */
  private static long bare(JsonCursor at) throws ServiceError {
    at.skipValue();
    return 1;
  }

  private static long binary(JsonCursor at) throws ServiceError {
    at.string();
    int chars = at.stringBytes();
    long bytes = chars / 4 * 3L;
    for (int i = at.stringEnd() - 1; i >= at.stringStart() && at.json()[i] == '='; i--) {
      bytes--;
    }
    return bytes;
  }

  private static long set(JsonCursor at, byte type) throws ServiceError {
    long size = 0;
    at.expect('[');
    for (boolean more = at.first(']'); more; more = at.next(']')) {
      size += value(at, type, 1, 1);
    }
    return size;
  }

  private static long list(JsonCursor at, int depth) throws ServiceError {
    long size = CONTAINER_BYTES;
    at.expect('[');
    for (boolean more = at.first(']'); more; more = at.next(']')) {
      size += 1 + typed(at, depth + 1);
    }
    return size;
  }

  private static long map(JsonCursor at, int depth) throws ServiceError {
    long size = CONTAINER_BYTES;
    at.expect('{');
    for (boolean more = at.first('}'); more; more = at.next('}')) {
      at.name();
      size += 1 + at.stringBytes();
      size += typed(at, depth + 1);
    }
    return size;
  }

  private static long typed(JsonCursor at, int depth) throws ServiceError {
    at.expect('{');
    at.name();
    byte type = at.json()[at.stringStart()];
    long size = value(at, type, at.stringEnd() - at.stringStart(), depth);
    at.expect('}');
    return size;
  }

  /** As {@link io.sluice.item.ItemSize} counts, of a text that is a number. */
  static int numberBytes(byte[] text, int start, int end) {
    int digits = 0;
    int whole = -1;
    int first = -1;
    int last = -1;
    int exponent = 0;
    for (int i = start; i < end; i++) {
      byte c = text[i];
      if (c == '.') {
        whole = digits;
      } else if (c == 'e' || c == 'E') {
        exponent = Integer.parseInt(new String(text, i + 1, end - i - 1, UTF_8));
        break;
      } else if (c != '-' && c != '+') {
        if (c != '0') {
          first = first < 0 ? digits : first;
          last = digits;
        }
        digits++;
      }
    }
    if (first < 0) {
      return 1;
    }
    int point = (whole < 0 ? digits : whole) - 1 + exponent;
    int pairs = Math.floorDiv(point - first, 2) - Math.floorDiv(point - last, 2) + 1;
    return Math.min(MAX_NUMBER_BYTES, pairs + 1 + (text[start] == '-' ? 1 : 0));
  }
}

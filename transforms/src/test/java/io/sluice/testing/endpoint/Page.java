/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayOutputStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A page of a scan: at most 1 MB of items, and at most as many as it was limited to. */
final class Page {
  private static final int MAX_BYTES = 1 << 20;

  private final int limit;
  private final ByteArrayOutputStream items = new ByteArrayOutputStream(4096);
  private int count;
  private int bytes;
  private int firstPlace;
  private @Nullable String lastKey;

  Page(int limit) {
    this.limit = limit;
  }

  /** Adds an item; false, and it is not added, when it would be too much. */
  boolean add(byte[] json, int size, int place) {
    if (count > 0 && bytes + size > MAX_BYTES) {
      return false;
    }
    if (count == 0) {
      firstPlace = place;
    } else {
      items.write(',');
    }
    items.write(json, 0, json.length);
    count++;
    bytes += size;
    return true;
  }

  /** As DynamoDB, a page that has reached its limit does not know whether it is the last one. */
  boolean isAtLimit() {
    return count >= limit;
  }

  /** Says that there may be more after the item of this key, in JSON. */
  void endsAt(String key) {
    lastKey = key;
  }

  int count() {
    return count;
  }

  /** The place of the first item, whose partition the page is charged to. */
  int firstPlace() {
    return firstPlace;
  }

  double units(boolean consistent) {
    return Page.units(bytes, consistent);
  }

  /** Read units of some bytes, which are read at once. */
  static double units(int bytes, boolean consistent) {
    double whole = Math.max(1, (bytes + 4095) / 4096);
    return consistent ? whole : whole / 2;
  }

  byte[] answer(String consumed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(items.size() + 256);
    out.writeBytes("{\"Items\":[".getBytes(US_ASCII));
    out.writeBytes(items.toByteArray());
    out.writeBytes("],\"Count\":%d,\"ScannedCount\":%d".formatted(count, count).getBytes(US_ASCII));
    if (lastKey != null) {
      out.writeBytes(",\"LastEvaluatedKey\":".getBytes(US_ASCII));
      out.writeBytes(lastKey.getBytes(UTF_8));
    }
    out.writeBytes(consumed.getBytes(US_ASCII));
    out.write('}');
    return out.toByteArray();
  }

  /** The answer to a BatchGetItem, which has no order and may leave keys. */
  byte[] batchAnswer(String table, ArrayNode left, boolean consistent, String consumed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(items.size() + 256);
    out.writeBytes("{\"Responses\":{\"%s\":[".formatted(table).getBytes(UTF_8));
    out.writeBytes(items.toByteArray());
    out.writeBytes("]},\"UnprocessedKeys\":{".getBytes(US_ASCII));
    if (!left.isEmpty()) {
      out.writeBytes(
          "\"%s\":{\"Keys\":%s,\"ConsistentRead\":%b}"
              .formatted(table, left, consistent)
              .getBytes(UTF_8));
    }
    out.write('}');
    out.writeBytes(consumed.getBytes(US_ASCII));
    out.write('}');
    return out.toByteArray();
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.codec.ByteWriter;
import io.sluice.item.json.DamagedJson;
import io.sluice.item.json.ItemTranscoder;
import io.sluice.item.json.JsonInput;
import io.sluice.item.page.ItemPage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the response to a Scan straight into the bytes that items travel in, without maps or value
 * objects, whose construction would be most of the cost of a read (see the benchmarks in the
 * documentation).
 *
 * <p>It reuses its buffers from response to response. Not for use by several threads at once.
 */
public final class ScanResponse {
  private static final byte[] EMPTY = "{}".getBytes(UTF_8);

  private final JsonInput in = new JsonInput();
  private final ItemTranscoder items = new ItemTranscoder(in);
  private final ByteWriter block = new ByteWriter(1 << 16);
  private int count;
  private long evaluated;
  private double units;
  private byte @Nullable [] lastKey;

  /**
   * Parses a response, which replaces the previous one.
   *
   * @param body DynamoDB's JSON
   * @throws IOException when it is not a complete response; what was parsed of it must not be used
   */
  public void read(byte[] body) throws IOException {
    try {
      parse(body);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a response of DynamoDB", e);
    }
  }

  private void parse(byte[] body) throws IOException {
    block.clear();
    count = -1;
    evaluated = -1;
    units = -1;
    lastKey = null;
    int told = -1;
    in.open(body, body.length);
    in.expect('{');
    if (!in.take('}')) {
      do {
        in.string();
        String name = in.name();
        in.expect(':');
        switch (name) {
          case "Items" -> items();
          case "Count" -> told = (int) in.number();
          case "ScannedCount" -> evaluated = (long) in.number();
          case "LastEvaluatedKey" -> lastKey = key();
          case "ConsumedCapacity" -> units = consumed();
          default -> in.skip();
        }
      } while (in.another('}'));
    }
    in.expectEnd();
    if (count < 0 || told != count || evaluated < count) {
      throw DamagedJson.because("its counts are missing, or are not what it holds");
    }
  }

  private void items() throws IOException {
    int found = 0;
    in.expect('[');
    if (!in.take(']')) {
      do {
        items.copyTo(block);
        found++;
      } while (in.another(']'));
    }
    count = found;
  }

  private byte @Nullable [] key() throws IOException {
    if (in.takeNull()) {
      return null;
    }
    int start = in.position();
    if (in.peek() != '{') {
      throw DamagedJson.because("a key that is none");
    }
    in.skip();
    byte[] key = in.copyFrom(start);
    if (Arrays.equals(key, EMPTY)) {
      // The scan would start over from there.
      throw DamagedJson.because("a key that is empty");
    }
    return key;
  }

  private double consumed() throws IOException {
    double all = -1;
    if (in.takeNull()) {
      return all;
    }
    in.expect('{');
    if (!in.take('}')) {
      do {
        in.string();
        boolean isAll = in.name().equals("CapacityUnits");
        in.expect(':');
        if (isAll) {
          all = in.number();
        } else {
          in.skip();
        }
      } while (in.another('}'));
    }
    return all;
  }

  /** Returns the number of items, 0 or more. */
  public int count() {
    return count;
  }

  /** Returns how many items DynamoDB evaluated; a filter keeps fewer. */
  public long evaluated() {
    return evaluated;
  }

  /** Whether DynamoDB reported the units. */
  public boolean hasUnits() {
    return units >= 0;
  }

  /** Returns the read units, 0 when DynamoDB did not report them. */
  public double units() {
    return Math.max(0, units);
  }

  /** Returns the key after which the scan goes on, in JSON; empty at the end of the segment. */
  public Optional<byte[]> lastKey() {
    return Optional.ofNullable(lastKey);
  }

  /** Passes on each of the items, before it is compressed. */
  void forEach(ItemPage.Walk<RuntimeException> walk) {
    ItemPage.walk(block.array(), block.size(), count, walk);
  }

  /** Returns the items as a page with this mark. */
  public ItemPage page(ItemPage.Mark mark) {
    return ItemPage.compress(mark, count, block);
  }
}

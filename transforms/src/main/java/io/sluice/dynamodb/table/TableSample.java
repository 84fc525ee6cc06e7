/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.item.ItemSize;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * A bounded sample of the items of a table, from which follows how many it has: whole segments of a
 * parallel scan, drawn at random. DynamoDB divides a table into segments by a hash of the partition
 * key.
 *
 * @param segments into how many segments the table was divided, 1 or more
 * @param read how many of them were read to their end
 * @param isCut whether the sample ended within a segment, so that there is no upper bound
 * @param items the items that were found, in each segment: their sums and squares
 * @param bytes their sizes
 * @param units the read units that it took, as DynamoDB reported them
 */
public record TableSample(
    int segments, int read, boolean isCut, Moments items, Moments bytes, double units) {
  /** The most that a scan may have. */
  private static final int MOST_SEGMENTS = 1_000_000;

  /** How many segments of one width are tried, to find one in which there are some items. */
  private static final int TRIED = 8;

  /** How many items these should have. */
  private static final int ENOUGH = 16;

  private static final int NARROWER = 8;

  /** Student's t for 95 % of few draws; that of many is 1.96. */
  private static final double DEVIATIONS = 2.4;

  /** So far from a mean are next to no draws. */
  private static final double MOST_DEVIATIONS = 6;

  /** The sum of some numbers, and of their squares. */
  public record Moments(double sum, double squares) {
    static final Moments NONE = new Moments(0, 0);

    Moments plus(double more) {
      return new Moments(sum + more, squares + more * more);
    }
  }

  /**
   * Draws a sample.
   *
   * @param table its name or ARN
   * @param index the index that is sampled; null for the table
   * @param mostUnits how many read units it may take, above 0; it may take those of one page more
   * @throws software.amazon.awssdk.core.exception.SdkException when the table cannot be scanned
   */
  public static TableSample of(
      String table,
      @Nullable String index,
      double mostUnits,
      RandomGenerator random,
      DynamoDbClient client) {
    Drawing drawing = new Drawing(table, index, mostUnits, random, client);
    int segments = MOST_SEGMENTS;
    while (segments > 1 && drawing.isTooNarrow(segments)) {
      segments = Math.max(1, segments / NARROWER);
    }
    return drawing.draw(segments);
  }

  /** A sample that is being drawn. */
  private static final class Drawing {
    private final String table;
    private final @Nullable String index;
    private final double mostUnits;
    private final RandomGenerator random;
    private final DynamoDbClient client;
    private double units;

    Drawing(
        String table,
        @Nullable String index,
        double mostUnits,
        RandomGenerator random,
        DynamoDbClient client) {
      this.table = table;
      this.index = index;
      this.mostUnits = mostUnits;
      this.random = random;
      this.client = client;
    }

    /** Whether some segments of this width have so few items that theirs would say little. */
    boolean isTooNarrow(int segments) {
      int found = 0;
      for (int i = 0; i < TRIED && found < ENOUGH; i++) {
        found += page(segments, random.nextInt(segments), null).count();
      }
      return found < ENOUGH;
    }

    /** Draws segments of one width, other than those that were tried, until units are used up. */
    TableSample draw(int segments) {
      Moments items = Moments.NONE;
      Moments bytes = Moments.NONE;
      Set<Integer> drawn = new HashSet<>();
      int read = 0;
      boolean isCut = false;
      while (drawn.size() < segments && (units < mostUnits || read < 2) && !isCut) {
        int segment = random.nextInt(segments);
        if (!drawn.add(segment)) {
          continue;
        }
        double itemsHere = 0;
        double bytesHere = 0;
        Map<String, AttributeValue> after = null;
        do {
          ScanResponse page = page(segments, segment, after);
          itemsHere += page.count();
          bytesHere += page.items().stream().mapToInt(ItemSize::of).sum();
          after = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
          isCut = after != null && units >= mostUnits;
        } while (after != null && !isCut);
        items = items.plus(itemsHere);
        bytes = bytes.plus(bytesHere);
        read += isCut ? 0 : 1;
      }
      return new TableSample(segments, read, isCut, items, bytes, units);
    }

    private ScanResponse page(
        int segments, int segment, @Nullable Map<String, AttributeValue> after) {
      ScanResponse page =
          client.scan(
              r ->
                  r.tableName(table)
                      .indexName(index)
                      .totalSegments(segments)
                      .segment(segment)
                      .exclusiveStartKey(after)
                      .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
      if (page.consumedCapacity() != null) {
        units += page.consumedCapacity().capacityUnits();
      }
      return page;
    }
  }

  /** Returns the bounds of all items of the table, as {@link #bounds}. */
  public double[] itemBounds() {
    return bounds(items, DEVIATIONS);
  }

  /** Returns the bounds of the bytes of all items of the table, as {@link #bounds}. */
  public double[] byteBounds() {
    return bounds(bytes, DEVIATIONS);
  }

  /**
   * Whether the table may well have so many items: a sample that differs more is next to unheard
   * of.
   */
  public boolean mayHave(long count) {
    double[] widest = bounds(items, MOST_DEVIATIONS);
    return count >= widest[0] && count <= widest[1];
  }

  /**
   * Returns the lower and upper bound of a sum over all segments: with 95 % confidence, if segments
   * are alike enough for a normal distribution; equal if all were read. The upper bound is infinite
   * if the sample was cut. Formula: the standard error of a mean of draws without replacement.
   */
  private double[] bounds(Moments of, double deviations) {
    if (isCut) {
      return new double[] {of.sum, Double.POSITIVE_INFINITY};
    }
    if (read == segments) {
      return new double[] {of.sum, of.sum};
    }
    double mean = of.sum / read;
    double variance = Math.max(0, (of.squares - read * mean * mean) / (read - 1));
    double unread = 1 - (double) read / segments;
    double error = deviations * segments * Math.sqrt(variance / read * unread);
    double total = mean * segments;
    return new double[] {Math.max(of.sum, total - error), total + error};
  }
}

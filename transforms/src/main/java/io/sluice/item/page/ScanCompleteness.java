/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.beam.sdk.coders.DefaultCoder;

/**
 * Checks that the pages of a scan are complete, and adds up what they took; its size is bounded by
 * the number of segments. Every page must occur exactly once, which a runner that repeats work
 * might break: a segment that is read again has other pages.
 *
 * <p>Mutable while pages are added. Not thread-safe.
 */
@DefaultCoder(ScanCompletenessCoder.class)
public final class ScanCompleteness implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<Integer, Segment> segments = new TreeMap<>();
  private long items;
  private long evaluated;
  private double units;
  private ReadTime time = ReadTime.NONE;

  /**
   * The pages of a segment.
   *
   * @param attempt the reading that they belong to
   * @param one whether all belong to one reading
   * @param pages how many there are
   * @param sum of their numbers, each scrambled: wrong pages have the right sum only by a chance of
   *     1 in 2^64
   * @param last the number of the last page; -1 when it is missing
   */
  private record Segment(long attempt, boolean one, long pages, long sum, long last)
      implements Serializable {

    Segment and(Segment other) {
      return new Segment(
          attempt,
          one && other.one && attempt == other.attempt,
          pages + other.pages,
          sum + other.sum,
          Math.max(last, other.last));
    }

    /** Whether the pages have the numbers 0 to last, each once. */
    boolean isWhole() {
      return one
          && pages == last + 1
          && sum == LongStream.range(0, pages).map(Segment::scramble).sum();
    }

    void writeTo(DataOutputStream out) throws IOException {
      out.writeLong(attempt);
      out.writeBoolean(one);
      out.writeLong(pages);
      out.writeLong(sum);
      out.writeLong(last);
    }

    static Segment readFrom(DataInputStream in) throws IOException {
      return new Segment(
          in.readLong(), in.readBoolean(), in.readLong(), in.readLong(), in.readLong());
    }

    /** Mixes the bits of a number as SplittableRandom does. */
    static long scramble(long number) {
      long z = (number + 1) * 0x9E3779B97F4A7C15L;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      return z ^ (z >>> 31);
    }
  }

  public void add(ItemPage page) {
    ItemPage.Mark mark = page.mark();
    Segment segment =
        new Segment(
            mark.attempt(),
            true,
            1,
            Segment.scramble(mark.number()),
            mark.last() ? mark.number() : -1);
    segments.merge(mark.segment(), segment, Segment::and);
    items += page.count();
    evaluated += mark.evaluated();
    units += mark.units();
    time = time.and(mark.time());
  }

  public void add(ScanCompleteness other) {
    other.segments.forEach((number, segment) -> segments.merge(number, segment, Segment::and));
    items += other.items;
    evaluated += other.evaluated;
    units += other.units;
    time = time.and(other.time);
  }

  /**
   * Says what is wrong with the pages of a scan of this many segments, for people; empty when each
   * occurs exactly once.
   */
  public Optional<String> problem(int totalSegments) {
    long whole = segments.values().stream().filter(Segment::isWhole).count();
    return whole == totalSegments && segments.size() == totalSegments
        ? Optional.empty()
        : Optional.of(
            "of %d segments of the scan only %d came whole: a worker was lost or began again while others went on"
                .formatted(totalSegments, whole));
  }

  void writeTo(DataOutputStream out) throws IOException {
    out.writeInt(segments.size());
    for (Map.Entry<Integer, Segment> segment : segments.entrySet()) {
      out.writeInt(segment.getKey());
      segment.getValue().writeTo(out);
    }
    out.writeLong(items);
    out.writeLong(evaluated);
    out.writeDouble(units);
    time.writeTo(out);
  }

  static ScanCompleteness readFrom(DataInputStream in) throws IOException {
    ScanCompleteness tally = new ScanCompleteness();
    for (int left = in.readInt(); left > 0; left--) {
      int number = in.readInt();
      tally.segments.put(number, Segment.readFrom(in));
    }
    tally.items = in.readLong();
    tally.evaluated = in.readLong();
    tally.units = in.readDouble();
    tally.time = ReadTime.readFrom(in);
    return tally;
  }

  /** Returns how many items the pages have. */
  public long items() {
    return items;
  }

  /** Returns how many items DynamoDB evaluated. */
  public long evaluated() {
    return evaluated;
  }

  /** Returns the read units that DynamoDB took. */
  public double units() {
    return units;
  }

  /** Returns when the pages were read; without any, from MAX_VALUE to MIN_VALUE. */
  public ReadTime time() {
    return time;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ScanCompleteness other
        && Map.copyOf(segments).equals(Map.copyOf(other.segments))
        && items == other.items
        && evaluated == other.evaluated
        && units == other.units
        && time.equals(other.time);
  }

  @Override
  public int hashCode() {
    return segments.hashCode() + Long.hashCode(items);
  }

  @Override
  public String toString() {
    return items + " items in " + segments.size() + " segments";
  }
}

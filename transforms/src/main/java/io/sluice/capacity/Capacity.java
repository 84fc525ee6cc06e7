/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The read and write units a second of a table or a global index, and where these figures come
 * from.
 *
 * @param readUnits read units a second, above 0
 * @param writeUnits write units a second, above 0
 * @param reads where the read units come from
 * @param writes where the write units come from
 */
public record Capacity(double readUnits, double writeUnits, Source reads, Source writes)
    implements Serializable {

  /**
   * Units a second that a new on-demand table serves at once. Source: the DynamoDB developer guide,
   * "Initial throughput and scaling properties" of the on-demand mode.
   */
  static final double NEW_TABLE_READ_UNITS = 12_000;

  static final double NEW_TABLE_WRITE_UNITS = 4_000;

  /** Where a figure comes from. */
  public enum Source {
    PROVISIONED("provisioned"),
    OPTION("as the option says"),
    MAXIMUM("the table's maximum"),
    WARM_THROUGHPUT("its warm throughput"),
    NEW_TABLE("assumed: what a new on-demand table does");

    private final String text;

    Source(String text) {
      this.text = text;
    }

    /** The source in words, for people. */
    public String text() {
      return text;
    }
  }

  public Capacity {
    check("readUnits", readUnits);
    check("writeUnits", writeUnits);
  }

  private static void check(String name, double units) {
    if (!(units > 0 && Double.isFinite(units))) {
      throw new IllegalArgumentException(
          name + " " + units + " must be units a second, a number above 0");
    }
  }

  /** Returns the capacity of a provisioned table or index, which is paid for by the hour. */
  public static Capacity provisioned(long readUnits, long writeUnits) {
    return new Capacity(
        (double) readUnits, (double) writeUnits, Source.PROVISIONED, Source.PROVISIONED);
  }

  /**
   * Returns the capacity of an on-demand table: the option, else the table's maximum, else its warm
   * throughput, else that of a new table. Reads and writes are looked up independently.
   */
  public static Capacity onDemand(OnDemandUnits option, OnDemandUnits maximum, OnDemandUnits warm) {
    return ofFirst(
        new Rung(Source.OPTION, option),
        new Rung(Source.MAXIMUM, maximum),
        new Rung(Source.WARM_THROUGHPUT, warm));
  }

  /**
   * Returns the capacity of a global index of an on-demand table. The option is about the table; if
   * an index has a maximum of its own, DynamoDB enforces it whatever the table does.
   */
  public static Capacity onDemandIndex(
      OnDemandUnits option, OnDemandUnits maximum, OnDemandUnits warm) {
    return ofFirst(
        new Rung(Source.MAXIMUM, maximum),
        new Rung(Source.OPTION, option),
        new Rung(Source.WARM_THROUGHPUT, warm));
  }

  private record Rung(Source source, OnDemandUnits units) {}

  private static Capacity ofFirst(Rung... rungs) {
    Rung reads = null;
    Rung writes = null;
    for (Rung rung : rungs) {
      reads = reads == null && rung.units().reads() != null ? rung : reads;
      writes = writes == null && rung.units().writes() != null ? rung : writes;
    }
    return new Capacity(
        reads == null ? NEW_TABLE_READ_UNITS : reads.units().reads(),
        writes == null ? NEW_TABLE_WRITE_UNITS : writes.units().writes(),
        sourceOf(reads),
        sourceOf(writes));
  }

  private static Source sourceOf(@Nullable Rung rung) {
    return rung == null ? Source.NEW_TABLE : rung.source();
  }
}

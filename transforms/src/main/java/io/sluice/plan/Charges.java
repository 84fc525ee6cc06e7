/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.plan;

import io.sluice.capacity.Prices;
import io.sluice.capacity.TableCapacity;
import java.util.ArrayList;
import java.util.List;

/** Makes lines of a bill, by the prices of a region. A table has units by requests or by hours. */
public final class Charges {
  private static final double MILLION = 1e6;

  /** AWS counts a GB as this many bytes. */
  public static final double GB = 1 << 30;

  /** The unit of the lines of {@link #units}, and of no others. */
  public static final String UNITS = "units";

  /** The line of {@link #imported}. */
  public static final String IMPORT = "import by DynamoDB";

  private final Prices prices;
  private final List<Charge> lines = new ArrayList<>();

  private Charges(Prices prices) {
    this.prices = prices;
  }

  public static Charges at(Prices prices) {
    return new Charges(prices);
  }

  /** Returns the lines so far, without those of nothing. */
  public Bill bill() {
    return new Bill(lines.stream().filter(line -> !line.amount().isZero()).toList(), prices.text());
  }

  private Charges add(String what, Estimate amount, String unit, double price, double per) {
    lines.add(new Charge(what, amount, unit, price, per));
    return this;
  }

  /**
   * Adds the units of a table and its indexes. Those of a provisioned table are paid for by the
   * hour, whether or not they are used, and cost nothing here.
   */
  public Charges units(TableCapacity capacity, Estimate reads, Estimate writes) {
    return capacity.onDemand()
        ? add("read units", reads, UNITS, prices.millionReads(), MILLION)
            .add("write units", writes, UNITS, prices.millionWrites(), MILLION)
        : add("provisioned read units", reads, UNITS, 0, MILLION)
            .add("provisioned write units", writes, UNITS, 0, MILLION);
  }

  /** Adds an export to S3 that DynamoDB makes. */
  public Charges export(Estimate bytes) {
    return add("export by DynamoDB", bytes.times(1 / GB), "GB", prices.exportedGb(), 1);
  }

  /**
   * Adds an import from S3 that DynamoDB makes.
   *
   * @param bytes of the files without compression
   */
  public Charges imported(Estimate bytes) {
    return add(IMPORT, bytes.times(1 / GB), "GB", prices.importedGb(), 1);
  }

  /**
   * Adds requests to S3. To delete is free.
   *
   * @param writes that put, copy, complete or list
   * @param reads all others
   */
  public Charges requests(Estimate writes, Estimate reads) {
    return add("S3 requests to write or list", writes, "requests", prices.thousandS3Writes(), 1000)
        .add("S3 requests to read", reads, "requests", prices.thousandS3Reads(), 1000);
  }

  /** Adds what it costs to keep files in S3, for a month. */
  public Charges storage(Estimate bytes) {
    return add("S3 storage, a month", bytes.times(1 / GB), "GB", prices.s3GbMonth(), 1);
  }

  /**
   * Adds the hours of what runs the job.
   *
   * @param hour dollars for an hour, 0 or more
   */
  public Charges runner(Estimate seconds, double hour) {
    return add("runner", seconds.times(1 / 3600.0), "hours", hour, 1);
  }
}

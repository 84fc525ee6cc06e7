/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.schema;

/**
 * Says how many units a second a table or an index may use.
 *
 * @param read the provisioned read units; 0 when requests are paid for one by one
 * @param write the provisioned write units; 0 when requests are paid for one by one
 * @param maxRead the most read units on demand; 0 for no limit of its own
 * @param maxWrite the most write units on demand; 0 for no limit of its own
 * @param warmRead the read units that it can take at once, if they were asked for; 0 if not
 * @param warmWrite the write units that it can take at once, if they were asked for; 0 if not
 */
public record Throughput(
    long read, long write, long maxRead, long maxWrite, long warmRead, long warmWrite) {

  /** Has no limits, and is paid for request by request. */
  public static final Throughput ON_DEMAND = new Throughput(0, 0, 0, 0, 0, 0);

  /** How many read units a new table on demand can take at once, as the service documents. */
  public static final long FIRST_READ = 12_000;

  /** How many write units a new table on demand can take at once, as the service documents. */
  public static final long FIRST_WRITE = 4_000;

  public Throughput {
    check("read", read);
    check("write", write);
    check("maxRead", maxRead);
    check("maxWrite", maxWrite);
    check("warmRead", warmRead);
    check("warmWrite", warmWrite);
  }

  /** Has provisioned units. */
  public static Throughput provisioned(long read, long write) {
    return new Throughput(read, write, 0, 0, 0, 0);
  }

  /** Replaces the provisioned units, and drops what only matters on demand. */
  public Throughput withProvisioned(long newRead, long newWrite) {
    return new Throughput(newRead, newWrite, 0, 0, warmRead, warmWrite);
  }

  /** Drops the provisioned units. */
  public Throughput onDemand() {
    return new Throughput(0, 0, maxRead, maxWrite, warmRead, warmWrite);
  }

  /** Replaces the limits on demand. */
  public Throughput withMax(long newRead, long newWrite) {
    return new Throughput(read, write, newRead, newWrite, warmRead, warmWrite);
  }

  /** Replaces the units that it can take at once. */
  public Throughput withWarm(long newRead, long newWrite) {
    return new Throughput(read, write, maxRead, maxWrite, newRead, newWrite);
  }

  /** Gives the read units that it can take at once. */
  public long takesRead() {
    return Math.max(warmRead, read > 0 ? read : FIRST_READ);
  }

  /** Gives the write units that it can take at once. */
  public long takesWrite() {
    return Math.max(warmWrite, write > 0 ? write : FIRST_WRITE);
  }

  private static void check(String name, long units) {
    if (units < 0) {
      throw new IllegalArgumentException(name + " is " + units + ", must not be negative");
    }
  }
}

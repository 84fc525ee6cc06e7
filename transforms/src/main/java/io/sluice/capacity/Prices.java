/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.io.Serializable;
import java.time.LocalDate;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * DynamoDB's prices for throughput, in US dollars, for tables of the standard class.
 *
 * @param region the region of the prices, for people
 * @param since the day since which they are known to hold
 * @param readUnitHour a provisioned read unit for an hour, 0 or more
 * @param writeUnitHour a provisioned write unit for an hour, 0 or more
 * @param millionReads a million on-demand read units, 0 or more
 * @param millionWrites a million on-demand write units, 0 or more
 * @param exportedGb a GB of a table that DynamoDB exports to S3, 0 or more
 */
public record Prices(
    String region,
    LocalDate since,
    double readUnitHour,
    double writeUnitHour,
    double millionReads,
    double millionWrites,
    double exportedGb)
    implements Serializable {

  /** The list prices of us-east-1, since the prices of on-demand tables were halved. */
  public static final Prices US_EAST_1 =
      new Prices("us-east-1", LocalDate.of(2024, 11, 1), 0.00013, 0.00065, 0.125, 0.625, 0.1);

  private static final String GIVEN = "as given";

  public Prices {
    check("readUnitHour", readUnitHour);
    check("writeUnitHour", writeUnitHour);
    check("millionReads", millionReads);
    check("millionWrites", millionWrites);
    check("exportedGb", exportedGb);
  }

  private static void check(String name, double dollars) {
    if (!(dollars >= 0 && Double.isFinite(dollars))) {
      throw new IllegalArgumentException(name + " " + dollars + " must be dollars, 0 or more");
    }
  }

  /** Returns these prices with other prices for writes, each if it is not null. */
  public Prices withWrites(@Nullable Double unitHour, @Nullable Double million) {
    if (unitHour == null && million == null) {
      return this;
    }
    return new Prices(
        GIVEN,
        since,
        readUnitHour,
        unitHour == null ? writeUnitHour : unitHour,
        millionReads,
        million == null ? millionWrites : million,
        exportedGb);
  }

  /** Returns these prices with another price for a million on-demand reads, if it is not null. */
  public Prices withReads(@Nullable Double million) {
    return million == null
        ? this
        : new Prices(GIVEN, since, readUnitHour, writeUnitHour, million, millionWrites, exportedGb);
  }

  /** Returns these prices with another price for an exported GB, if it is not null. */
  public Prices withExports(@Nullable Double gb) {
    return gb == null
        ? this
        : new Prices(GIVEN, since, readUnitHour, writeUnitHour, millionReads, millionWrites, gb);
  }

  /** Names the region and the date of the prices, for people. */
  String text() {
    return region.equals(GIVEN) ? "price as given" : region + " price of " + since;
  }

  /** Returns the price in dollars of provisioned write units, for a number of hours begun. */
  public double ofProvisionedWrites(long units, long hours) {
    return units * hours * writeUnitHour;
  }

  /** Returns the price in dollars of on-demand write units. */
  public double ofWrites(double units) {
    return units * millionWrites / 1e6;
  }

  /** Returns the price in dollars of an export to S3. */
  double ofExport(double gb) {
    return gb * exportedGb;
  }

  /** Returns the price in dollars of on-demand read units. */
  public double ofReads(double units) {
    return units * millionReads / 1e6;
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The prices of DynamoDB, for tables of the standard class, and of S3, in US dollars. They are in a
 * file of JSON whose members are these components, each of them.
 *
 * @param region the region of the prices, for people
 * @param since the day since which they are known to hold
 * @param readUnitHour a provisioned read unit for an hour, 0 or more
 * @param writeUnitHour a provisioned write unit for an hour, 0 or more
 * @param millionReads a million on-demand read units, 0 or more
 * @param millionWrites a million on-demand write units, 0 or more
 * @param exportedGb a GB of a table that DynamoDB exports to S3, 0 or more
 * @param importedGb a GB, without compression, of files that DynamoDB imports from S3, 0 or more
 * @param s3GbMonth a GB in S3 for a month, 0 or more
 * @param thousandS3Writes a thousand requests to S3 that put, copy, complete or list, 0 or more
 * @param thousandS3Reads a thousand other requests to S3, 0 or more; to delete is free
 */
public record Prices(
    String region,
    LocalDate since,
    double readUnitHour,
    double writeUnitHour,
    double millionReads,
    double millionWrites,
    double exportedGb,
    double importedGb,
    double s3GbMonth,
    double thousandS3Writes,
    double thousandS3Reads)
    implements Serializable {

  /** The list prices of us-east-1, since the prices of on-demand tables were halved. */
  public static final Prices US_EAST_1 = ofResource("us-east-1.json");

  private static final String GIVEN = "as given";

  public Prices {
    check("readUnitHour", readUnitHour);
    check("writeUnitHour", writeUnitHour);
    check("millionReads", millionReads);
    check("millionWrites", millionWrites);
    check("exportedGb", exportedGb);
    check("importedGb", importedGb);
    check("s3GbMonth", s3GbMonth);
    check("thousandS3Writes", thousandS3Writes);
    check("thousandS3Reads", thousandS3Reads);
  }

  private static void check(String name, double dollars) {
    if (!(dollars >= 0 && Double.isFinite(dollars))) {
      throw new IllegalArgumentException(name + " " + dollars + " must be dollars, 0 or more");
    }
  }

  private static Prices ofResource(String name) {
    try (InputStream in = Prices.class.getResourceAsStream(name)) {
      return parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The members of a file, which are texts and numbers. */
  private record File(
      @JsonProperty(required = true) String region,
      @JsonProperty(required = true) String since,
      @JsonProperty(required = true) double readUnitHour,
      @JsonProperty(required = true) double writeUnitHour,
      @JsonProperty(required = true) double millionReads,
      @JsonProperty(required = true) double millionWrites,
      @JsonProperty(required = true) double exportedGb,
      @JsonProperty(required = true) double importedGb,
      @JsonProperty(required = true) double s3GbMonth,
      @JsonProperty(required = true) double thousandS3Writes,
      @JsonProperty(required = true) double thousandS3Reads) {}

  /**
   * Parses a file of prices.
   *
   * @throws IllegalArgumentException when a price is missing, unknown or negative, or the text is
   *     no JSON; the message names it
   */
  public static Prices parse(byte[] json) {
    File file;
    try {
      file =
          new ObjectMapper()
              .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
              .readValue(json, File.class);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException("not a file of prices: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Prices(
        file.region,
        LocalDate.parse(file.since),
        file.readUnitHour,
        file.writeUnitHour,
        file.millionReads,
        file.millionWrites,
        file.exportedGb,
        file.importedGb,
        file.s3GbMonth,
        file.thousandS3Writes,
        file.thousandS3Reads);
  }

  /** Returns these prices with other prices of units, each if it is not null. */
  private Prices with(
      @Nullable Double unitHour,
      @Nullable Double reads,
      @Nullable Double writes,
      @Nullable Double export) {
    boolean isSame = unitHour == null && reads == null && writes == null && export == null;
    return isSame
        ? this
        : new Prices(
            GIVEN,
            since,
            readUnitHour,
            unitHour == null ? writeUnitHour : unitHour,
            reads == null ? millionReads : reads,
            writes == null ? millionWrites : writes,
            export == null ? exportedGb : export,
            importedGb,
            s3GbMonth,
            thousandS3Writes,
            thousandS3Reads);
  }

  /** Returns these prices with other prices for writes, each if it is not null. */
  public Prices withWrites(@Nullable Double unitHour, @Nullable Double million) {
    return with(unitHour, null, million, null);
  }

  /** Returns these prices with another price for a million on-demand reads, if it is not null. */
  public Prices withReads(@Nullable Double million) {
    return with(null, million, null, null);
  }

  /** Returns these prices with another price for an exported GB, if it is not null. */
  public Prices withExports(@Nullable Double gb) {
    return with(null, null, null, gb);
  }

  /** Names the region and the date of the prices, for people. */
  public String text() {
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

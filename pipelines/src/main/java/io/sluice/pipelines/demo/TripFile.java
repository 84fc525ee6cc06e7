/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.demo;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/**
 * Generates a file in the shape of the trip records of New York's Taxi and Limousine Commission,
 * with the same bytes at every call. It has exact duplicates and a few broken rows, as such files
 * do.
 */
final class TripFile {
  static final String HEADER =
      "vendor_id,pickup_datetime,dropoff_datetime,passenger_count,trip_distance,rate_code_id,"
          + "store_and_fwd_flag,pickup_location_id,dropoff_location_id,payment_type,fare_amount,"
          + "extra,mta_tax,tip_amount,tolls_amount,improvement_surcharge,total_amount,"
          + "congestion_surcharge";

  static final int TRIPS = 25_000;

  /** Every how many trips one is duplicated or broken. */
  static final int DUPLICATE_EVERY = 40;

  static final int BROKEN_EVERY = 6_000;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Random random = new Random(20190101);
  private final StringBuilder csv = new StringBuilder(TRIPS * 110);
  private int broken;

  private TripFile() {}

  static byte[] bytes() {
    return new TripFile().make().getBytes(StandardCharsets.UTF_8);
  }

  private String make() {
    csv.append(HEADER).append('\n');
    String seen = "";
    for (int i = 1; i <= TRIPS; i++) {
      String trip = trip(LocalDateTime.of(2019, 1, 1, 0, 0).plusSeconds(i * 107L));
      csv.append(trip).append('\n');
      if (i % DUPLICATE_EVERY == 1) {
        seen = trip;
      } else if (i % DUPLICATE_EVERY == 0) {
        csv.append(seen).append('\n');
      }
      if (i % BROKEN_EVERY == 0) {
        csv.append(damage(trip)).append('\n');
      }
    }
    return csv.toString();
  }

  private String trip(LocalDateTime pickup) {
    double miles = 0.3 + random.nextInt(900) / 100.0;
    int minutes = 3 + (int) (miles * 4) + random.nextInt(10);
    double fare = Math.round((2.5 + 2.5 * miles + 0.25 * minutes) * 2) / 2.0;
    double tip = random.nextInt(3) == 0 ? 0 : Math.round(fare * 20) / 100.0;
    return String.format(
        Locale.ROOT,
        "%d,%s,%s,%d,%.2f,1,%s,%d,%d,%d,%.1f,0.5,0.5,%.2f,0.0,0.3,%.2f,%s",
        1 + random.nextInt(2),
        TIME.format(pickup),
        TIME.format(pickup.plusMinutes(minutes)),
        1 + random.nextInt(5),
        miles,
        random.nextInt(100) == 0 ? "Y" : "N",
        1 + random.nextInt(265),
        1 + random.nextInt(265),
        tip > 0 ? 1 : 2,
        fare,
        tip,
        fare + tip + 1.3,
        random.nextInt(4) == 0 ? "" : "2.5");
  }

  /** Truncates a row, adds a field, puts a word in place of a number, or leaves a quote open. */
  private String damage(String trip) {
    return switch (broken++ % 4) {
      case 0 -> trip.substring(0, 60);
      case 1 -> trip + ",left over";
      case 2 -> trip.replaceFirst(",1,[YN],", ",standard,N,");
      default -> "\"1\"" + trip;
    };
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** Rows in the shape of New York's taxi trips, some 97 bytes each, as a CSV file. */
final class TripRows {
  private TripRows() {}

  /**
   * Writes rows that all differ, but for those that repeat the row before.
   *
   * @param repeatEvery every how many rows one repeats the row before; 0 for never
   */
  static void write(Path file, int rows, int repeatEvery) throws IOException {
    Random random = new Random(rows);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          "vendor_id,pickup_datetime,dropoff_datetime,passenger_count,trip_distance,rate_code_id,"
              + "store_and_fwd_flag,pickup_location_id,dropoff_location_id,payment_type,"
              + "fare_amount,extra,mta_tax,tip_amount,tolls_amount,improvement_surcharge,"
              + "total_amount,congestion_surcharge\n");
      String before = "";
      for (int i = 0; i < rows; i++) {
        boolean repeats = repeatEvery > 0 && i % repeatEvery == repeatEvery - 1;
        before = repeats ? before : row(i, random);
        out.write(before);
      }
    }
  }

  private static String row(int i, Random random) {
    int minute = i % 60;
    return String.format(
        Locale.ROOT,
        "%d,2019-01-15 03:%02d:12,2019-01-15 04:%02d:19,%d,%.2f,1,N,%d,%d,1,%.1f,0.5,0.5,"
            + "%.2f,0.0,0.3,%d.%02d,2.5%n",
        1 + i % 2,
        minute,
        minute,
        1 + i % 5,
        random.nextInt(2000) / 100.0,
        1 + random.nextInt(265),
        1 + random.nextInt(265),
        random.nextInt(100) / 2.0,
        random.nextInt(1000) / 100.0,
        i / 100,
        i % 100);
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.export;

import io.sluice.localaws.dynamodb.recovery.TableRecovery;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Checks whether a table can be exported as it was at the times of a request. */
final class ExportTimes {

  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final String PERIOD = "Incremental export period ";
  private static final String DIFFERENCE =
      "Difference between export period from time and export period to time is ";

  private ExportTimes() {}

  /**
   * Checks the times of a request.
   *
   * @param recovery of the table, if it is enabled
   * @throws DynamoDbException with the service's messages and in its order
   */
  static TableRecovery check(
      ExportRequest request, Table table, Optional<TableRecovery> recovery, Instant now) {
    request.window().ifPresent(window -> checkWindow(window, table, now));
    TableRecovery enabled =
        recovery.orElseThrow(
            () ->
                DynamoDbException.of(
                    "PointInTimeRecoveryUnavailableException",
                    "Point in time recovery is not enabled for table '"
                        + table.definition().name()
                        + "'"));
    Instant earliest = enabled.earliest(now).truncatedTo(ChronoUnit.SECONDS);
    if (request.time().map(time -> time.isAfter(now) || time.isBefore(earliest)).orElse(false)) {
      throw invalid("Export Time is invalid");
    }
    if (request.window().map(window -> window.from().isBefore(earliest)).orElse(false)) {
      throw invalid("Point in Time Recovery is not available for specified export time");
    }
    return enabled;
  }

  private static void checkWindow(ExportRequest.Window window, Table table, Instant now) {
    // Clients name times in whole seconds, and would else be refused the very first.
    if (window.from().isBefore(table.created().truncatedTo(ChronoUnit.SECONDS))) {
      throw invalid(
          PERIOD
              + "from time cannot be less than the table creation time : "
              + window.from().truncatedTo(ChronoUnit.SECONDS));
    }
    if (window.to().isAfter(now)) {
      throw invalid(
          PERIOD
              + "to time cannot be greater than the current time : "
              + window.to().truncatedTo(ChronoUnit.SECONDS));
    }
    Duration length = Duration.between(window.from(), window.to());
    if (length.compareTo(SHORTEST) < 0) {
      throw invalid(DIFFERENCE + "less than 15 minutes");
    }
    if (length.compareTo(LONGEST) > 0) {
      throw invalid(DIFFERENCE + "greater than 24 hours");
    }
  }

  private static DynamoDbException invalid(String message) {
    return DynamoDbException.of("InvalidExportTimeException", message);
  }
}

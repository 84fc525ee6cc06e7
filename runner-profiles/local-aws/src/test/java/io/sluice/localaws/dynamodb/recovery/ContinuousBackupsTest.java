/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.recovery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.service.S3Service;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContinuousBackupsTest {

  private static final String ON =
      "{'TableName':'abc','PointInTimeRecoverySpecification':{'PointInTimeRecoveryEnabled':true";

  private final S3Service service = new S3Service();

  private Map<String, Object> described() {
    Map<String, Object> all =
        S3Service.object(
            service.ok("DescribeContinuousBackups", "{'TableName':'abc'}"),
            "ContinuousBackupsDescription");
    assertThat(all.get("ContinuousBackupsStatus"), is("ENABLED"));
    return S3Service.object(all, "PointInTimeRecoveryDescription");
  }

  private static BigDecimal seconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), 3);
  }

  @Test
  void isOffUntilItIsEnabled() {
    service.ok("CreateTable", S3Service.table("abc"));
    assertThat(described(), is(Map.of("PointInTimeRecoveryStatus", "DISABLED")));
    service.ok("UpdateContinuousBackups", ON + "}}");
    assertThat(described().get("PointInTimeRecoveryStatus"), is("ENABLED"));
    service.ok(
        "UpdateContinuousBackups",
        "{'TableName':'"
            + S3Service.ARN
            + "','PointInTimeRecoverySpecification':{'PointInTimeRecoveryEnabled':false}}");
    assertThat(described(), is(Map.of("PointInTimeRecoveryStatus", "DISABLED")));
  }

  @Test
  void goesBackToWhenItWasEnabledAndNoFurtherThanItsPeriod() {
    service.ok("CreateTable", S3Service.table("abc"));
    service.ok("UpdateContinuousBackups", ON + ",'RecoveryPeriodInDays':2}}");
    Instant enabled = service.now();
    service.passes(Duration.ofDays(1));
    assertThat(
        described(),
        is(
            Map.of(
                "PointInTimeRecoveryStatus",
                "ENABLED",
                "RecoveryPeriodInDays",
                BigDecimal.valueOf(2),
                "EarliestRestorableDateTime",
                seconds(enabled),
                "LatestRestorableDateTime",
                seconds(service.now()))));
    service.passes(Duration.ofDays(3));
    assertThat(
        described().get("EarliestRestorableDateTime"),
        is(seconds(service.now().minus(Duration.ofDays(2)))));
    service.ok("UpdateContinuousBackups", ON + "}}");
    assertThat(described().get("RecoveryPeriodInDays"), is(BigDecimal.valueOf(35)));
  }

  @Test
  void refusesTablesThatAreNotThereAndPeriodsThatAreTooLong() {
    assertThat(
        service.error("DescribeContinuousBackups", "{'TableName':'abc'}"),
        is("TableNotFoundException: Table not found: abc"));
    service.ok("CreateTable", S3Service.table("abc"));
    assertThat(
        service.error("UpdateContinuousBackups", ON + ",'RecoveryPeriodInDays':36}}"),
        is(
            "ValidationException: 1 validation error detected: Value '36' at "
                + "'pointInTimeRecoverySpecification.recoveryPeriodInDays' failed to satisfy "
                + "constraint: Member must have value less than or equal to 35"));
  }

  @Test
  void isOffForALaterTableOfTheSameName() {
    service.ok("CreateTable", S3Service.table("abc"));
    service.ok("UpdateContinuousBackups", ON + "}}");
    service.ok("DeleteTable", "{'TableName':'abc'}");
    service.ok("CreateTable", S3Service.table("abc"));
    assertThat(described(), is(Map.of("PointInTimeRecoveryStatus", "DISABLED")));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.sluice.dynamodb.wire.ThrottleReason.Limit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingReason;

class ThrottleReasonTest {
  private static final String TABLE = "arn:aws:dynamodb:eu-west-1:123456789012:table/trips";

  private static ThrottlingReason reason(String reason, String resource) {
    return ThrottlingReason.builder().reason(reason).resource(resource).build();
  }

  @ParameterizedTest
  @CsvSource({
    "TableWriteKeyRangeThroughputExceeded, PARTITION",
    "IndexReadKeyRangeThroughputExceeded, PARTITION",
    "TableReadProvisionedThroughputExceeded, PROVISIONED",
    "IndexWriteProvisionedThroughputExceeded, PROVISIONED",
    "TableWriteAccountLimitExceeded, ACCOUNT",
    "IndexReadMaxOnDemandThroughputExceeded, ON_DEMAND_MAXIMUM",
    "SomethingNew, OTHER"
  })
  void everyLimitIsKnown(String reason, Limit limit) {
    assertThat(
        ThrottleReason.of(
            ThrottlingException.builder().throttlingReasons(reason(reason, TABLE)).build()),
        is(List.of(new ThrottleReason(limit, "table trips"))));
  }

  @Test
  void namesTheIndex() {
    RuntimeException e =
        ProvisionedThroughputExceededException.builder()
            .throttlingReasons(
                reason("TableWriteProvisionedThroughputExceeded", TABLE),
                reason("IndexWriteKeyRangeThroughputExceeded", TABLE + "/index/by-day"))
            .build();
    assertThat(
        ThrottleReason.of(e).stream().map(ThrottleReason::toString).toList(),
        contains(
            "the provisioned capacity of table trips",
            "a busy partition of index by-day of table trips"));
  }

  @Test
  void aFailureMayGiveNoReason() {
    assertThat(ThrottleReason.of(ThrottlingException.builder().build()), is(empty()));
    assertThat(ThrottleReason.of(RequestLimitExceededException.builder().build()), is(empty()));
    assertThat(ThrottleReason.of(new IllegalStateException("x")), is(empty()));
  }
}

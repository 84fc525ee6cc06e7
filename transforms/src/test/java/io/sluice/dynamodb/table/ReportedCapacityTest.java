/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.capacity.Capacity;
import io.sluice.capacity.Capacity.Source;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.capacity.TableCapacity;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Descriptions that a new table does not have. */
class ReportedCapacityTest {
  private static final Capacity NEW =
      new Capacity(12_000, 4_000, Source.NEW_TABLE, Source.NEW_TABLE);

  private static TableDescription.Builder onDemand() {
    return TableDescription.builder()
        .billingModeSummary(b -> b.billingMode(BillingMode.PAY_PER_REQUEST))
        .provisionedThroughput(p -> p.readCapacityUnits(0L).writeCapacityUnits(0L));
  }

  private static TableCapacity of(TableDescription.Builder table) {
    return ReportedCapacity.of(table.build(), OnDemandUnits.NONE);
  }

  @Test
  void alwaysProvisioned() {
    assertThat(
        of(
            TableDescription.builder()
                .provisionedThroughput(p -> p.readCapacityUnits(5L).writeCapacityUnits(6L))
                .warmThroughput(w -> w.readUnitsPerSecond(12_000L).writeUnitsPerSecond(4_000L))),
        is(new TableCapacity(false, Capacity.provisioned(5, 6), Map.of())));
  }

  @Test
  void theOptionIsNotForProvisionedTables() {
    TableDescription table =
        TableDescription.builder()
            .billingModeSummary(b -> b.billingMode(BillingMode.PROVISIONED))
            .provisionedThroughput(p -> p.readCapacityUnits(5L).writeCapacityUnits(6L))
            .build();
    assertThat(
        ReportedCapacity.of(table, new OnDemandUnits(1.0, 2.0)).table(),
        is(Capacity.provisioned(5, 6)));
  }

  @Test
  void nothingSaid() {
    assertThat(of(TableDescription.builder()), is(new TableCapacity(true, NEW, Map.of())));
    assertThat(of(onDemand()), is(new TableCapacity(true, NEW, Map.of())));
  }

  @Test
  void noMaximum() {
    assertThat(
        of(onDemand().onDemandThroughput(m -> m.maxReadRequestUnits(-1L).maxWriteRequestUnits(-1L)))
            .table(),
        is(NEW));
  }

  @Test
  void aMaximumOfWritesAlone() {
    assertThat(
        of(onDemand()
                .onDemandThroughput(m -> m.maxReadRequestUnits(-1L).maxWriteRequestUnits(50L))
                .warmThroughput(w -> w.readUnitsPerSecond(13_000L).writeUnitsPerSecond(5_000L)))
            .table(),
        is(new Capacity(13_000, 50, Source.WARM_THROUGHPUT, Source.MAXIMUM)));
  }

  @Test
  void indexesOnDemand() {
    GlobalSecondaryIndexDescription limited =
        GlobalSecondaryIndexDescription.builder()
            .indexName("limited")
            .provisionedThroughput(p -> p.readCapacityUnits(0L).writeCapacityUnits(0L))
            .onDemandThroughput(m -> m.maxWriteRequestUnits(30L))
            .warmThroughput(w -> w.readUnitsPerSecond(14_000L).writeUnitsPerSecond(6_000L))
            .build();
    GlobalSecondaryIndexDescription silent =
        GlobalSecondaryIndexDescription.builder().indexName("silent").build();
    assertThat(
        of(onDemand().globalSecondaryIndexes(limited, silent)).indexes(),
        is(
            Map.of(
                "limited",
                new Capacity(14_000, 30, Source.WARM_THROUGHPUT, Source.MAXIMUM),
                "silent",
                NEW)));
  }
}

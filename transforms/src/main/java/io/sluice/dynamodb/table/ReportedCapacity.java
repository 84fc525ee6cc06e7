/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.capacity.Capacity;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.capacity.TableCapacity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexWarmThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableWarmThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.VectorIndexDescription;

/** Reads the capacity of a table from its description, or from its definition. */
final class ReportedCapacity {
  private ReportedCapacity() {}

  /**
   * Returns the capacity of a table and its global indexes.
   *
   * @param option units a second of an on-demand table, if a person gives them
   */
  static TableCapacity of(TableDescription table, OnDemandUnits option) {
    boolean onDemand = isOnDemand(table);
    Map<String, Capacity> indexes = new HashMap<>();
    for (GlobalSecondaryIndexDescription index : table.globalSecondaryIndexes()) {
      ProvisionedThroughputDescription provisioned = index.provisionedThroughput();
      indexes.put(
          index.indexName(),
          onDemand || !isGiven(provisioned)
              ? Capacity.onDemandIndex(
                  option, maximum(index.onDemandThroughput()), warm(index.warmThroughput()))
              : provisioned(provisioned));
    }
    Capacity capacity =
        onDemand
            ? Capacity.onDemand(
                option, maximum(table.onDemandThroughput()), warm(table.warmThroughput()))
            : provisioned(table.provisionedThroughput());
    List<String> vectorIndexes =
        table.vectorIndexes().stream().map(VectorIndexDescription::indexName).toList();
    return new TableCapacity(onDemand, capacity, indexes, vectorIndexes);
  }

  /**
   * Returns the capacity of a table that is to be created, and of its global indexes.
   *
   * @param option units a second of an on-demand table, if a person gives them
   */
  static TableCapacity toBe(TableDefinition table, OnDemandUnits option) {
    Map<String, Capacity> indexes = new HashMap<>();
    for (IndexDefinition index : table.indexes()) {
      Billing billing = index.billing();
      if (billing != null) {
        indexes.put(
            index.name(),
            billing.provisioned() == null
                ? Capacity.onDemandIndex(option, maximum(billing), OnDemandUnits.NONE)
                : provisioned(billing.provisioned()));
      }
    }
    Billing billing = table.billing();
    return billing.provisioned() == null
        ? new TableCapacity(
            true, Capacity.onDemand(option, maximum(billing), OnDemandUnits.NONE), indexes)
        : new TableCapacity(false, provisioned(billing.provisioned()), indexes);
  }

  private static Capacity provisioned(Billing.Provisioned provisioned) {
    return Capacity.provisioned(provisioned.readUnits(), provisioned.writeUnits());
  }

  private static OnDemandUnits maximum(Billing billing) {
    return billing.maximum() == null
        ? OnDemandUnits.NONE
        : OnDemandUnits.reported(billing.maximum().readUnits(), billing.maximum().writeUnits());
  }

  /**
   * A table that was always provisioned has no billing mode; an on-demand one has 0 provisioned
   * units.
   */
  static boolean isOnDemand(TableDescription table) {
    return (table.billingModeSummary() != null
            && table.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST)
        || !isGiven(table.provisionedThroughput());
  }

  static boolean isGiven(@Nullable ProvisionedThroughputDescription provisioned) {
    return provisioned != null
        && provisioned.readCapacityUnits() != null
        && provisioned.readCapacityUnits() > 0
        && provisioned.writeCapacityUnits() != null
        && provisioned.writeCapacityUnits() > 0;
  }

  private static Capacity provisioned(ProvisionedThroughputDescription provisioned) {
    return Capacity.provisioned(provisioned.readCapacityUnits(), provisioned.writeCapacityUnits());
  }

  private static OnDemandUnits maximum(@Nullable OnDemandThroughput maximum) {
    return maximum == null
        ? OnDemandUnits.NONE
        : OnDemandUnits.reported(maximum.maxReadRequestUnits(), maximum.maxWriteRequestUnits());
  }

  private static OnDemandUnits warm(@Nullable TableWarmThroughputDescription warm) {
    return warm == null
        ? OnDemandUnits.NONE
        : OnDemandUnits.reported(warm.readUnitsPerSecond(), warm.writeUnitsPerSecond());
  }

  private static OnDemandUnits warm(@Nullable GlobalSecondaryIndexWarmThroughputDescription warm) {
    return warm == null
        ? OnDemandUnits.NONE
        : OnDemandUnits.reported(warm.readUnitsPerSecond(), warm.writeUnitsPerSecond());
  }
}

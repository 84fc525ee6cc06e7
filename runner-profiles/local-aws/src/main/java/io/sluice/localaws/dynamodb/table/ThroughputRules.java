/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.schema.BillingMode;
import io.sluice.localaws.dynamodb.schema.Throughput;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the throughput of a table or an index, and checks it with the service's messages. */
final class ThroughputRules {

  private static final long MAX_UNITS = 1_000_000_000_000L;
  private static final String READ = "ReadCapacityUnits";
  private static final String WRITE = "WriteCapacityUnits";
  private static final String MAX_READ = "MaxReadRequestUnits";
  private static final String MAX_WRITE = "MaxWriteRequestUnits";
  private static final String WARM_READ = "ReadUnitsPerSecond";
  private static final String WARM_WRITE = "WriteUnitsPerSecond";

  private ThroughputRules() {}

  /** Reads the throughput of a new table. */
  static Throughput ofTable(Fields request, BillingMode billing) {
    Optional<Fields> provisioned = request.fields("ProvisionedThroughput");
    if (billing == BillingMode.PAY_PER_REQUEST) {
      if (provisioned.isPresent()) {
        throw DynamoDbException.invalid(
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode "
                + "is PAY_PER_REQUEST");
      }
    } else if (provisioned.isEmpty()) {
      throw DynamoDbException.invalid(
          "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
              + "PROVISIONED");
    }
    Throughput base = provisioned.map(ThroughputRules::bounded).orElse(Throughput.ON_DEMAND);
    return first(withMax(base, request, billing, "", "table", 1), request, billing, "table");
  }

  /** Reads the throughput of a new global index. */
  static Throughput ofIndex(Fields index, String name, BillingMode billing) {
    Optional<Fields> provisioned = index.fields("ProvisionedThroughput");
    if (billing == BillingMode.PAY_PER_REQUEST && provisioned.isPresent()) {
      throw DynamoDbException.invalid(
          "ProvisionedThroughput should not be specified for index: "
              + name
              + " when BillingMode is PAY_PER_REQUEST");
    }
    if (billing == BillingMode.PROVISIONED && provisioned.isEmpty()) {
      throw DynamoDbException.invalid("ProvisionedThroughput is not specified for index: " + name);
    }
    Throughput base = provisioned.map(ThroughputRules::bounded).orElse(Throughput.ON_DEMAND);
    String where = " for index : " + name;
    return first(
        withMax(base, index, billing, where, "index : " + name, 1),
        index,
        billing,
        "index " + name);
  }

  /** Reads ProvisionedThroughput. */
  static Throughput bounded(Fields provisioned) {
    long read = provisioned.whole(READ).getAsLong();
    long write = provisioned.whole(WRITE).getAsLong();
    checkBound(READ, read);
    checkBound(WRITE, write);
    return Throughput.provisioned(read, write);
  }

  /**
   * Changes the limits on demand to what a request says, if it says something of them.
   *
   * @param where names the index of which the request says it, or is empty for a table
   * @param least the least that the request may have; less than 1 has -1 remove a limit
   */
  static Throughput withMax(
      Throughput base, Fields request, BillingMode billing, String where, String what, long least) {
    Optional<Fields> onDemand = request.fields("OnDemandThroughput");
    if (onDemand.isEmpty()) {
      return base;
    }
    return base.withMax(
        max(onDemand.get(), MAX_READ, base.maxRead(), billing, where, what, least),
        max(onDemand.get(), MAX_WRITE, base.maxWrite(), billing, where, what, least));
  }

  /** Raises the units that can be taken at once to what a request says, if it does. */
  static Throughput raised(Throughput base, Fields request, String what) {
    Optional<Fields> warm = request.fields("WarmThroughput");
    if (warm.isEmpty()) {
      return base;
    }
    long read = warm.get().whole(WARM_READ).orElse(base.takesRead());
    long write = warm.get().whole(WARM_WRITE).orElse(base.takesWrite());
    String low =
        " is lower than current WarmThroughput, decreasing WarmThroughput is not supported";
    checkWarm(WARM_READ, read, base.takesRead(), what, low);
    checkWarm(WARM_WRITE, write, base.takesWrite(), what, low);
    return base.withWarm(read, write);
  }

  private static Throughput first(
      Throughput base, Fields request, BillingMode billing, String what) {
    Optional<Fields> warm = request.fields("WarmThroughput");
    if (warm.isEmpty()) {
      return base;
    }
    long read = warm.get().whole(WARM_READ).orElse(base.takesRead());
    long write = warm.get().whole(WARM_WRITE).orElse(base.takesWrite());
    checkWarm(WARM_READ, read, base.takesRead(), what, tooLow(billing, READ));
    checkWarm(WARM_WRITE, write, base.takesWrite(), what, tooLow(billing, WRITE));
    return base.withWarm(read, write);
  }

  private static String tooLow(BillingMode billing, String units) {
    return billing == BillingMode.PROVISIONED
        ? " is lower than " + units + " of ProvisionedThroughput"
        : " is lower than initial throughput for OnDemand. See: https://docs.aws.amazon.com/"
            + "amazondynamodb/latest/developerguide/on-demand-capacity-mode.html"
            + "#on-demand-capacity-mode-initial";
  }

  private static long max(
      Fields onDemand,
      String name,
      long current,
      BillingMode billing,
      String where,
      String what,
      long least) {
    OptionalLong asked = onDemand.whole(name);
    if (asked.isEmpty()) {
      return current;
    }
    if (billing == BillingMode.PROVISIONED) {
      throw DynamoDbException.invalid(
          name
              + " for OnDemandThroughput"
              + where
              + " cannot be specified when the table BillingMode is PROVISIONED");
    }
    long units = asked.getAsLong();
    if (units == 0 || units < least) {
      throw DynamoDbException.invalid(
          "Requested "
              + name
              + " for OnDemandThroughput for "
              + what
              + " is outside of valid range");
    }
    return Math.max(units, 0);
  }

  private static void checkWarm(String name, long units, long least, String what, String reason) {
    if (units < least) {
      throw DynamoDbException.invalid(
          "Requested " + name + " for WarmThroughput for " + what + reason);
    }
  }

  private static void checkBound(String name, long units) {
    if (units > MAX_UNITS) {
      throw DynamoDbException.validation(
          "Given value " + units + " for " + name + " is out of bounds");
    }
  }
}

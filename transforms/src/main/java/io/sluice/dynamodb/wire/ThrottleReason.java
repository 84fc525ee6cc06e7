/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingReason;

/**
 * The reason for which DynamoDB throttled a request, as it reports since 2025: which limit, and of
 * which table or index. (ThrottlingReason in the API reference.)
 *
 * @param limit the limit that was reached
 * @param what the table or index: {@code table trips}, {@code index by-day of table trips}
 */
public record ThrottleReason(Limit limit, String what) {
  /** The limits that can be reached. */
  public enum Limit {
    /** That of one partition: 1,000 write units and 3,000 read units a second. */
    PARTITION(
        "a busy partition",
        "a partition of the %s takes no more; if few partition keys get most requests, keys that"
            + " spread help, and more capacity does not; else a table on demand grows by itself"),
    /** The provisioned capacity. */
    PROVISIONED(
        "the provisioned capacity",
        "the provisioned capacity of the %s is used up: others use it too, or it was lowered"),
    /** The quota of the account. */
    ACCOUNT(
        "the account's quota",
        "the account's quota is reached by the %s: AWS raises it on request, or lower the ratio"),
    /** The maximum that was set for a table or index on demand. */
    ON_DEMAND_MAXIMUM(
        "the on-demand maximum",
        "the maximum on-demand throughput that is set for the %s is reached: raise it with"
            + " UpdateTable, or lower the ratio"),
    /** A limit that is not known here. */
    OTHER("an unknown limit", "a limit of the %s is reached, which is not known here");

    private final String name;
    private final String advice;

    Limit(String name, String advice) {
      this.name = name;
      this.advice = advice;
    }

    private static Limit of(String reason) {
      if (reason.endsWith("KeyRangeThroughputExceeded")) {
        return PARTITION;
      }
      if (reason.endsWith("MaxOnDemandThroughputExceeded")) {
        return ON_DEMAND_MAXIMUM;
      }
      if (reason.endsWith("ProvisionedThroughputExceeded")) {
        return PROVISIONED;
      }
      return reason.endsWith("AccountLimitExceeded") ? ACCOUNT : OTHER;
    }
  }

  /** Returns the reasons that a failure gives; empty when it gives none. */
  public static List<ThrottleReason> of(RuntimeException e) {
    List<ThrottlingReason> reasons = List.of();
    if (e instanceof ProvisionedThroughputExceededException exceeded) {
      reasons = exceeded.throttlingReasons();
    } else if (e instanceof ThrottlingException throttled) {
      reasons = throttled.throttlingReasons();
    } else if (e instanceof RequestLimitExceededException limited) {
      reasons = limited.throttlingReasons();
    }
    return reasons.stream().map(ThrottleReason::of).distinct().toList();
  }

  private static ThrottleReason of(ThrottlingReason reason) {
    return new ThrottleReason(
        Limit.of(String.valueOf(reason.reason())), what(String.valueOf(reason.resource())));
  }

  /** Names what an ARN is of: {@code arn:aws:dynamodb:eu-west-1:1234:table/trips/index/by-day}. */
  private static String what(String arn) {
    String[] parts = arn.substring(arn.lastIndexOf(':') + 1).split("/");
    if (parts.length >= 4 && parts[0].equals("table") && parts[2].equals("index")) {
      return "index " + parts[3] + " of table " + parts[1];
    }
    return parts.length >= 2 && parts[0].equals("table") ? "table " + parts[1] : "table";
  }

  /** Whether it is the limit of a partition; others may be at theirs, too. */
  public boolean isOfPartition() {
    return limit == Limit.PARTITION;
  }

  /** Says what happened and what helps, in a sentence without its full stop. */
  public String advice() {
    return String.format(Locale.ROOT, limit.advice, what);
  }

  /** Names the limit: {@code a busy partition of table trips}. */
  @Override
  public String toString() {
    return limit.name + " of " + what;
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.json;

import io.sluice.format.json.ChangeKind;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The names of the members of records, and of what services put around them. */
final class RecordNames {
  /** More characters than the longest name has. */
  static final int LONGEST = 64;

  private static final Set<String> SIMPLE = Set.of("action", "sequenceNumber", "object");

  private static final Set<String> EVENT =
      Set.of(
          "Records",
          "account",
          "approximateArrivalTimestamp",
          "awsRegion",
          "data",
          "detail",
          "detail-type",
          "dynamodb",
          "eventID",
          "eventName",
          "eventSource",
          "eventSourceARN",
          "eventVersion",
          "id",
          "invokeIdentityArn",
          "kinesis",
          "kinesisSchemaVersion",
          "partitionKey",
          "recordFormat",
          "region",
          "resources",
          "sequenceNumber",
          "source",
          "tableName",
          "time",
          "userIdentity",
          "version");

  private RecordNames() {}

  /** Returns the names with which a record of a kind may begin. */
  static Set<String> of(@Nullable ChangeKind kind) {
    return kind == ChangeKind.SIMPLE ? SIMPLE : EVENT;
  }
}

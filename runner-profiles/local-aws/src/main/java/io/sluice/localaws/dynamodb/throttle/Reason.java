/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.throttle;

import io.sluice.localaws.dynamodb.schema.BillingMode;
import io.sluice.localaws.dynamodb.value.DynamoDbException;

/**
 * Says why a request is throttled, as ThrottlingReason of the API reference does.
 *
 * @param resource the ARN of the table or the index
 */
public record Reason(Kind kind, Direction direction, Limit limit, String resource) {

  /** Lists what can be throttled. */
  public enum Kind {
    TABLE("Table"),
    INDEX("Index");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** Lists the limits that can be exceeded, and the type of the error and its message for each. */
  public enum Limit {
    PROVISIONED("ProvisionedThroughputExceeded"),
    KEY_RANGE("KeyRangeThroughputExceeded"),
    MAX_ON_DEMAND("MaxOnDemandThroughputExceeded"),
    ACCOUNT("AccountLimitExceeded");

    private final String text;

    Limit(String text) {
      this.text = text;
    }
  }

  private static final String OF_TABLE =
      "The level of configured provisioned throughput for the table was exceeded. Consider "
          + "increasing your provisioning level with the UpdateTable API.";
  private static final String OF_INDEX =
      "The level of configured provisioned throughput for one or more global secondary indexes of "
          + "the table was exceeded. Consider increasing your provisioning level for the "
          + "under-provisioned global secondary indexes with the UpdateTable API";
  private static final String ON_DEMAND =
      "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically "
          + "scaling your table or index so please try again shortly. If exceptions persist, check "
          + "if you have a hot key: https://docs.aws.amazon.com/amazondynamodb/latest/"
          + "developerguide/bp-partition-key-design.html";
  private static final String MAX_ON_DEMAND =
      "Throughput exceeds the maximum OnDemandThroughput configured on table or index";
  private static final String ACCOUNT =
      "Throughput exceeds the current throughput limit for your account. Please contact AWS "
          + "Support at https://aws.amazon.com/support request a limit increase";

  /**
   * Gives the text that the error has, {@code TableWriteKeyRangeThroughputExceeded} for example.
   */
  public String text() {
    return kind.text + direction + limit.text;
  }

  /**
   * Makes the error: a ProvisionedThroughputExceededException of what is provisioned, else a
   * ThrottlingException, or a RequestLimitExceeded of the account's quota.
   *
   * @param billing how the table is paid for
   */
  public DynamoDbException error(BillingMode billing) {
    DynamoDbException error =
        switch (limit) {
          case ACCOUNT -> DynamoDbException.of("RequestLimitExceeded", ACCOUNT);
          case MAX_ON_DEMAND -> DynamoDbException.of("ThrottlingException", MAX_ON_DEMAND);
          default ->
              billing == BillingMode.PROVISIONED
                  ? DynamoDbException.of(
                      "ProvisionedThroughputExceededException",
                      kind == Kind.TABLE ? OF_TABLE : OF_INDEX)
                  : DynamoDbException.of("ThrottlingException", ON_DEMAND);
        };
    return error.with(
        // The service's model has the member in both spellings, and a client reads only its own.
        error.type().equals("ThrottlingException") ? "throttlingReasons" : "ThrottlingReasons",
        json -> {
          json.writeStartArray();
          json.writeStartObject();
          json.writeStringField("reason", text());
          json.writeStringField("resource", resource);
          json.writeEndObject();
          json.writeEndArray();
        });
  }
}

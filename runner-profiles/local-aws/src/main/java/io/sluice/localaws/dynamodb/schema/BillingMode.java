/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.schema;

/** Lists how a table's requests are paid for, in the order of the service's messages. */
public enum BillingMode {
  PROVISIONED,
  PAY_PER_REQUEST
}

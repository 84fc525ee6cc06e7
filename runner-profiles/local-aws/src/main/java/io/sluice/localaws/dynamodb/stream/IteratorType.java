/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

/** Lists where a shard iterator can begin, in the order of the service's messages. */
public enum IteratorType {
  AFTER_SEQUENCE_NUMBER,
  LATEST,
  AT_SEQUENCE_NUMBER,
  TRIM_HORIZON
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import io.sluice.format.columnar.ColumnarValue.Unusable;
import io.sluice.item.InvalidItemException;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts the values of one schema to attribute values; none of them is null. */
interface RoundTripValue {
  AttributeValue NULL = AttributeValue.fromNul(true);

  AttributeValue of(Object foreign, RoundTripCursor walk) throws InvalidItemException;

  /** Makes the exception for a value whose type does not match its schema. */
  static InvalidItemException unexpected(@Nullable Object foreign, RoundTripCursor walk) {
    return foreign instanceof Unusable unusable
        ? walk.invalid(unusable.reason(), unusable.message())
        : walk.invalid("not of the type that the file's schema says");
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.legacy;

import io.sluice.localaws.dynamodb.expression.Expressions;
import io.sluice.localaws.dynamodb.expression.Projection;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes a projection of AttributesToGet. */
public final class AttributesToGet {

  private AttributesToGet() {}

  /**
   * Makes the projection.
   *
   * @throws io.sluice.localaws.dynamodb.value.DynamoDbException a ValidationException if an
   *     attribute is named twice
   */
  public static Projection projection(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw DynamoDbException.invalid("Duplicate value in attribute name: " + name);
      }
    }
    return Expressions.attributes(names);
  }
}

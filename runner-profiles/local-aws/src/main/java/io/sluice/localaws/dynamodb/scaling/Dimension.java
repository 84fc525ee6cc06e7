/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.scaling;

import io.sluice.localaws.dynamodb.throttle.Direction;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names what can be scaled: the read or the write units of a table or of a global index.
 *
 * @param index empty for the table itself
 */
record Dimension(String table, Optional<String> index, Direction direction) {

  private static final Pattern RESOURCE =
      Pattern.compile("table/([a-zA-Z0-9_.-]{3,255})(?:/index/([a-zA-Z0-9_.-]{3,255}))?");

  /**
   * Reads a ResourceId and a ScalableDimension.
   *
   * @throws DynamoDbException a ValidationException if they are none or do not go together
   */
  static Dimension of(String resource, String name) {
    Matcher matcher = RESOURCE.matcher(resource);
    if (matcher.matches()) {
      for (Direction direction : Direction.values()) {
        Dimension dimension =
            new Dimension(matcher.group(1), Optional.ofNullable(matcher.group(2)), direction);
        if (dimension.name().equals(name)) {
          return dimension;
        }
      }
    }
    throw DynamoDbException.validation(
        "Unsupported service namespace, resource type or scalable dimension");
  }

  /** Spells the ResourceId. */
  String resource() {
    return "table/" + table + index.map(name -> "/index/" + name).orElse("");
  }

  /** Spells the ScalableDimension. */
  String name() {
    return "dynamodb:" + (index.isPresent() ? "index:" : "table:") + direction + "CapacityUnits";
  }

  /** Spells the predefined metric that measures its use. */
  String metric() {
    return "DynamoDB" + direction + "CapacityUtilization";
  }
}

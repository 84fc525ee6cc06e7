/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.Optional;

/**
 * Says whether items expire.
 *
 * @param attribute the one with the time at which an item expires, if items do
 */
public record TimeToLive(Optional<String> attribute) {

  /** Keeps items forever. */
  public static final TimeToLive DISABLED = new TimeToLive(Optional.empty());

  /** Applies an UpdateTimeToLive request, with the service's messages. */
  TimeToLive updated(Fields request) {
    Fields specification = request.fields("TimeToLiveSpecification").orElseThrow();
    String name = specification.text("AttributeName").orElseThrow();
    boolean enable = specification.flag("Enabled").orElseThrow();
    if (attribute.isPresent() && !attribute.get().equals(name)) {
      throw DynamoDbException.validation(
          "TimeToLive is active on a different AttributeName: current AttributeName is "
              + attribute.get());
    }
    if (enable == attribute.isPresent()) {
      throw DynamoDbException.validation(
          "TimeToLive is already " + (enable ? "enabled" : "disabled"));
    }
    return enable ? new TimeToLive(Optional.of(name)) : DISABLED;
  }
}

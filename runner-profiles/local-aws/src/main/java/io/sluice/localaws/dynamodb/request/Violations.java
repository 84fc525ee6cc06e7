/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.request;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Collects the constraints that a request does not satisfy, up to the ten that the service reports.
 */
public final class Violations {

  private static final int MAX = 10;

  private final List<String> messages = new ArrayList<>();

  /** Adds what is wrong with the value at {@code path}, which is null if it is missing. */
  public void add(Object value, String path, String constraint) {
    if (messages.size() < MAX) {
      messages.add(
          "Value "
              + (value == null ? "null" : "'" + print(value) + "'")
              + " at '"
              + path
              + "' failed to satisfy constraint: "
              + constraint);
    }
  }

  /** Throws a ValidationException unless nothing was added. */
  public void check() {
    if (!messages.isEmpty()) {
      throw DynamoDbException.validation(
          messages.size()
              + (messages.size() == 1 ? " validation error" : " validation errors")
              + " detected: "
              + String.join("; ", messages));
    }
  }

  private static String print(Object value) {
    if (value instanceof Fields fields) {
      return fields.members().entrySet().stream()
          .map(member -> Fields.lowerFirst(member.getKey()) + "=" + print(member.getValue()))
          .collect(Collectors.joining(", ", fields.shape() + "(", ")"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Violations::print).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + "=" + print(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return String.valueOf(value);
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.request;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Collects the constraints that a request does not satisfy, up to the ten that the service reports.
 */
public final class Violations {

  private static final int MAX = 10;
  private static final String ENUM = "Member must satisfy enum value set: ";

  /**
   * Lists the values of enumerations as the current layer prints them, without the value that is
   * not one of them. Source: recorded answers of the service, eu-west-2 and us-east-1; UPDATE_NEW
   * is its own.
   */
  private static final Map<String, String> CURRENT_ENUMS =
      Map.of(
          "returnValues", "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]",
          "conditionalOperator", "[ALL, OR]");

  private final List<String> messages = new ArrayList<>();
  private final Wording wording;

  /** Words them as the older layer does, which most operations have for this. */
  public Violations() {
    this(Wording.OLDER);
  }

  /** Words them as a layer of the service does. */
  public Violations(Wording wording) {
    this.wording = wording;
  }

  /** Adds what is wrong with the value at {@code path}, which is null if it is missing. */
  public void add(Object value, String path, String constraint) {
    if (messages.size() == MAX) {
      return;
    }
    if (wording == Wording.CURRENT
        && constraint.startsWith(ENUM)
        && CURRENT_ENUMS.containsKey(path)) {
      messages.add("Failed to satisfy constraint: " + ENUM + CURRENT_ENUMS.get(path));
    } else {
      messages.add(
          "Value "
              + (value == null ? "null" : "'" + print(value) + "'")
              + " at '"
              + path
              + "' failed to satisfy constraint: "
              + constraint);
    }
  }

  /** Reports whether nothing was added. */
  public boolean isEmpty() {
    return messages.isEmpty();
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

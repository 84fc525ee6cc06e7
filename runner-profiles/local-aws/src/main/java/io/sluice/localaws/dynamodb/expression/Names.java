/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Holds the ExpressionAttributeNames and ExpressionAttributeValues of one request, and remembers
 * which of them its expressions use.
 *
 * <p>It is for one request and one thread.
 */
public final class Names {

  private static final Pattern NAME = Pattern.compile("#[0-9a-zA-Z_]+");
  private static final Pattern VALUE = Pattern.compile(":[0-9a-zA-Z_]+");

  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Set<String> unused = new LinkedHashSet<>();

  private Names() {}

  /** Makes one without names and values. */
  public static Names none() {
    return new Names();
  }

  /**
   * Adds the request's ExpressionAttributeNames.
   *
   * @throws DynamoDbException a ValidationException when there are none, or a key is not {@code #}
   *     and letters, digits or underscores
   */
  public Names withNames(Map<String, String> names) {
    check("ExpressionAttributeNames", names, NAME);
    this.names.putAll(names);
    unused.addAll(names.keySet());
    return this;
  }

  /**
   * Adds the request's ExpressionAttributeValues.
   *
   * @throws DynamoDbException a ValidationException when there are none, or a key is not {@code :}
   *     and letters, digits or underscores
   */
  public Names withValues(Map<String, Value> values) {
    check("ExpressionAttributeValues", values, VALUE);
    this.values.putAll(values);
    unused.addAll(values.keySet());
    return this;
  }

  private static void check(String parameter, Map<String, ?> map, Pattern pattern) {
    if (map.isEmpty()) {
      throw DynamoDbException.validation(parameter + " must not be empty");
    }
    for (String key : map.keySet()) {
      if (!pattern.matcher(key).matches()) {
        throw DynamoDbException.validation(
            parameter + " contains invalid key: Syntax error; key: \"" + key + "\"");
      }
    }
  }

  /**
   * Rejects names and values that no expression has used. It is for the end, when all expressions
   * of the request have been parsed.
   *
   * @throws DynamoDbException a ValidationException that lists them
   */
  public void checkAllUsed() {
    checkAllUsed("ExpressionAttributeNames", names.keySet());
    checkAllUsed("ExpressionAttributeValues", values.keySet());
  }

  private void checkAllUsed(String parameter, Set<String> keys) {
    Set<String> left = new LinkedHashSet<>(keys);
    left.retainAll(unused);
    if (!left.isEmpty()) {
      throw DynamoDbException.validation(
          "Value provided in "
              + parameter
              + " unused in expressions: keys: {"
              + String.join(", ", left)
              + "}");
    }
  }

  Optional<String> name(String placeholder) {
    unused.remove(placeholder);
    return Optional.ofNullable(names.get(placeholder));
  }

  Optional<Value> value(String placeholder) {
    unused.remove(placeholder);
    return Optional.ofNullable(values.get(placeholder));
  }
}

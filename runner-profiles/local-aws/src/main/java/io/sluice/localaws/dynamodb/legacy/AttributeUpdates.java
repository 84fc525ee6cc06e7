/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.legacy;

import io.sluice.localaws.dynamodb.expression.Expressions;
import io.sluice.localaws.dynamodb.expression.Update;
import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes an update of AttributeUpdates, of which all values have been checked. */
public final class AttributeUpdates {

  private static final Set<String> SETS = Set.of("SS", "NS", "BS");

  // A list is not documented; the service appends it, as ScyllaDB's tests against it show.
  private static final Set<String> ADDABLE = Set.of("N", "SS", "NS", "BS", "L");

  private AttributeUpdates() {}

  /**
   * Makes the update.
   *
   * @throws io.sluice.localaws.dynamodb.value.DynamoDbException a ValidationException if an action
   *     lacks its value, or has one of a type that it cannot have
   */
  public static Update update(LegacyMap updates) {
    List<Update.Attribute> attributes = new ArrayList<>();
    updates.forEach((name, fields) -> attributes.add(attribute(name, fields)));
    return Expressions.update(attributes);
  }

  private static Update.Attribute attribute(String name, Fields fields) {
    String action = fields.text("Action").orElse("PUT");
    Optional<Value> value = Optional.ofNullable((Value) fields.members().get(LegacyShapes.VALUE));
    if (value.isEmpty() && !action.equals("DELETE")) {
      throw DynamoDbException.invalid(
          "Only DELETE action is allowed when no attribute value is specified");
    }
    String type = value.map(Value::type).orElse("");
    if (value.isPresent() && action.equals("DELETE") && !SETS.contains(type)) {
      throw DynamoDbException.invalid(
          "DELETE action with value is not supported for the type " + type);
    }
    if (action.equals("ADD") && !ADDABLE.contains(type)) {
      throw DynamoDbException.invalid("ADD action is not supported for the type " + type);
    }
    return new Update.Attribute(name, action, value);
  }
}

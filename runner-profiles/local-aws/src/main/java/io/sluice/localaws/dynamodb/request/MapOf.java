/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.request;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes a map from names, which may be any, to structures of one form. */
public record MapOf(Shape.Struct element) implements Shape {

  @Override
  public Map<String, Object> convert(Object tree) {
    if (!(tree instanceof Map<?, ?> map)) {
      throw DynamoDbException.serialization(
          tree instanceof List ? collection() : "Unexpected field type");
    }
    Map<String, Object> converted = new LinkedHashMap<>();
    map.forEach((name, value) -> converted.put((String) name, element.convert(value)));
    return converted;
  }

  /** Says that a list is in the place of the map. */
  public String collection() {
    return "Unrecognized collection type java.util.Map<java.lang.String, "
        + "com.amazonaws.dynamodb.v20120810."
        + element.name()
        + ">";
  }

  @Override
  public void check(Object value, String path, Violations out) {
    ((Map<?, ?>) value)
        .forEach((name, entry) -> element.check(entry, path + "." + name + ".member", out));
  }
}

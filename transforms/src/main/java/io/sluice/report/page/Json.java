/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** Takes a report apart. */
final class Json {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Json() {}

  /** Takes a member out of an object; an empty object when it is not there, or no object. */
  static ObjectNode take(ObjectNode object, String name) {
    return object.path(name).isObject()
        ? (ObjectNode) object.remove(name)
        : JSON.createObjectNode();
  }

  /** Takes a list of objects out of an object; an empty list when it is not there, or another. */
  static ArrayNode takeObjects(ObjectNode object, String name) {
    JsonNode list = object.path(name);
    boolean isOne =
        list.isArray()
            && StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::isObject);
    return isOne ? (ArrayNode) object.remove(name) : JSON.createArrayNode();
  }

  /** Returns the sum of the members that are numbers. */
  static double sum(JsonNode object) {
    return StreamSupport.stream(object.spliterator(), false).mapToDouble(JsonNode::asDouble).sum();
  }

  /** Returns the members with these names, of which those that are missing count as 0. */
  static double sum(JsonNode object, List<String> names) {
    return names.stream().mapToDouble(name -> object.path(name).asDouble()).sum();
  }

  static ObjectMapper mapper() {
    return JSON;
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the tags of a table, and checks them with the service's messages. */
final class Tags {

  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 256;
  private static final int MAX_TAGS = 50;

  private Tags() {}

  /** Reads a list of tags. */
  static Map<String, String> read(List<Fields> list) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Fields tag : list) {
      String key = key(tag.text("Key").orElse(null));
      String value = tag.text("Value").orElse(null);
      if (value == null || value.length() > MAX_VALUE) {
        throw DynamoDbException.validation("The Tag Value provided is invalid, Value: " + value);
      }
      if (tags.put(key, value) != null) {
        throw DynamoDbException.validation(
            "Duplicate Tag Keys provided as input: Duplicate Tag Key found " + key);
      }
    }
    return checkCount(tags);
  }

  /** Adds the tags of a TagResource request. */
  static Map<String, String> added(Map<String, String> tags, Fields request) {
    if (request.list("Tags").isEmpty()) {
      throw DynamoDbException.validation("Atleast one Tag needs to be provided as Input.");
    }
    Map<String, String> more = new LinkedHashMap<>(tags);
    more.putAll(read(request.list("Tags")));
    return checkCount(more);
  }

  /** Removes the tags of an UntagResource request. */
  static Map<String, String> removed(Map<String, String> tags, Fields request) {
    if (request.texts("TagKeys").isEmpty()) {
      throw DynamoDbException.validation("Atleast one Tag Key needs to be provided as Input.");
    }
    Map<String, String> fewer = new LinkedHashMap<>(tags);
    request.texts("TagKeys").forEach(key -> fewer.remove(key(key)));
    return fewer;
  }

  private static String key(String key) {
    if (key == null || key.isEmpty() || key.length() > MAX_KEY) {
      throw DynamoDbException.validation("The Tag Key provided is invalid, Key: " + key);
    }
    if (key.startsWith("aws:")) {
      throw DynamoDbException.validation("Tag Key cannot be prefixed with aws:, Key: " + key);
    }
    return key;
  }

  private static Map<String, String> checkCount(Map<String, String> tags) {
    if (tags.size() > MAX_TAGS) {
      throw DynamoDbException.validation(
          "Number of Tags exceed the current limit for the provided ResourceArn");
    }
    return tags;
  }
}

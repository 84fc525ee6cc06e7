/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.request.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads requests in which apostrophes stand for quotes, and describes parts of them. */
final class Requests {

  private static final JsonFactory JSON = new JsonFactory();

  private Requests() {}

  /** Reads a request. */
  static Map<String, Object> tree(String json) {
    try (JsonParser parser = JSON.createParser(json.replace('\'', '"'))) {
      return JsonTree.read(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Describes attributes that are strings. */
  static String attributes(String... names) {
    return List.of(names).stream()
        .map(name -> "{'AttributeName':'" + name + "','AttributeType':'S'}")
        .collect(Collectors.joining(",", "'AttributeDefinitions':[", "]"));
  }

  /** Describes a key by an attribute and H or R for each element. */
  static String keys(String... elements) {
    return List.of(elements).stream()
        .map(
            element ->
                "{'AttributeName':'"
                    + element.charAt(0)
                    + "','KeyType':'"
                    + (element.endsWith("H") ? "HASH" : "RANGE")
                    + "'}")
        .collect(Collectors.joining(",", "'KeySchema':[", "]"));
  }
}

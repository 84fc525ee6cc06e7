/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Reads settings from a command line. */
final class EndpointArguments {
  private EndpointArguments() {}

  static EndpointSettings parse(EndpointSettings defaults, String... args) throws IOException {
    ObjectNode tree = Json.tree(defaults);
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (!arg.startsWith("--") || equals < 0) {
        throw new IllegalArgumentException("'" + arg + "' must be --name=value");
      }
      String name = arg.substring(2, equals);
      String value = arg.substring(equals + 1);
      if (name.equals("settings")) {
        byte[] json = value.getBytes(UTF_8);
        Json.merge(tree, Json.parse(json, json.length));
      } else {
        set(tree, name, value);
      }
    }
    return Json.read(tree, EndpointSettings.class);
  }

  private static void set(ObjectNode tree, String name, String value) {
    ObjectNode at = tree;
    String[] steps = name.split("\\.", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      at = at.get(steps[i]) instanceof ObjectNode inner ? inner : at.putObject(steps[i]);
    }
    // A number in quotes is taken for a number.
    at.put(steps[steps.length - 1], value.equals("unlimited") ? "Infinity" : value);
  }
}

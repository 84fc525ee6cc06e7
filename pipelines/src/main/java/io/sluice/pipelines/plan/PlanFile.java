/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.planning.JobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plan in a file, with all that is needed to run it.
 *
 * @param verb that is planned
 * @param arguments of it, as they were typed
 * @param plan the plan in JSON
 * @param state what it depends on
 */
record PlanFile(String verb, List<String> arguments, String plan, JobState state) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERSION = 1;

  /**
   * Writes it, replacing a file that is there.
   *
   * @throws JobException when that is not possible
   */
  void write(String file) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    root.put("verb", verb);
    root.putPOJO("arguments", arguments);
    root.putPOJO("state", state.facts());
    try {
      root.set("plan", JSON.readTree(plan));
      Files.writeString(
          Path.of(file), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    } catch (IOException | InvalidPathException e) {
      throw new JobException("--out=" + file + " cannot be written: " + UserMessages.oneLine(e), e);
    }
  }

  /**
   * Reads it.
   *
   * @throws JobException when it is no plan
   */
  static PlanFile read(String file) {
    try {
      JsonNode root = JSON.readTree(Files.readString(Path.of(file)));
      if (root.path("version").asInt() != VERSION
          || !root.path("verb").isTextual()
          || !root.path("arguments").isArray()
          || !root.path("state").isObject()
          || !root.path("plan").isObject()) {
        throw new JobException("--apply=" + file + " is no plan of ./sluice plan --out");
      }
      List<String> arguments = new ArrayList<>();
      root.get("arguments").forEach(argument -> arguments.add(argument.asText()));
      Map<String, String> facts = new TreeMap<>();
      root.get("state")
          .properties()
          .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
      return new PlanFile(
          root.get("verb").textValue(),
          arguments,
          root.get("plan").toString(),
          new JobState(facts));
    } catch (JsonProcessingException e) {
      throw new JobException("--apply=" + file + " is no plan of ./sluice plan --out", e);
    } catch (IOException | InvalidPathException e) {
      throw new JobException("--apply=" + file + " cannot be read", e);
    }
  }
}

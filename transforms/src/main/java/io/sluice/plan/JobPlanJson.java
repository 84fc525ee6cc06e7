/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.plan.JobPlan.Figure;
import java.util.Locale;

/**
 * Writes a plan as JSON. A figure that is known is a number; bounds are an object with {@code low}
 * and {@code high}, the latter null if there is none; one of which nothing is known is the text
 * {@code "unknown"}.
 */
public final class JobPlanJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JobPlanJson() {}

  public static ObjectNode of(JobPlan plan) {
    ObjectNode root = JSON.createObjectNode();
    root.put("verb", plan.verb());
    root.put("title", plan.title());
    ObjectNode figures = root.putObject("figures");
    plan.figures().forEach((figure, estimate) -> figures.set(nameOf(figure), of(estimate)));
    ObjectNode indexes = root.putObject("indexWriteUnits");
    plan.indexWrites().forEach((index, estimate) -> indexes.set(index, of(estimate)));
    root.set("cost", of(plan.bill()));
    if (!plan.alternatives().isEmpty()) {
      ArrayNode ways = root.putArray("alternatives");
      for (Alternative way : plan.alternatives()) {
        ObjectNode one = ways.addObject().put("how", way.how());
        one.set("seconds", of(way.seconds()));
        one.set("dollars", of(way.dollars()));
      }
    }
    ArrayNode notes = root.putArray("notes");
    plan.notes().forEach(notes::add);
    if (!plan.parts().isEmpty()) {
      ArrayNode parts = root.putArray("parts");
      plan.parts().forEach(part -> parts.add(of(part)));
    }
    return root;
  }

  /** Writes a bill as JSON. */
  public static ObjectNode of(Bill bill) {
    ObjectNode cost = JSON.createObjectNode();
    cost.set("dollars", of(bill.dollars()));
    cost.put("prices", bill.pricesOf());
    ArrayNode lines = cost.putArray("lines");
    for (Charge charge : bill.charges()) {
      ObjectNode line = lines.addObject();
      line.put("what", charge.what());
      line.set("amount", of(charge.amount()));
      line.put("unit", charge.unit());
      line.put("price", charge.price());
      line.put("per", charge.per());
      line.set("dollars", of(charge.dollars()));
    }
    return cost;
  }

  /** Returns the member of a figure: {@code writeUnits}. */
  public static String nameOf(Figure figure) {
    String[] words = figure.name().toLowerCase(Locale.ROOT).split("_");
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return name.toString();
  }

  /** Reads a figure; unknown if there is none. */
  public static Estimate toEstimate(JsonNode figure) {
    if (figure.isNumber()) {
      return Estimate.exactly(figure.doubleValue());
    }
    if (!figure.isObject()) {
      return Estimate.UNKNOWN;
    }
    double low = figure.path("low").doubleValue();
    JsonNode high = figure.path("high");
    return high.isNumber() ? Estimate.between(low, high.doubleValue()) : Estimate.atLeast(low);
  }

  private static JsonNode of(Estimate estimate) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (!estimate.isKnown()) {
      return nodes.textNode("unknown");
    }
    if (estimate.isExact()) {
      return number(estimate.low());
    }
    ObjectNode bounds = nodes.objectNode();
    bounds.set("low", number(estimate.low()));
    bounds.set(
        "high", Double.isInfinite(estimate.high()) ? nodes.nullNode() : number(estimate.high()));
    return bounds;
  }

  private static JsonNode number(double value) {
    long whole = (long) value;
    return whole == value
        ? JsonNodeFactory.instance.numberNode(whole)
        : JsonNodeFactory.instance.numberNode(value);
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Writes any JSON value: tables of names and values, lists, numbers, times. Members of a section
 * have names of ours, which are written as words; what is deeper may have names of a table or of
 * its attributes, which stay as they are.
 */
final class Values {
  private static final int DEEPEST_HEADING = 6;

  /** The longest text that is not broken within a word. */
  private static final int LONG = 24;

  private Values() {}

  /** Writes a value with its heading, unless there is none. */
  static void section(Html html, String heading, JsonNode value, int level) {
    if (value.isMissingNode() || (value.isObject() && value.isEmpty())) {
      return;
    }
    html.add("h" + Math.min(level, DEEPEST_HEADING), heading);
    block(html, value, level);
  }

  private static void block(Html html, JsonNode value, int level) {
    if (value.isObject()) {
      members(html, (ObjectNode) value, level);
    } else if (!value.isArray()) {
      html.open("p");
      scalar(html, "", value);
      html.close("p");
    } else if (value.isEmpty()) {
      html.add("p", "none");
    } else if (all(value, JsonNode::isObject)) {
      table(html, value, level);
    } else {
      html.open("ul");
      for (JsonNode element : value) {
        html.open("li");
        if (element.isContainerNode()) {
          block(html, element, level + 1);
        } else {
          scalar(html, "", element);
        }
        html.close("li");
      }
      html.close("ul");
    }
  }

  /** Writes the plain members of an object as a table, and then the others. */
  static void members(Html html, ObjectNode object, int level) {
    List<Map.Entry<String, JsonNode>> plain = new ArrayList<>();
    List<Map.Entry<String, JsonNode>> nested = new ArrayList<>();
    object.properties().forEach(e -> (isPlain(e.getValue()) ? plain : nested).add(e));
    if (!plain.isEmpty()) {
      openFacts(html);
      for (Map.Entry<String, JsonNode> member : plain) {
        html.open("tr").open("th", "scope", "row");
        name(html, member.getKey(), level);
        html.close("th");
        cell(html, member.getKey(), member.getValue());
        html.close("tr");
      }
      closeFacts(html);
    }
    for (Map.Entry<String, JsonNode> member : nested) {
      html.open("h" + Math.min(level + 1, DEEPEST_HEADING));
      name(html, member.getKey(), level);
      html.close("h" + Math.min(level + 1, DEEPEST_HEADING));
      if (member.getValue().isEmpty()) {
        html.add("p", "none");
      } else {
        block(html, member.getValue(), level + 1);
      }
    }
  }

  private static void name(Html html, String name, int level) {
    if (level <= 2) {
      html.text(Texts.words(name));
    } else {
      html.add("code", name);
    }
  }

  /**
   * Writes objects as the rows of a table, with a column for each name; below it what is nested.
   */
  static void table(Html html, JsonNode rows, int level) {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
    openTable(html);
    html.open("thead").open("tr");
    for (String column : columns) {
      boolean isNumber = all(rows, row -> !row.has(column) || row.path(column).isNumber());
      String kind = isNumber ? "number" : "words";
      html.add("th", Texts.words(column), "scope", "col", "class", kind);
    }
    html.close("tr").close("thead").open("tbody");
    for (JsonNode row : rows) {
      html.open("tr");
      for (String column : columns) {
        JsonNode value = row.path(column);
        if (value.isContainerNode()) {
          html.open("td");
          block(html, value, level + 1);
          html.close("td");
        } else {
          cell(html, column, value);
        }
      }
      html.close("tr");
    }
    html.close("tbody");
    closeTable(html);
  }

  /** Begins a table of names and values. */
  static void openFacts(Html html) {
    html.open("table", "class", "facts").open("tbody");
  }

  static void closeFacts(Html html) {
    html.close("tbody").close("table");
  }

  /**
   * Writes a row of such a table, unless the value is null.
   *
   * @param what what it is
   * @param of the name of an index or the like; may be empty
   */
  static void fact(Html html, String what, String of, @Nullable JsonNode value) {
    if (value == null) {
      return;
    }
    html.open("tr").open("th", "scope", "row").text(what);
    if (!of.isEmpty()) {
      html.text(" ").add("code", of);
    }
    html.close("th");
    cell(html, what, value);
    html.close("tr");
  }

  /** Begins a table that is scrolled by itself where it is too wide, by keys as well. */
  static void openTable(Html html) {
    html.open("div", "class", "wide", "tabindex", "0").open("table");
  }

  static void closeTable(Html html) {
    html.close("table").close("div");
  }

  /** Writes a cell with a plain value; what it is shows in the name of its member. */
  static void cell(Html html, String name, JsonNode value) {
    if (value.isNumber() || isBounds(value)) {
      html.open("td", "class", "number");
    } else {
      html.open("td");
    }
    scalar(html, name, value);
    html.close("td");
  }

  private static boolean isPlain(JsonNode value) {
    return value.isValueNode() || isBounds(value);
  }

  /** Whether it is an estimate, which has a low and a high bound. */
  private static boolean isBounds(JsonNode value) {
    return value.isObject()
        && value.size() == 2
        && value.path("low").isNumber()
        && (value.path("high").isNumber() || value.path("high").isNull());
  }

  /** Writes a plain value; what it is shows in the name of its member. */
  static void scalar(Html html, String name, JsonNode value) {
    if (value.isMissingNode()) {
      return;
    }
    if (isBounds(value)) {
      html.text(value.path("high").isNull() ? "at least " : "");
      number(html, name, value.path("low"));
      if (value.path("high").isNumber()) {
        html.text(" to ");
        number(html, name, value.path("high"));
      }
      return;
    }
    if (value.isNull()) {
      html.text("\u2014");
    } else if (value.isBoolean()) {
      html.text(value.booleanValue() ? "yes" : "no");
    } else if (value.isNumber()) {
      number(html, name, value);
    } else {
      text(html, value.asText());
    }
  }

  /** Writes a number for people, with the exact one for whoever copies it. */
  static void number(Html html, String name, JsonNode value) {
    String text;
    if (name.matches("bytes|.*Bytes") && value.canConvertToLong()) {
      text = Texts.bytes(value.longValue());
    } else if (name.matches("dollars|.*Dollars")) {
      text = Texts.dollars(value.decimalValue());
    } else if (name.equals("price")) {
      text = "$" + value.decimalValue().stripTrailingZeros().toPlainString();
    } else {
      text = Texts.number(value.decimalValue());
    }
    html.add("data", text, "value", value.asText(), "title", value.asText());
  }

  private static void text(Html html, String text) {
    try {
      Instant time = Instant.parse(text);
      html.add("time", Texts.time(time), "datetime", text, "title", text);
    } catch (DateTimeParseException e) {
      html.add("bdi", text, "class", text.length() > LONG ? "long" : "short");
    }
  }

  private static boolean all(JsonNode array, Predicate<JsonNode> isOne) {
    return StreamSupport.stream(array.spliterator(), false).allMatch(isOne);
  }
}

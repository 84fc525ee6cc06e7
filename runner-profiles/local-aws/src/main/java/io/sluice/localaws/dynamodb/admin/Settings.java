/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.admin;

import io.sluice.localaws.dynamodb.fault.Fault;
import io.sluice.localaws.dynamodb.fault.FaultRule;
import io.sluice.localaws.dynamodb.fault.Latency;
import io.sluice.localaws.dynamodb.throttle.CapacitySettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads settings out of a JSON object; {@code unlimited} stands for an infinite number. */
final class Settings {

  private static final double NANOS_OF_MILLI = 1e6;

  private final Map<String, Object> members;

  Settings(Map<String, Object> members) {
    this.members = members;
  }

  /** Changes what the object names of {@code now}. */
  CapacitySettings capacity(CapacitySettings now) {
    checkNames(
        "enforced",
        "burstSeconds",
        "savedSeconds",
        "partitionRead",
        "partitionWrite",
        "splitAfterSeconds",
        "accountRead",
        "accountWrite",
        "limits");
    return new CapacitySettings(
        flag("enforced", now.enforced()),
        seconds("burstSeconds", now.burst()),
        seconds("savedSeconds", now.saved()),
        number("partitionRead").orElse(now.partitionRead()),
        number("partitionWrite").orElse(now.partitionWrite()),
        seconds("splitAfterSeconds", now.splitAfter()),
        number("accountRead").orElse(now.accountRead()),
        number("accountWrite").orElse(now.accountWrite()),
        members.containsKey("limits") ? limits() : now.limits());
  }

  private Map<String, CapacitySettings.Limit> limits() {
    Map<String, CapacitySettings.Limit> limits = new HashMap<>();
    for (String name : object("limits").members.keySet()) {
      Settings limit = object("limits").object(name);
      limit.checkNames("read", "write");
      limits.put(name, new CapacitySettings.Limit(limit.number("read"), limit.number("write")));
    }
    return limits;
  }

  /** Changes what the object names of {@code now}; operations are replaced together. */
  Latency latency(Latency now) {
    checkNames("millis", "jitterMillis", "operations");
    Map<String, Duration> operations = new HashMap<>();
    Settings named = object("operations");
    named.members.keySet().forEach(name -> operations.put(name, named.millis(name)));
    return new Latency(
        members.containsKey("millis") ? millis("millis") : now.usual(),
        members.containsKey("operations") ? operations : now.operations(),
        members.containsKey("jitterMillis") ? millis("jitterMillis") : now.jitter());
  }

  List<FaultRule> rules() {
    checkNames("rules");
    List<FaultRule> rules = new ArrayList<>();
    for (Settings rule : objects("rules")) {
      rule.checkNames(
          "operations", "share", "containing", "fault", "status", "message", "body", "millis");
      rules.add(
          new FaultRule(
              rule.texts("operations"),
              rule.number("share").orElse(1),
              Optional.ofNullable(rule.members.get("containing")).map(Object::toString),
              rule.fault()));
    }
    return rules;
  }

  /** Reads a fault: {@code body} makes it an answer, else {@code fault} names it. */
  Fault fault() {
    if (members.containsKey("body")) {
      checkWithout("an answer that is given", "fault", "message", "millis");
      return Fault.answer(count("status", 200), text("body", ""));
    }
    String text = text("fault", "");
    Fault fault =
        members.containsKey("millis") ? Fault.parse(text, millis("millis")) : Fault.parse(text);
    if (fault.kind() != Fault.Kind.ERROR) {
      checkWithout(text, "status", "message");
      return fault;
    }
    return Fault.error(
        fault.type(), count("status", fault.status()), text("message", fault.text()));
  }

  private void checkWithout(String fault, String... names) {
    for (String name : names) {
      if (members.containsKey(name)) {
        throw new IllegalArgumentException(name + " does not go with " + fault);
      }
    }
  }

  String text(String name, String otherwise) {
    Object value = members.getOrDefault(name, otherwise);
    if (!(value instanceof String text)) {
      throw wrong(name, "a string");
    }
    return text;
  }

  /** Gives a whole number that is not negative. */
  int count(String name, int otherwise) {
    double number = number(name).orElse(otherwise);
    if (number < 0 || number > Integer.MAX_VALUE || number != Math.rint(number)) {
      throw wrong(name, "a whole number that is not negative");
    }
    return (int) number;
  }

  private OptionalDouble number(String name) {
    Object value = members.get(name);
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (value.equals("unlimited")) {
      return OptionalDouble.of(CapacitySettings.UNLIMITED);
    }
    if (!(value instanceof BigDecimal number)) {
      throw wrong(name, "a number");
    }
    return OptionalDouble.of(number.doubleValue());
  }

  private boolean flag(String name, boolean otherwise) {
    Object value = members.getOrDefault(name, otherwise);
    if (!(value instanceof Boolean flag)) {
      throw wrong(name, "true or false");
    }
    return flag;
  }

  private Duration millis(String name) {
    return Duration.ofNanos(Math.round(number(name).orElse(0) * NANOS_OF_MILLI));
  }

  private Duration seconds(String name, Duration otherwise) {
    OptionalDouble seconds = number(name);
    return seconds.isPresent()
        ? Duration.ofNanos(Math.round(seconds.getAsDouble() * 1000 * NANOS_OF_MILLI))
        : otherwise;
  }

  private Set<String> texts(String name) {
    Set<String> texts = new HashSet<>();
    for (Object each : list(name)) {
      texts.add(each.toString());
    }
    return texts;
  }

  @SuppressWarnings("unchecked")
  private List<Settings> objects(String name) {
    List<Settings> objects = new ArrayList<>();
    for (Object each : list(name)) {
      if (!(each instanceof Map<?, ?> map)) {
        throw wrong(name, "a list of objects");
      }
      objects.add(new Settings((Map<String, Object>) map));
    }
    return objects;
  }

  private List<?> list(String name) {
    Object value = members.getOrDefault(name, List.of());
    if (!(value instanceof List<?> list)) {
      throw wrong(name, "a list");
    }
    return list;
  }

  @SuppressWarnings("unchecked")
  private Settings object(String name) {
    Object value = members.getOrDefault(name, Map.of());
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(name, "an object");
    }
    return new Settings((Map<String, Object>) map);
  }

  void checkNames(String... names) {
    for (String name : members.keySet()) {
      if (!Set.of(names).contains(name)) {
        throw new IllegalArgumentException(
            "'"
                + name
                + "' is no setting; there are "
                + (names.length == 0 ? "none" : String.join(", ", names)));
      }
    }
  }

  private static IllegalArgumentException wrong(String name, String what) {
    return new IllegalArgumentException(name + " must be " + what);
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.fault.Fault;
import io.sluice.localaws.dynamodb.fault.FaultRule;
import io.sluice.localaws.dynamodb.fault.Faults;
import io.sluice.localaws.dynamodb.fault.Latency;
import io.sluice.localaws.dynamodb.throttle.CapacitySettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes settings as {@link Settings} reads them. */
final class SettingsJson {

  private SettingsJson() {}

  static void write(JsonGenerator json, CapacitySettings settings) throws IOException {
    json.writeStartObject();
    json.writeBooleanField("enforced", settings.enforced());
    number(json, "burstSeconds", settings.burst().toMillis() / 1000.0);
    number(json, "savedSeconds", settings.saved().toMillis() / 1000.0);
    number(json, "partitionRead", settings.partitionRead());
    number(json, "partitionWrite", settings.partitionWrite());
    number(json, "splitAfterSeconds", settings.splitAfter().toMillis() / 1000.0);
    number(json, "accountRead", settings.accountRead());
    number(json, "accountWrite", settings.accountWrite());
    json.writeObjectFieldStart("limits");
    for (Map.Entry<String, CapacitySettings.Limit> limit :
        new TreeMap<>(settings.limits()).entrySet()) {
      json.writeObjectFieldStart(limit.getKey());
      number(json, "read", limit.getValue().read());
      number(json, "write", limit.getValue().write());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  static void write(JsonGenerator json, Latency latency) throws IOException {
    json.writeStartObject();
    number(json, "millis", millis(latency.usual()));
    number(json, "jitterMillis", millis(latency.jitter()));
    json.writeObjectFieldStart("operations");
    for (Map.Entry<String, Duration> each : new TreeMap<>(latency.operations()).entrySet()) {
      number(json, each.getKey(), millis(each.getValue()));
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  static void write(JsonGenerator json, Faults faults) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("rules");
    for (FaultRule rule : faults.rules()) {
      json.writeStartObject();
      json.writeArrayFieldStart("operations");
      for (String operation : new TreeSet<>(rule.operations())) {
        json.writeString(operation);
      }
      json.writeEndArray();
      number(json, "share", rule.share());
      if (rule.containing().isPresent()) {
        json.writeStringField("containing", rule.containing().get());
      }
      write(json, rule.fault());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("scripted", faults.scripted());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Fault fault) throws IOException {
    switch (fault.kind()) {
      case ERROR -> {
        json.writeStringField("fault", fault.type());
        json.writeNumberField("status", fault.status());
        json.writeStringField("message", fault.text());
      }
      case ANSWER -> {
        json.writeNumberField("status", fault.status());
        json.writeStringField("body", fault.text());
      }
      default -> {
        json.writeStringField("fault", fault.kind().text());
        if (fault.kind().hasTime()) {
          number(json, "millis", millis(fault.time()));
        }
      }
    }
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }

  private static void number(JsonGenerator json, String name, OptionalDouble number)
      throws IOException {
    if (number.isPresent()) {
      number(json, name, number.getAsDouble());
    }
  }

  private static void number(JsonGenerator json, String name, double number) throws IOException {
    if (Double.isInfinite(number)) {
      json.writeStringField(name, "unlimited");
    } else {
      json.writeNumberField(name, number);
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.report.page.Texts;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the page says of the report of a step.
 *
 * @param counts in words, such as "60 read"
 * @param dollars what it cost; null when the report does not say
 */
public record StepReport(List<String> counts, @Nullable BigDecimal dollars) {
  /** A report that is not there. */
  public static final StepReport NONE = new StepReport(List.of(), null);

  private static final ObjectMapper JSON = new ObjectMapper();

  public StepReport {
    counts = List.copyOf(counts);
  }

  boolean isThere() {
    return this != NONE;
  }

  /**
   * Reads a report.
   *
   * @throws IOException when it is none
   */
  public static StepReport of(byte[] json) throws IOException {
    JsonNode report;
    try {
      report = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IOException("not a report: " + e.getOriginalMessage(), e);
    }
    List<String> counts = new ArrayList<>();
    report.path("counts").properties().stream()
        .filter(count -> count.getValue().asLong() > 0)
        .forEach(count -> counts.add(count(count.getValue().asLong(), count.getKey())));
    units(report.at("/consumed/reads"), "read units", counts);
    units(report.at("/consumed/writes"), "write units", counts);
    JsonNode dollars = report.at("/cost/dollars");
    return new StepReport(counts, dollars.isNumber() ? dollars.decimalValue() : null);
  }

  private static String count(long count, String name) {
    return Texts.number(count) + " " + name;
  }

  private static void units(JsonNode consumed, String name, List<String> counts) {
    double units =
        consumed.path("table").asDouble()
            + StreamSupport.stream(consumed.path("indexes").spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .sum();
    if (units > 0) {
      counts.add(Texts.rounded(units) + " " + name);
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.report.page.ReportPage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The report of a finished job.
 *
 * @param job properties of the job: texts and numbers by name
 * @param tally its counts
 * @param sections further parts of the report: JSON texts by name
 */
public record JobReport(Map<String, Object> job, Tally tally, Map<String, String> sections) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REJECTED = "rejected";
  private static final Set<Count> OF_SOME_JOBS =
      EnumSet.complementOf(
          EnumSet.of(Count.READ, Count.SKIPPED, Count.DUPLICATES, Count.WITHHELD, Count.WRITTEN));
  private static final Set<String> OWN =
      Set.of("job", "counts", "addsUp", "rejections", "firstRejections", ConsumptionJson.NAME);

  public JobReport(Map<String, Object> job, Tally tally) {
    this(job, tally, Map.of());
  }

  /** Writes the report as JSON: the job's properties, the counts, and the first rejections. */
  public String toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.set("job", JSON.valueToTree(job));
    ObjectNode counts = root.putObject("counts");
    for (Count count : Count.values()) {
      if (!OF_SOME_JOBS.contains(count) || tally.count(count) > 0) {
        counts.put(nameOf(count), tally.count(count));
      }
    }
    counts.put(REJECTED, tally.rejected());
    root.put("addsUp", tally.addsUp());
    if (!tally.consumption().isNone()) {
      root.set(ConsumptionJson.NAME, JSON.valueToTree(ConsumptionJson.of(tally.consumption())));
    }
    ObjectNode reasons = root.putObject("rejections");
    tally.rejections().forEach((reason, n) -> reasons.put(reason.name(), n));
    var examples = root.putArray("firstRejections");
    for (Rejection example : tally.examples()) {
      examples
          .addObject()
          .put("stage", example.stage().name())
          .put("reason", example.reason().name())
          .put("message", example.message())
          .put("file", example.origin().file())
          .put("offset", example.origin().offset());
    }
    try {
      for (Map.Entry<String, String> section : sections.entrySet()) {
        root.set(section.getKey(), JSON.readTree(section.getValue()));
      }
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON, or not to be written as JSON", e);
    }
  }

  /** Writes the report as a page for a browser: one HTML file with all that the JSON has. */
  public String toHtml() {
    return ReportPage.of(toJson(), sums());
  }

  /** Returns, by the name of a count, those of its parts. */
  private static Map<String, List<String>> sums() {
    Map<String, List<String>> sums = new LinkedHashMap<>();
    for (Count count : Count.values()) {
      if (count.whole() != null) {
        sums.computeIfAbsent(nameOf(count.whole()), whole -> new ArrayList<>()).add(nameOf(count));
      }
    }
    sums.get(nameOf(Count.READ)).add(REJECTED);
    return sums;
  }

  /**
   * Parses the output of {@link #toJson}.
   *
   * @throws IllegalArgumentException when the text is not a report
   */
  public static JobReport fromJson(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      if (!root.path("job").isObject()
          || !root.path("counts").isObject()
          || !root.path("rejections").isObject()
          || !root.path("firstRejections").isArray()) {
        throw new IllegalArgumentException("not a report");
      }
      Map<Count, Long> counts = new EnumMap<>(Count.class);
      for (Count count : Count.values()) {
        counts.put(count, root.at("/counts/" + nameOf(count)).longValue());
      }
      Map<Reason, Long> rejections = new EnumMap<>(Reason.class);
      root.get("rejections")
          .properties()
          .forEach(e -> rejections.put(Reason.valueOf(e.getKey()), e.getValue().longValue()));
      List<Rejection> examples = new ArrayList<>();
      for (JsonNode example : root.get("firstRejections")) {
        examples.add(
            new Rejection(
                Rejection.Stage.valueOf(example.get("stage").textValue()),
                Reason.valueOf(example.get("reason").textValue()),
                example.get("message").textValue(),
                new Origin(example.get("file").textValue(), example.get("offset").longValue()),
                new byte[0],
                PayloadFormat.ITEM));
      }
      Map<String, Object> job = JSON.convertValue(root.get("job"), new TypeReference<>() {});
      Map<String, String> sections = new TreeMap<>();
      root.properties().stream()
          .filter(e -> !OWN.contains(e.getKey()))
          .forEach(e -> sections.put(e.getKey(), e.getValue().toString()));
      return new JobReport(
          job, new Tally(counts, rejections, examples, consumption(root)), sections);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a report", e);
    }
  }

  private static Consumption consumption(JsonNode root) throws JsonProcessingException {
    JsonNode json = root.get(ConsumptionJson.NAME);
    return json == null
        ? Consumption.NONE
        : JSON.treeToValue(json, ConsumptionJson.class).toConsumption();
  }

  private static String nameOf(Count count) {
    return count.name().toLowerCase(Locale.ROOT);
  }
}

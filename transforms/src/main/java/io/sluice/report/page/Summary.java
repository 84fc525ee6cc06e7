/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Writes the beginning of the page: what was done, whether it went well, the main figures. */
final class Summary {

  /** What a job is for, in the order in which it is looked for. */
  private static final List<String> AIMS =
      List.of(
          "written", "earlier", "writable", "kept", "matched", "deleted", "deletable", "unchanged");

  private Summary() {}

  /** Returns what the job was, such as "Import trips". */
  static String title(JsonNode report) {
    JsonNode job = report.path("job");
    String verb = Texts.words(job.path("pipeline").asText("Report"));
    return job.path("table").isTextual() ? verb + " " + job.path("table").asText() : verb;
  }

  static void write(Html html, JsonNode report) {
    JsonNode job = report.path("job");
    html.open("header").add("h1", title(report));
    StringJoiner line = new StringJoiner(" \u00b7 ");
    time(job, "started").ifPresent(time -> line.add("started " + Texts.time(time)));
    took(job).ifPresent(time -> line.add("took " + Texts.duration(time)));
    if (job.path("runner").isTextual()) {
      line.add(job.path("runner").asText());
    }
    html.add("p", line.toString(), "class", "note");
    states(html, report);
    figures(html, report);
    html.close("header");
  }

  private static void states(Html html, JsonNode report) {
    JsonNode counts = report.path("counts");
    html.open("ul", "class", "states");
    if (report.path("addsUp").isBoolean()) {
      if (report.path("addsUp").booleanValue()) {
        state(html, "good", "\u2713", "Every record is accounted for");
      } else {
        state(html, "bad", "\u2717", "The counts do not add up");
      }
    }
    warn(html, counts, "rejected", Rejections.areDifferences(report) ? "differ" : "rejected");
    warn(html, counts, "withheld", "withheld: too many rejections or deletes");
    warn(html, counts, "left", "left, because the time was up");
    warn(html, counts, "spared", "only in the table, and not deleted");
    long throttled =
        (long)
            (Json.sum(report.at("/consumed/writes/throttled"))
                + Json.sum(report.at("/consumed/reads/throttled")));
    if (throttled > 0) {
      state(html, "warn", "!", Texts.number(throttled) + " requests throttled by DynamoDB");
    }
    html.close("ul");
  }

  private static void warn(Html html, JsonNode counts, String count, String what) {
    if (counts.path(count).asLong() > 0) {
      state(html, "warn", "!", Texts.number(counts.path(count).asLong()) + " " + what);
    }
  }

  private static void state(Html html, String kind, String sign, String text) {
    html.open("li", "class", kind).add("span", sign, "aria-hidden", "true");
    html.text(" " + text).close("li");
  }

  private static void figures(Html html, JsonNode report) {
    JsonNode counts = report.path("counts");
    html.open("dl", "class", "figures");
    figure(html, "read", Texts.number(counts.path("read").asLong()));
    AIMS.stream()
        .filter(aim -> counts.path(aim).asLong() > 0)
        .findFirst()
        .ifPresent(aim -> figure(html, aim, Texts.number(counts.path(aim).asLong())));
    took(report.path("job"))
        .filter(time -> !time.isZero() && !time.isNegative())
        .ifPresent(
            time -> {
              double seconds = time.toMillis() / 1000.0;
              figure(html, "took", Texts.duration(time));
              figure(html, "read a second", Texts.rounded(counts.path("read").asLong() / seconds));
            });
    for (String part : List.of("writes", "reads")) {
      JsonNode units = report.path("consumed").path(part);
      if (units.isObject()) {
        double all = units.path("table").asDouble() + Json.sum(units.path("indexes"));
        figure(html, part.equals("writes") ? "write units" : "read units", Texts.rounded(all));
      }
    }
    if (report.at("/cost/dollars").isNumber()) {
      figure(html, "cost", Texts.dollars(report.at("/cost/dollars").decimalValue()));
    }
    html.close("dl");
  }

  private static void figure(Html html, String name, String value) {
    html.open("div").add("dt", Texts.words(name)).add("dd", value).close("div");
  }

  private static Optional<Instant> time(JsonNode job, String name) {
    try {
      return Optional.of(Instant.parse(job.path(name).asText()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> took(JsonNode job) {
    return time(job, "started")
        .flatMap(start -> time(job, "ended").map(end -> Duration.between(start, end)));
  }
}

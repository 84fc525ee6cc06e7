/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContaining;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.testing.ShownPage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** What is drawn of the units that a job took and was allowed. */
class ChartTest {
  private static final Instant START = Instant.parse("2026-11-30T19:20:04Z");

  /** Points of four seconds, the third of which had no units. */
  private static final String POINTS =
      """
      {"secondsPerPoint": 4, "points": [
        {"at": "2026-11-30T19:20:04Z", "units": 400.0, "allowed": 100.0},
        {"at": "2026-11-30T19:20:16Z", "units": 200.0, "allowed": 200.0},
        {"at": "2026-11-30T19:20:08Z", "units": 100.0, "allowed": 100.0}]}
      """;

  private static Rates rates(String json) {
    return Rates.of(SampleReport.parse(json)).orElseThrow();
  }

  private static Rates rates(int points, int secondsPerPoint) {
    ObjectNode consumed = SampleReport.parse("{}").put("secondsPerPoint", secondsPerPoint);
    ArrayNode list = consumed.putArray("points");
    for (int i = 0; i < points; i++) {
      list.addObject()
          .put("at", START.plusSeconds((long) i * secondsPerPoint).toString())
          .put("units", 10.0 * secondsPerPoint);
    }
    return Rates.of(consumed).orElseThrow();
  }

  private static Double[] boxed(double[] values) {
    return Arrays.stream(values).boxed().toArray(Double[]::new);
  }

  @Test
  void aGapIsZeroAndWhatIsAllowedStays() {
    Rates rates = rates(POINTS);
    assertThat(rates.start(), is(START));
    assertThat(rates.end(), is(START.plusSeconds(16)));
    assertThat(boxed(rates.used()), arrayContaining(100.0, 25.0, 0.0, 50.0));
    assertThat(boxed(rates.allowed()), arrayContaining(100.0, 100.0, 100.0, 200.0));
    assertThat(rates.meanUsed(), is(700.0 / 16));
    assertThat(rates.meanAllowed(), is(125.0));
    assertThat(rates.mostUsed(), is(100.0));
    assertThat(rates.leastAllowed(), is(100.0));
    assertThat(rates.mostAllowed(), is(Optional.of(200.0)));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "240,4,240,4", "241,4,121,8", "100000,10,240,4170"})
  void manyPointsAreDrawnAsFewSteps(int points, int seconds, int steps, long secondsPerStep) {
    Rates rates = rates(points, seconds);
    assertThat(rates.secondsPerStep(), is(secondsPerStep));
    assertThat(rates.used().length, is(steps));
    assertThat(rates.seconds(), is((long) points * seconds));
    for (double used : rates.used()) {
      assertThat(used, closeTo(10, 1e-9));
    }
    assertThat(rates.mostAllowed(), is(Optional.empty()));
  }

  @Test
  void nothingIsDrawnWithoutPoints() {
    for (String json :
        List.of("{}", "{\"points\":[]}", "{\"points\":[{\"at\":\"noon\",\"units\":1}]}")) {
      assertThat(json, Rates.of(SampleReport.parse(json)), is(Optional.empty()));
    }
  }

  private static ShownPage drawn(Rates rates) {
    Html html = new Html();
    html.open("body");
    Chart.draw(html, rates, "Write units");
    html.close("body");
    return ShownPage.of(html.end());
  }

  @Test
  void theAreaIsWhatWasUsedAndTheLineWhatWasAllowed() {
    ShownPage page = drawn(rates(POINTS));
    assertThat(
        page.all("path").stream().map(path -> path.getAttribute("d")).toList(),
        contains(
            "M0 200V100H250V175H500V200H750V150H1000V200Z", "M0 100H250V100H500V100H750V0H1000"));
    assertThat(
        page.all("text").stream().map(Element::getTextContent).toList(),
        contains("0", "50", "100", "150", "200", "19:20:05", "19:20:10", "19:20:15", "19:20:20"));
    assertThat(
        page.all("text").stream().skip(5).map(text -> text.getAttribute("x")).toList(),
        contains("6.3%", "37.5%", "68.8%", "100%"));
    assertThat(
        page.all("title").stream().map(Element::getTextContent).skip(2).findFirst().orElseThrow(),
        is("2026-11-30 19:20:12 UTC: used 0, allowed 100"));
  }

  @Test
  void whoDoesNotSeeItIsTold() {
    String words =
        "Write units a second, from 2026-11-30 19:20:04 UTC to 2026-11-30 19:20:20 UTC:"
            + " 43.75 on average, at most 100 in 4 s; allowed 100 to 200."
            + " That is 35\u00a0% of what was allowed.";
    ShownPage page = drawn(rates(POINTS));
    assertThat(page.ofClass("plot").get(0).getAttribute("aria-label"), is(words));
    assertThat(page.ofClass("note").get(0).getTextContent(), is(words));
  }

  @ParameterizedTest
  @CsvSource({"1000,true", "1001,false"})
  void whatIsFarAboveIsNotDrawn(double allowed, boolean isDrawn) {
    ObjectNode consumed = SampleReport.parse(POINTS);
    for (JsonNode point : consumed.get("points")) {
      ((ObjectNode) point).put("allowed", allowed);
    }
    ShownPage page = drawn(Rates.of(consumed).orElseThrow());
    assertThat(page.all("path").size(), is(isDrawn ? 2 : 1));
    assertThat(page.ofClass("above").size(), is(isDrawn ? 0 : 1));
    List<String> texts = page.all("text").stream().map(Element::getTextContent).toList();
    assertThat(texts.get(texts.indexOf("19:20:05") - 1), is(isDrawn ? "1,000" : "100"));
    assertThat(
        page.ofClass("note").get(0).getTextContent(),
        containsString("allowed " + (isDrawn ? "1,000. " : "1,001. ")));
  }

  @Test
  void withoutALimitThereIsNoLine() {
    ShownPage page = drawn(rates(3, 4));
    assertThat(page.all("path").size(), is(1));
    assertThat(page.ofClass("allowed").size(), is(0));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 0.2 0.4 0.6 0.8 1",
    "0.003,0 0.001 0.002 0.003",
    "1,0 0.2 0.4 0.6 0.8 1",
    "7,0 2 4 6 8",
    "500,0 100 200 300 400 500",
    "501,0 200 400 600",
    "120000,0 50000 100000 150000"
  })
  void numbersOfTheAxisAreRound(double most, String ticks) {
    List<Double> expected = Arrays.stream(ticks.split(" ")).map(Double::valueOf).toList();
    List<Double> numbers = Ticks.numbers(most);
    assertThat(numbers.size(), is(expected.size()));
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(numbers.get(i), closeTo(expected.get(i), 1e-9));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,19:20:04 19:20:05",
    "90,19:20:30 19:21:00 19:21:30",
    "680,19:22 19:24 19:26 19:28 19:30",
    "7200,19:30 20:00 20:30 21:00",
    "86400,00:00 06:00 12:00 18:00",
    "864000,1 Dec 3 Dec 5 Dec 7 Dec 9 Dec"
  })
  void timesOfTheAxisAreRound(long seconds, String labels) {
    Instant end = START.plusSeconds(seconds);
    List<String> times =
        Ticks.times(START, end).stream().map(Ticks.format(START, end)::format).toList();
    assertThat(String.join(" ", times), is(labels));
    assertThat(times.size(), is(lessThanOrEqualTo(6)));
  }
}

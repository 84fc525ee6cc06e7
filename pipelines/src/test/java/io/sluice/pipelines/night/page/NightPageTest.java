/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.sluice.pipelines.night.ledger.LedgerEvent.What;
import io.sluice.testing.ShownPage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class NightPageTest {

  private static ShownPage shown(SampleNight night, double minute) {
    return ShownPage.of(night.page(minute));
  }

  private static List<String> texts(List<Element> elements) {
    return elements.stream().map(e -> e.getTextContent().trim().replaceAll("\\s+", " ")).toList();
  }

  private static List<String> states(ShownPage page) {
    return texts(ShownPage.all(page.ofClass("states").get(0), "li"));
  }

  private static String figure(ShownPage page, String name) {
    return page.ofClass("figures").stream()
        .flatMap(list -> ShownPage.all(list, "div").stream())
        .filter(div -> ShownPage.all(div, "dt").get(0).getTextContent().equals(name))
        .map(div -> ShownPage.all(div, "dd").get(0).getTextContent())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> reloads(ShownPage page) {
    return page.all("meta").stream()
        .filter(meta -> meta.getAttribute("http-equiv").equals("refresh"))
        .map(meta -> meta.getAttribute("content"))
        .toList();
  }

  @Test
  void aNightInTheMiddle() {
    ShownPage page = shown(SampleNight.inTheMiddle(), 20);
    assertThat(
        states(page),
        contains("\u25b6 Running", "\u25c6 Held: 1 of 4 snapshots; readers have those before"));
    assertThat(figure(page, "Steps done"), is("2 of 7"));
    assertThat(figure(page, "Tables done"), is("1 of 4"));
    assertThat(figure(page, "Runs for"), is("20 min 0 s"));
    assertThat(figure(page, "Snapshot time"), is("2026-01-31 23:25:50 UTC"));
    assertThat(figure(page, "Cost so far"), is("$1.48"));
    assertThat(reloads(page), contains("5"));
    List<String> steps = texts(page.ofClass("step"));
    assertThat(steps.get(0), startsWith("\u2713 1 import done in 6 min 54 s 1,183,625 read"));
    assertThat(
        steps.get(1),
        startsWith("\u25c6 2 export done in 7 min 18 s, attempt 2, not published yet"));
    assertThat(
        steps.get(2),
        startsWith(
            "\u25b6 1 import runs for 7 min 48 s, attempt 2 812,345 of 1,183,000 written"
                + " 1,402/s, 2,804 of 3,000 units/s 4 min left 7 requests throttled"));
    assertThat(steps.get(3), startsWith("\u25cb 2 export waits"));
    assertThat(
        steps.get(4),
        startsWith(
            "\u25b6 1 capture runs for 4 min 0 s, attempt 3 12 read 0/s, 0 units/s Options"));
    assertThat(texts(page.all("li")), hasItem(containsString("failed with the exit code 1: no")));
    assertThat(texts(page.all("td")), contains("not called", "not called"));
  }

  /** What the first start had begun when it was killed, and what came after, is drawn. */
  @Test
  void attemptsAreDrawnOverTime() {
    ShownPage page = shown(SampleNight.inTheMiddle(), 20);
    List<String> bars =
        page.ofClass("bar-of").stream().map(bar -> bar.getAttribute("class")).toList();
    assertThat(
        bars,
        contains(
            "bar-of good",
            "bar-of warn",
            "bar-of good",
            "bar-of warn",
            "bar-of run",
            "bar-of warn",
            "bar-of bad",
            "bar-of run",
            "bar-of run"));
    Element killed = page.ofClass("bar-of").get(1);
    assertThat(killed.getAttribute("x"), is("35.00%"));
    assertThat(
        killed.getTextContent(),
        is("2 export: 2026-01-31 23:33:00 UTC to 2026-01-31 23:33:00 UTC, stopped"));
    assertThat(page.ofClass("bar-of").get(0).getAttribute("width"), is("34.50%"));
  }

  @Test
  void whatATableWaitsFor() {
    SampleNight night = new SampleNight().starts(0).begins(0, 0, 1);
    String text = shown(night, 1).text();
    assertThat(text, containsString("waits for trips"));
    assertThat(text, containsString("waits for its turn: tables at once: 3"));
    night.ends(1, 0, 1, 0).begins(1, 0, 2).ends(2, 0, 2, 0);
    assertThat(shown(night, 3).text(), not(containsString("waits for trips")));
  }

  @Test
  void aNightThatIsDoneDoesNotReload() {
    SampleNight night = new SampleNight().starts(0);
    int[][] steps = {{0, 1}, {0, 2}, {1, 1}, {1, 2}, {2, 1}, {2, 2}, {3, 1}};
    for (int[] step : steps) {
      night.begins(1, step[0], step[1]).ends(2, step[0], step[1], 0);
    }
    night.of(What.PUBLISHING, 3, null, null).publishes(3, 0, 2);
    assertThat(
        states(shown(night, 3)), contains("\u25b6 Running", "! Published: 1 of 4 snapshots"));
    night.publishes(4, 1, 2).publishes(4, 2, 2).publishes(4, 3, 1);
    night.of(What.HOOK, 5, null, "onSuccess; example.com: it answers HTTP 500");
    night.of(What.ENDED, 5, 0, null);
    ShownPage page = shown(night, 9);
    assertThat(states(page), contains("\u2713 Done", "\u2713 All snapshots are published: 4"));
    assertThat(figure(page, "Took"), is("5 min 0 s"));
    assertThat(figure(page, "Steps done"), is("7 of 7"));
    assertThat(reloads(page), is(empty()));
    assertThat(
        texts(page.all("td")),
        contains(
            "called at 2026-01-31 23:31:00 UTC; example.com: it answers HTTP 500", "not called"));
  }

  @Test
  void aNightThatHasFailedOrWasStoppedSaysWhy() {
    SampleNight night = new SampleNight().starts(0).begins(0, 0, 1).ends(1, 0, 1, 3);
    ShownPage stopped =
        ShownPage.of(
            NightPage.of(
                night.status(2, false, "it was ended from outside"),
                PageFile.of("/lake/night.html"),
                15));
    assertThat(states(stopped).get(0), is("\u2717 Stopped: it was ended from outside"));
    assertThat(reloads(stopped), is(empty()));
    night.of(What.ENDED, 2, 1, "not done: trips, orders");
    ShownPage failed = shown(night, 3);
    assertThat(states(failed).get(0), is("\u2717 Failed, not done: trips, orders"));
    assertThat(reloads(failed), is(empty()));
    assertThat(
        texts(failed.ofClass("step")).get(0),
        startsWith("\u2717 1 import failed after 1 min 0 s with the exit code 3 Options"));
    assertThat(failed.text(), containsString("was not begun"));
    night.starts(4);
    assertThat(
        texts(shown(night, 4).ofClass("step")).get(0),
        startsWith("\u25cb 1 import waits, failed after 1 min 0 s with the exit code 3 before"));
  }

  @Test
  void itLinksToReportsInTheSameStore() {
    ShownPage page = shown(SampleNight.inTheMiddle(), 20);
    assertThat(
        page.all("a").stream().map(a -> a.getAttribute("href")).toList(),
        hasItem("./nights/nightly/runs/20260131T232600/steps/trips-1-import.html"));
    PageFile here = PageFile.of("/lake/pages/night.html");
    assertThat(here.linkTo("/lake/x y/a:b%.html").orElseThrow(), is("./../x%20y/a:b%25.html"));
    assertThat(here.linkTo("s3://lake/a.html").isEmpty(), is(true));
  }

  @Test
  void itHasNoSecretsAndReadsNamesAsTexts() {
    String html = SampleNight.inTheMiddle().page(20);
    assertThat(html, not(containsString("hushhush")));
    assertThat(html, containsString("example.com"));
    assertThat(html, containsString("notify-send"));
    assertThat(html, not(containsString("<script")));
  }
}

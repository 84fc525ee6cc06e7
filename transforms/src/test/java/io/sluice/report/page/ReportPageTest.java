/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.item.Reason;
import io.sluice.report.Count;
import io.sluice.testing.ShownPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class ReportPageTest {

  /** All that the page is made of. None of them can load or run anything. */
  private static final Set<String> ELEMENTS =
      Set.of(
          ("html head meta title style body main header footer h1 h2 h3 h4 h5 h6 p ul ol li dl div dt"
                  + " dd table thead tbody tfoot tr th td b bdi code data time small span wbr pre"
                  + " details summary figure figcaption svg path line rect text")
              .split(" "));

  private static final Set<String> ATTRIBUTES =
      Set.of(
          ("lang charset http-equiv content name class role scope tabindex value title datetime"
                  + " aria-label aria-hidden width height viewBox preserveAspectRatio x y x1 x2 y1 y2"
                  + " d fill stroke vector-effect text-anchor")
              .split(" "));

  private static ShownPage shown(ObjectNode report) {
    return ShownPage.of(SampleReport.page(report));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 170, 2_000})
  void showsAllThatTheReportHas(int points) throws IOException {
    ObjectNode report = SampleReport.of(points);
    ShownPage page = shown(report);
    String shownAsOthers = "{\"S\":\"\u2400\ufffdKoln\"}";
    assertThat(page.text(), containsString(shownAsOthers));
    assertThat(page.missing(report.toString()), is(empty()));
  }

  @Test
  void whatIsNotShownIsFound() throws IOException {
    ShownPage page = shown(SampleReport.of(2));
    assertThat(
        page.missing("{\"a\":[\"not there\",77177,{\"b\":-0.25}]}"),
        contains("not there", "77177"));
  }

  @Test
  void namesAreNeverHtml() {
    ShownPage page = shown(SampleReport.of(170));
    Set<String> attributes = new TreeSet<>();
    for (Element element : page.all("*")) {
      assertThat(element.getTagName(), is(in(ELEMENTS)));
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        attributes.add(element.getAttributes().item(i).getNodeName());
      }
    }
    assertThat(attributes, everyItem(is(in(ATTRIBUTES))));
    assertThat(page.all("h1").get(0).getTextContent(), is("Import " + SampleReport.TABLE));
    assertThat(page.text(), containsString("s3://lake/trips/<img src=x onerror=alert(1)>.csv"));
    assertThat(page.text(), containsString("Berlin </td></table><b>"));
  }

  @Test
  void loadsAndRunsNothing() throws Exception {
    String html = SampleReport.page(SampleReport.of(170));
    String css = ShownPage.of(html).all("style").get(0).getTextContent();
    String hash =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8)));
    assertThat(
        ShownPage.of(html).all("meta").get(1).getAttribute("content"),
        startsWith("default-src 'none'; style-src 'sha256-" + hash + "'; "));
    assertThat(html, not(containsString("url(")));
    assertThat(html, not(containsString("@import")));
    assertThat(html, not(containsString("http://")));
  }

  @Test
  void theCountsAddUpOnThePage() {
    ShownPage page = shown(SampleReport.of(2));
    assertThat(
        page.ofClass("equation").get(0).getTextContent(),
        is("183,625 read = 625 duplicates + 182,996 written + 4 rejected"));
    for (Element table : page.ofClass("bars")) {
      List<Element> whole = ShownPage.all(table, "tfoot");
      if (!whole.isEmpty()) {
        long sum = 0;
        for (Element row : ShownPage.all(ShownPage.all(table, "tbody").get(0), "tr")) {
          sum += number(ShownPage.all(row, "td").get(0));
        }
        assertThat(sum, is(number(ShownPage.all(whole.get(0), "td").get(0))));
      }
    }
    assertThat(
        page.ofClass("good").get(0).getTextContent(), is("\u2713 Every record is accounted for"));
    assertThat(page.ofClass("bad"), is(empty()));
  }

  private static long number(Element cell) {
    return Long.parseLong(cell.getTextContent().replace(",", ""));
  }

  @Test
  void whatIsNotAccountedForIsShown() {
    ObjectNode report = SampleReport.of(2);
    ((ObjectNode) report.get("counts")).put("written", 182_990);
    report.put("addsUp", false);
    ShownPage page = shown(report);
    assertThat(
        page.ofClass("bad").stream().map(Element::getTextContent).toList(),
        contains("\u2717 The counts do not add up", " + 6 that are not accounted for"));
    assertThat(page.ofClass("good"), is(empty()));
  }

  @Test
  void everyCountAndReasonIsExplained() {
    List<String> unknown = new ArrayList<>();
    for (Count count : Count.values()) {
      String name = count.name().toLowerCase(Locale.ROOT);
      if (count != Count.READ && Words.ofCount(name).isEmpty()) {
        unknown.add(name);
      }
    }
    for (Reason reason : Reason.values()) {
      if (Words.ofReason(reason.name()).isEmpty()) {
        unknown.add(reason.name());
      }
    }
    assertThat(unknown, is(empty()));
  }

  @Test
  void throttlesHaveTheirReasons() {
    ShownPage page = shown(SampleReport.of(2));
    assertThat(
        page.ofClass("warn").get(1).getTextContent(), is("! 35 requests throttled by DynamoDB"));
    Element table = page.ofClass("bars").get(2);
    assertThat(
        ShownPage.all(table, "tr").stream().map(Element::getTextContent).toList(),
        contains(
            "LimitRequestsShare",
            "the provisioned capacity of table trips3188.6\u00a0%",
            "the limit of a partition of index by<b> of table trips411.4\u00a0%",
            "All limits35"));
  }

  @Test
  void differencesAreNoRejections() {
    ObjectNode report =
        SampleReport.parse(
            """
            {"job": {"pipeline": "verify"}, "counts": {"read": 3, "matched": 1, "rejected": 2},
             "addsUp": true, "rejections": {"MISSING": 2}, "firstRejections": []}
            """);
    ShownPage page =
        ShownPage.of(
            ReportPage.of(
                report.toString(),
                java.util.Map.of("read", List.of("written", "matched", "rejected"))));
    assertThat(
        page.ofClass("equation").get(0).getTextContent(), is("3 read = 1 matched + 2 different"));
    assertThat(
        page.all("h2").stream().map(Element::getTextContent).toList(), hasItem("Differences"));
  }

  @Test
  void whatWasPlannedIsBesideTheCost() {
    ShownPage page = shown(SampleReport.of(2));
    assertThat(
        ShownPage.all(page.ofClass("bill").get(0), "tr").stream()
            .map(Element::getTextContent)
            .toList(),
        contains(
            "ForCostPlanned",
            "write requests$0.11182,996 write units at $0.625 per 1,000,000"
                + "$0.11 to $0.12180,001 to 190,001 write units at $0.625 per 1,000,000",
            "S3 requestsunknownunknown requests at $5 per 1,000,000",
            "Together$0.11at least $0.13"));
    assertThat(page.text(), containsString("at least 180,000"));
    assertThat(page.all("h2").stream().map(Element::getTextContent).toList(), hasItem("Plan"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"job\":7,\"counts\":[],\"rejections\":null,\"firstRejections\":{},\"consumed\":\"no\"}",
        "{\"consumed\":{\"writes\":{\"points\":[{\"at\":\"noon\",\"units\":1}]},\"reads\":5}}",
        "{\"survey\":{\"hottestPartitionKeys\":1,\"itemsUpToBytes\":{\"much\":1},\"largest\":[3]}}",
        "{\"schema\":{\"avro\":[],\"notes\":\"none\"},\"cost\":{\"lines\":3,\"dollars\":\"many\"}}"
      })
  void whatHasAnotherShapeIsShownAsItIs(String json) throws IOException {
    assertThat(shown(SampleReport.parse(json)).missing(json), is(empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "7", "{"})
  void otherTextsAreNoReports(String json) {
    assertThrows(IllegalArgumentException.class, () -> ReportPage.of(json, SampleReport.SUMS));
  }

  @Test
  void pagesAreKnownByTheirEnding() {
    for (String page : List.of("a.html", "s3://b/c.d/REPORT.HTML", "x.Htm")) {
      assertThat(page, ReportPage.isPage(page), is(true));
    }
    for (String json : List.of("a.json", "html", "a.html.json", "a.html/report", "report")) {
      assertThat(json, ReportPage.isPage(json), is(false));
    }
  }
}

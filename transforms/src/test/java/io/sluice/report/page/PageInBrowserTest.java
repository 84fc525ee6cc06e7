/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Chromium;
import io.sluice.testing.PageInBrowser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The page of a report as a browser shows it. The pictures stay in {@code target/report-page}, to
 * be looked at.
 */
@Timeout(300)
class PageInBrowserTest {
  private static final String CHART =
      """
      (page, {rgb, contrast, behind, style}) => {
        const labels = [...page.querySelectorAll('.over-time text')].map(e => e.getBoundingClientRect());
        const used = page.querySelector('path.used'), line = page.querySelector('path.allowed');
        return {
          labels: labels.length,
          lower: page.querySelector('.over-time').getBoundingClientRect().top
            - page.querySelector('.numbers').getBoundingClientRect().top,
          overlapping: labels.filter((r, i) => i > 0 && labels[i - 1].right + 4 > r.left).length,
          chart: used.getBoundingClientRect().width,
          chartHeight: used.getBoundingClientRect().height,
          area: contrast(rgb(style(used).fill), behind(used.closest('div'))),
          line: contrast(rgb(style(line).stroke), behind(line.closest('div')))
        };
      }
      """;

  @TempDir Path folder;

  private PageInBrowser page;

  @BeforeEach
  void serve() throws IOException {
    page = PageInBrowser.of(SampleReport.page(SampleReport.of(170)), folder, CHART);
  }

  @AfterEach
  void stop() {
    if (page != null) {
      page.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Chromium.Scheme.class)
  void isReadable(Chromium.Scheme scheme) throws Exception {
    List<JsonNode> frames = page.measure(scheme, 500);
    for (int i = 0; i < frames.size(); i++) {
      int width = PageInBrowser.WIDTHS.get(i);
      JsonNode chart = frames.get(i).get("more");
      String all = scheme + ", " + width + ": " + chart;
      assertThat(all, chart.get("labels").asInt(), is(greaterThanOrEqualTo(3)));
      assertThat(all, chart.get("lower").asDouble(), is(0.0));
      assertThat(all, chart.get("overlapping").asInt(), is(0));
      assertThat(all, chart.get("chart").asDouble(), is(greaterThan(0.7 * Math.min(900, width))));
      assertThat(all, chart.get("chartHeight").asDouble(), is(closeTo(131, 3)));
      assertThat(all, chart.get("area").asDouble(), is(greaterThan(3.0)));
      assertThat(all, chart.get("line").asDouble(), is(greaterThan(3.0)));
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,400", "DARK,400", "LIGHT,1280", "DARK,1280"})
  void isAPicture(Chromium.Scheme scheme, int width) throws Exception {
    page.picture(
        scheme,
        width,
        3000,
        Path.of(System.getProperty("sluice.root"), "transforms/target/report-page"));
  }

  @Test
  void aBrowserReadsNamesAsTexts() throws Exception {
    String dom = page.dom();
    assertThat(
        dom.contains("<h1>Import trips&lt;script&gt;alert(1)&lt;/script&gt;</h1>"), is(true));
    assertThat(dom.contains("<script"), is(false));
  }
}

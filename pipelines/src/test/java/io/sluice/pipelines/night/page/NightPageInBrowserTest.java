/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Chromium;
import io.sluice.testing.PageInBrowser;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The page of a night as a browser shows it. The pictures stay in {@code target/night-page}, to be
 * looked at.
 */
@Timeout(300)
class NightPageInBrowserTest {
  private static final String LANES =
      """
      (page, {rgb, contrast, behind, style}) => {
        const labels = [...page.querySelectorAll('.lanes text')].map(e => e.getBoundingClientRect());
        const bars = [...page.querySelectorAll('.bar-of')];
        return {
          labels: labels.length,
          overlapping: labels.filter((r, i) => i > 0 && labels[i - 1].right + 4 > r.left).length,
          bars: bars.length,
          lane: page.querySelector('.lanes .track').getBoundingClientRect().width,
          faintest: Math.min(...bars.map(b => contrast(rgb(style(b).fill), behind(b.closest('div')))))
        };
      }
      """;

  @TempDir Path folder;

  private PageInBrowser page;

  @BeforeEach
  void serve() throws IOException {
    page = PageInBrowser.of(SampleNight.inTheMiddle().page(20), folder, LANES);
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
    for (JsonNode frame : page.measure(scheme, 70)) {
      JsonNode lanes = frame.get("more");
      String all = scheme + ", " + lanes;
      assertThat(all, lanes.get("labels").asInt(), is(greaterThan(2)));
      assertThat(all, lanes.get("overlapping").asInt(), is(0));
      assertThat(all, lanes.get("bars").asInt(), is(9));
      assertThat(all, lanes.get("lane").asDouble(), is(greaterThan(300.0)));
      assertThat(all, lanes.get("faintest").asDouble(), is(greaterThan(3.0)));
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,400", "DARK,400", "LIGHT,1280", "DARK,1280"})
  void isAPicture(Chromium.Scheme scheme, int width) throws Exception {
    page.picture(
        scheme,
        width,
        width > 1000 ? 1700 : 3000,
        Path.of(System.getProperty("sluice.root"), "pipelines/target/night-page"));
  }
}

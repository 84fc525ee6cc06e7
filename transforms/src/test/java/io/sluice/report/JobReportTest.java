/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.testing.ShownPage;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobReportTest {
  private static final Tally TALLY =
      new Tally(
          Map.of(Count.READ, 5_000_000_000L, Count.WRITTEN, 4_999_999_998L),
          Map.of(Reason.MALFORMED, 2L),
          List.of(
              rejection("a quote \" and a line\nend", new Origin("s3://b/\u00e9.csv", 7)),
              rejection("not JSON", new Origin("s3://b/x.csv", 1L << 40))));

  private static Rejection rejection(String message, Origin origin) {
    return new Rejection(
        Rejection.Stage.READ, Reason.MALFORMED, message, origin, new byte[0], PayloadFormat.ITEM);
  }

  @Test
  void comesBackFromJson() {
    for (Tally tally : List.of(TALLY, Tally.EMPTY)) {
      JobReport report =
          new JobReport(Map.of("pipeline", "import", "shards", 8, "ratio", 0.5), tally);
      JobReport back = JobReport.fromJson(report.toJson());
      assertThat(back.job(), equalTo(report.job()));
      assertThat(back.tally().rejections(), equalTo(tally.rejections()));
      assertThat(back.tally().examples(), equalTo(tally.examples()));
      for (Count count : Count.values()) {
        assertThat(back.tally().count(count), is(tally.count(count)));
      }
      assertThat(back.toJson(), is(report.toJson()));
    }
  }

  @Test
  void asJson() {
    TreeMap<String, Object> job = new TreeMap<>(Map.of("table", "trips", "pipeline", "import"));
    Tally tally =
        new Tally(
            Map.of(Count.READ, 3L, Count.WRITTEN, 2L),
            Map.of(Reason.HEADER, 1L),
            List.of(
                new Rejection(
                    Rejection.Stage.READ,
                    Reason.HEADER,
                    "why",
                    new Origin("a.csv", 4),
                    new byte[0],
                    PayloadFormat.ITEM)));
    assertThat(
        new JobReport(job, tally).toJson().replace("\r\n", "\n"),
        is(
            """
            {
              "job" : {
                "pipeline" : "import",
                "table" : "trips"
              },
              "counts" : {
                "read" : 3,
                "skipped" : 0,
                "duplicates" : 0,
                "withheld" : 0,
                "written" : 2,
                "rejected" : 1
              },
              "addsUp" : true,
              "rejections" : {
                "HEADER" : 1
              },
              "firstRejections" : [ {
                "stage" : "READ",
                "reason" : "HEADER",
                "message" : "why",
                "file" : "a.csv",
                "offset" : 4
              } ]
            }
            """));
  }

  @Test
  void theSumsOfAPageHaveAllParts() {
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    long n = 1;
    for (Count count : Count.values()) {
      counts.put(count, n);
      n *= 2;
    }
    for (Count whole : List.of(Count.READ, Count.SURPLUS)) {
      long sum = whole == Count.READ ? 2 : 0;
      for (Count count : Count.values()) {
        sum += count.whole() == whole ? counts.get(count) : 0;
      }
      counts.put(whole, sum);
    }
    Tally tally = new Tally(counts, Map.of(Reason.MALFORMED, 2L), List.of());
    assertThat(tally.addsUp(), is(true));
    ShownPage page = ShownPage.of(new JobReport(Map.of(), tally).toHtml());
    assertThat(page.ofClass("equation").size(), is(2));
    assertThat(page.ofClass("bad"), is(empty()));
    assertThat(
        page.ofClass("equation").get(1).getTextContent(),
        is(
            String.format(
                Locale.ROOT,
                "%,d surplus = %,d pruned + %,d prunable + %,d retained + %,d spared",
                counts.get(Count.SURPLUS),
                counts.get(Count.PRUNED),
                counts.get(Count.PRUNABLE),
                counts.get(Count.RETAINED),
                counts.get(Count.SPARED))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "[]", "null", "x", "{\"job\":{},\"counts\":{}}"})
  void otherTextsAreNoReports(String json) {
    assertThrows(IllegalArgumentException.class, () -> JobReport.fromJson(json));
  }
}

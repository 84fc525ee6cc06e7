/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.survey;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.capacity.Capacity;
import io.sluice.capacity.TableCapacity;
import io.sluice.capacity.WriteLoad;
import io.sluice.item.Origin;
import io.sluice.report.JobReport;
import io.sluice.report.Tally;
import io.sluice.survey.SurveySection.HotKeys;
import io.sluice.survey.SurveySection.LargeItem;
import io.sluice.survey.SurveySection.WriteUnits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SurveySectionTest {
  private static final SurveySection SECTION =
      new SurveySection(
          3,
          2,
          5_000_000_000L,
          6_000_000_000L,
          new WriteUnits(20, 7, Map.of("by_n", 7L)),
          inOrder(128, 2L, 1024, 1L),
          List.of(new LargeItem(1000, "a \"b\".csv", 1L << 40), new LargeItem(9, "", 0)),
          new HotKeys(1, inOrder("z", 2L, "\u00e9\n", 1L)));

  private static <K> Map<K, Long> inOrder(K first, long n, K second, long m) {
    Map<K, Long> counts = new LinkedHashMap<>();
    counts.put(first, n);
    counts.put(second, m);
    return counts;
  }

  private static JobReport report(Map<String, String> sections) {
    return JobReport.fromJson(new JobReport(Map.of(), Tally.EMPTY, sections).toJson());
  }

  @Test
  void asJson() {
    assertThat(
        SECTION.toJson().replace('"', '\''),
        is(
            "{'items':3,'deletes':2,'bytes':5000000000,'jsonBytes':6000000000,"
                + "'writeUnits':{'table':20,'indexes':7,'ofIndex':{'by_n':7}},"
                + "'itemsUpToBytes':{'128':2,'1024':1},"
                + "'largest':[{'bytes':1000,'file':'a \\'b\\'.csv','offset':1099511627776},"
                + "{'bytes':9,'file':'','offset':0}],"
                + "'hottestPartitionKeys':{'countsTooSmallByAtMost':1,"
                + "'items':{'z':2,'\u00e9\\n':1}}}"));
  }

  @Test
  void comesBackFromAReport() {
    SurveySection back =
        SurveySection.of(report(Map.of(SurveySection.NAME, SECTION.toJson()))).orElseThrow();
    assertThat(back, equalTo(SECTION));
    assertThat(back.itemsUpToBytes().keySet(), contains(128, 1024));
    assertThat(back.hottestPartitionKeys().items().keySet(), contains("z", "\u00e9\n"));
    assertThat(back.largest().get(1).origin(), is(Origin.UNKNOWN));
  }

  @Test
  void aJobThatMadeNoneHasNone() {
    assertThat(SurveySection.of(report(Map.of())), is(Optional.empty()));
  }

  @Test
  void anotherSectionIsNone() {
    JobReport report = report(Map.of(SurveySection.NAME, "{\"readUnits\":1.0}"));
    assertThrows(IllegalArgumentException.class, () -> SurveySection.of(report));
  }

  @Test
  void whatLocalIndexesTakeIsTheTables() {
    SurveySection section =
        new SurveySection(
            3,
            4,
            9,
            90,
            new WriteUnits(20, 12, Map.of("global", 7L, "local", 5L)),
            Map.of(),
            List.of(),
            new HotKeys(0, Map.of()));
    Capacity capacity = Capacity.provisioned(1, 1);
    assertThat(
        section.load(new TableCapacity(false, capacity, Map.of("global", capacity))),
        is(new WriteLoad(7, 25, Map.of("global", 7.0))));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.sluice.capacity.Throttle;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ConsumptionTest {
  private static final long START = 1_700_000_000;

  private static Tally of(UnitMeter meter) {
    return Tally.of(Consumption.ofWrites(meter.take()));
  }

  @Property(tries = 200)
  void noUnitIsLostWhateverTheBundlesAndTheirTimes(
      @ForAll @Size(max = 40)
          List<@Size(max = 40) List<@IntRange(max = 100_000) Integer>> bundles) {
    Tally sum = Tally.EMPTY;
    long requests = 0;
    for (List<Integer> bundle : bundles) {
      UnitMeter meter = new UnitMeter();
      for (int second : bundle) {
        meter.answered(Map.of(Throttle.TABLE, 2.5, "by-day", 1.0), second, START + second);
        requests++;
      }
      sum = sum.plus(of(meter));
    }
    ConsumedUnits writes = sum.consumption().writes();
    assertThat(writes.requests(), is(requests));
    assertThat(writes.table(), is(2.5 * requests));
    assertThat(writes.total(), is(3.5 * requests));
    Timeline timeline = writes.timeline();
    assertThat(timeline.points().size(), lessThanOrEqualTo(Timeline.MOST_POINTS));
    assertThat(
        timeline.points().values().stream().mapToDouble(Timeline.Point::units).sum(),
        is(2.5 * requests));
    timeline
        .points()
        .keySet()
        .forEach(second -> assertThat(second % timeline.secondsPerPoint(), is(0L)));
  }

  @Test
  void aLongBundleIsFoldedAsItGrows() {
    UnitMeter meter = new UnitMeter();
    for (int second = 0; second < 5_000; second++) {
      meter.answered(Map.of(Throttle.TABLE, 1.0), 10, START + second);
    }
    Timeline timeline = meter.take().timeline();
    assertThat(timeline.secondsPerPoint(), is(32L));
    assertThat(timeline.points().get(START - START % 32 + 32), is(new Timeline.Point(32, 10)));
  }

  @Test
  void theReportHasIt() {
    UnitMeter meter = new UnitMeter();
    meter.answered(Map.of(Throttle.TABLE, 25.0, "by-day", 24.0), 50, START);
    meter.failed();
    meter.throttled(List.of("the provisioned capacity of table trips"));
    meter.throttled(List.of());
    JobReport report = new JobReport(Map.of("table", "trips"), of(meter));
    JobReport back = JobReport.fromJson(report.toJson());
    assertThat(back.tally().consumption(), is(report.tally().consumption()));
    assertThat(
        report.toJson().replaceAll("\\s", ""),
        containsString(
            "\"consumed\":{\"writes\":{\"table\":25.0,\"indexes\":{\"by-day\":24.0},\"requests\":2,"
                + "\"throttled\":{\"alimitthatwasnotnamed\":1,"
                + "\"theprovisionedcapacityoftabletrips\":1},\"secondsPerPoint\":1,"
                + "\"points\":[{\"at\":\"2023-11-14T22:13:20Z\",\"units\":25.0,\"allowed\":50.0}]}}"));
  }
}

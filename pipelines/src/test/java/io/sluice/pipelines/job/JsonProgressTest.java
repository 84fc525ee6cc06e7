/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.pipelines.job.JsonProgress.Line;
import io.sluice.pipelines.job.JsonProgress.Sum;
import io.sluice.report.SectionJson;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JsonProgressTest {
  private static Sum at(int seconds, long items, long total) {
    return new Sum(TimeUnit.SECONDS.toNanos(seconds), items, total, items / 2.0, 100.0, 3);
  }

  @Test
  void hasRatesAndTheTimeThatIsLeft() {
    assertThat(
        SectionJson.write(Line.of("read", at(12, 500, 1000), at(2, 100, 1000))),
        is(
            "{\"state\":\"running\",\"done\":\"read\",\"items\":500,\"total\":1000,"
                + "\"units\":250.0,\"allowed\":100.0,\"itemsPerSecond\":40.0,"
                + "\"unitsPerSecond\":20.0,\"throttled\":3,\"secondsLeft\":13}"));
  }

  @Test
  void saysNothingOfWhatIsNotKnown() {
    Line first = Line.of("written", at(2, 100, -1), at(2, 100, -1));
    assertThat(first.total() == null && first.secondsLeft() == null, is(true));
    assertThat(first.itemsPerSecond(), is(0.0));
  }

  /** DynamoDB's count of a table may be hours old. */
  @Test
  void aTableMayHaveMoreItemsThanWereCounted() {
    Line line = Line.of("read", at(12, 500, 400), at(2, 100, 400));
    assertThat(line.total(), is(500L));
    assertThat(line.secondsLeft(), is(0L));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReadTimeTest {
  private static final Instant DATE = Instant.ofEpochSecond(100);

  @Test
  void aDateLacksTheFractionOfItsSecondAndMayBeOfAnyMomentOfTheRequest() {
    assertThat(ReadTime.ofService(DATE, 250), is(new ReadTime(99_750, 101_250, true)));
  }

  @Test
  void theTimeOfSeveralIsFromTheFirstToTheLast() {
    ReadTime early = ReadTime.ofService(DATE, 10);
    ReadTime late = ReadTime.ofService(DATE.plusSeconds(5), 2_000);
    ReadTime both = new ReadTime(99_990, 108_000, true);
    assertThat(early.and(late), is(both));
    assertThat(late.and(early).and(ReadTime.NONE), is(both));
    assertThat(ReadTime.NONE.and(ReadTime.at(7)), is(new ReadTime(7, 7, true)));
  }

  @Test
  void oneWorkersClockMakesItThatOfWorkers() {
    ReadTime worker = ReadTime.ofWorker(150_000, 150_100);
    assertThat(ReadTime.ofService(DATE, 0).and(worker), is(new ReadTime(100_000, 150_100, false)));
    assertThat("set back meanwhile", ReadTime.ofWorker(9, 5), is(new ReadTime(9, 9, false)));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.sluice.dynamodb.TestTable;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ReadTime;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.Faults;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a scan took place, by the clock of DynamoDB, whatever that of this machine shows. */
@Timeout(60)
class ScanTimesTest {
  private static final int LATENCY = 50;

  @ParameterizedTest
  @ValueSource(longs = {-3600, 0, 3600})
  void aScanIsTimedByTheClockOfDynamoDb(long secondsAhead) throws IOException {
    InstantSource clock =
        InstantSource.offset(InstantSource.system(), Duration.ofSeconds(secondsAhead));
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(TestTable.settings().withFaults(Faults.none().of("Scan")), clock)) {
      TestScan.load(db, TestScan.items(300));
      ScanSpec spec = TestScan.spec(db, s -> s.segments = 3);
      db.setLatencyMillis(LATENCY);
      db.failNext(2, Fault.THROTTLED);
      db.failNext(1, Fault.RESET_AFTER);
      long before = clock.millis();
      List<ItemPage> pages = TestScan.pages(spec);
      long after = clock.millis();
      assertThat("some were asked for again", db.books().requests("Scan"), is(pages.size() + 3L));

      long took = after - before + 1;
      for (ItemPage page : pages) {
        ReadTime time = page.mark().time();
        assertThat(time.isOfService(), is(true));
        assertThat(time.firstMillis(), greaterThan(before - 1_000 - took));
        assertThat("before the answer", time.firstMillis(), lessThanOrEqualTo(after - LATENCY));
        assertThat("after the request", time.lastMillis(), greaterThanOrEqualTo(before));
        assertThat(time.lastMillis(), lessThan(after + 1_000 + took));
      }
      ReadTime all = TestScan.tally(pages).time();
      assertThat("the last ended at the end", all.lastMillis(), greaterThan(after - 1_000));
    }
  }
}

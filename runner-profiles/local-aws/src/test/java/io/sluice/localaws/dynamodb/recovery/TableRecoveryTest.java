/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.recovery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.service.S3Service;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableRecoveryTest {

  private static final int PARTS = 3;
  private static final String NO_LONGER = "Point in time recovery no longer goes back as far";

  private Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
  private final Table table =
      new Tables(() -> now).create(S3Service.quoted(S3Service.table("abc")), "eu-west-1");

  private TableRecovery recovery(long maxBytes) {
    return new TableRecovery(table.store(), () -> now, 35, maxBytes);
  }

  private void put(int number) {
    table.store().put(Map.of("h", new Value.S("a"), "r", new Value.N(BigDecimal.valueOf(number))));
  }

  private static String refused(Runnable read) {
    return assertThrows(DynamoDbException.class, read::run).getMessage();
  }

  private static void readAll(Snapshot snapshot) {
    for (int part = 0; part < snapshot.parts(); part++) {
      snapshot.read(part);
    }
  }

  @Test
  void forgetsWhatIsOlderThanItsPeriod() {
    TableRecovery recovery = recovery(Long.MAX_VALUE);
    put(1);
    Instant earlier = now;
    Snapshot snapshot = recovery.at(table, Optional.of(earlier), PARTS);
    recovery.keep(1);
    now = now.plus(Duration.ofDays(2));
    put(2);
    recovery.keep(35);
    assertThat(refused(() -> readAll(snapshot)), is(NO_LONGER));
    assertThat(refused(() -> recovery.between(earlier, now.plusSeconds(1))), is(NO_LONGER));
    assertThat(recovery.earliest(now), is(Instant.parse("2026-01-02T03:04:06Z")));
    assertThat(recovery.between(recovery.earliest(now), now.plusSeconds(1)).size(), is(1));
  }

  @Test
  void forgetsTheOldestWhenThereIsNoPlaceForMore() {
    TableRecovery recovery = recovery(1000);
    Instant since = now;
    assertThat(recovery.earliest(now), is(since));
    for (int i = 0; i < 10; i++) {
      put(i);
      now = now.plusSeconds(1);
    }
    assertThat(refused(() -> recovery.at(table, Optional.of(since), PARTS)), is(NO_LONGER));
    Instant earliest = recovery.earliest(now);
    int kept = recovery.between(earliest, now).size();
    assertThat(kept > 0 && kept < 10, is(true));
    assertThat(earliest, is(now.truncatedTo(ChronoUnit.SECONDS).minusSeconds(kept)));
    readAll(recovery.at(table, Optional.of(earliest), PARTS));
  }

  @Test
  void knowsNothingOnceItHasStopped() {
    TableRecovery recovery = recovery(Long.MAX_VALUE);
    Instant since = now;
    Snapshot snapshot = recovery.at(table, Optional.empty(), PARTS);
    recovery.stop();
    put(1);
    String stopped = "Point in time recovery has been disabled meanwhile";
    assertThat(refused(() -> snapshot.read(0)), is(stopped));
    assertThat(refused(() -> recovery.between(since, now)), is(stopped));
  }
}

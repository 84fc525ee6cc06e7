/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.rehearsal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.throttle.CapacitySettings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OnDemandTest {

  /** Is a hundred units, and one of one byte more a hundred and one. */
  private static final int HUNDRED = 100 * 1024;

  private static int putLarge(Stage stage, String key, int count) {
    int taken = 0;
    for (int i = 0; i < count; i++) {
      taken += stage.put(key, HUNDRED).equals("{}") ? 1 : 0;
    }
    return taken;
  }

  @Test
  void startsWithFourPartitions() {
    Stage stage = Stage.onDemand(CapacitySettings.ENFORCED, "");
    stage.putMany(1);
    assertThat(stage.rehearsal.throttle().partitions(stage.table(), Optional.empty()), is(4));
  }

  @Test
  void hasAsManyPartitionsAsItIsWarm() {
    Stage stage =
        Stage.onDemand(
            CapacitySettings.ENFORCED,
            ",'WarmThroughput':{'ReadUnitsPerSecond':12000,'WriteUnitsPerSecond':10001}");
    stage.putMany(1);
    assertThat(stage.rehearsal.throttle().partitions(stage.table(), Optional.empty()), is(11));
  }

  @Test
  void throttlesAHotKey() {
    Stage stage = Stage.onDemand(CapacitySettings.ENFORCED, "");
    assertThat(putLarge(stage, "a", 20), is(10));
    String answer = stage.put("a", 100);
    assertThat(answer, containsString("#ThrottlingException"));
    assertThat(answer, containsString("Throughput exceeds the current capacity of your table"));
    // A ThrottlingException has the member in another spelling than the other exceptions.
    assertThat(
        answer,
        containsString("'throttlingReasons':[{'reason':'TableWriteKeyRangeThroughputExceeded',"));
    assertThat(putLarge(stage.after(Duration.ofSeconds(1)), "a", 20), is(10));
  }

  @Test
  void splitsForHeat() {
    Stage stage =
        Stage.onDemand(
            CapacitySettings.ENFORCED.withPartitions(3000, 1000, Duration.ofSeconds(20)), "");
    for (int second = 0; second < 30; second++) {
      stage.after(Duration.ofSeconds(1));
      for (int key = 0; key < 160; key++) {
        putLarge(stage, "key" + key, 2);
      }
    }
    assertThat(stage.rehearsal.throttle().partitions(stage.table(), Optional.empty()), is(8));
    double before = stage.tableBooks().write().between(10, 15);
    double after = stage.tableBooks().write().between(25, 30);
    assertThat(before, is(5 * 4000.0));
    assertThat(after, is(5 * 8000.0));
  }

  @Test
  void keepsToItsMaximum() {
    Stage stage =
        Stage.onDemand(
            CapacitySettings.ENFORCED, ",'OnDemandThroughput':{'MaxWriteRequestUnits':5}");
    assertThat(stage.putMany(20), is(5));
    String answer = stage.put("a", 100);
    assertThat(answer, containsString("#ThrottlingException"));
    assertThat(answer, containsString("'TableWriteMaxOnDemandThroughputExceeded'"));
    assertThat(stage.after(Duration.ofSeconds(1)).putMany(20), is(5));
  }

  @Test
  void keepsToTheQuotaOfTheAccount() {
    Stage stage = Stage.onDemand(CapacitySettings.ENFORCED.withAccount(10, 5), "");
    assertThat(stage.putMany(20), is(5));
    String answer = stage.put("a", 100);
    assertThat(answer, containsString("#RequestLimitExceeded"));
    assertThat(answer, containsString("'TableWriteAccountLimitExceeded'"));
  }

  @Test
  void takesWhatItIsToldInPlaceOfWhatItSays() {
    Stage stage =
        Stage.onDemand(
            CapacitySettings.ENFORCED.withLimit("tab", CapacitySettings.UNLIMITED, 7), "");
    assertThat(stage.putMany(20), is(7));
    stage
        .rehearsal
        .throttle()
        .change(
            CapacitySettings.ENFORCED.withLimit(
                "tab", CapacitySettings.UNLIMITED, CapacitySettings.UNLIMITED));
    assertThat(putLarge(stage, "a", 50), is(50));
  }

  @Test
  void hasNoLimitUnlessItIsEnforced() {
    Stage stage = Stage.onDemand(CapacitySettings.OFF, "");
    assertThat(putLarge(stage, "a", 50), is(50));
    stage.rehearsal.throttle().change(CapacitySettings.ENFORCED);
    assertThat(putLarge(stage, "a", 50), is(10));
  }
}

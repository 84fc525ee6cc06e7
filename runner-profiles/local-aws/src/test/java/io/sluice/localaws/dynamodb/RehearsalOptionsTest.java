/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.fault.Fault;
import io.sluice.localaws.dynamodb.fault.FaultRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RehearsalOptionsTest {

  @Test
  void startsWhatTheyName() {
    RehearsalOptions options =
        new RehearsalOptions(
            Map.of("--enforceCapacity", "", "--latencyMillis", "3", "--faults", "Scan:cut:0.5"));
    try (DynamoDb db = options.apply(DynamoDb.builder()).start()) {
      assertThat(db.throttle().settings().enforced(), is(true));
      assertThat(
          db.faults().rules(), is(List.of(FaultRule.of("Scan", 0.5, Fault.of(Fault.Kind.CUT)))));
    }
  }

  @Test
  void playsNothingUnlessTheyAreGiven() {
    assertThat(new RehearsalOptions(Map.of()).playsAnything(), is(false));
    assertThat(
        new RehearsalOptions(
                Map.of(
                    "--seed", "1",
                    "--latencyMillis", "0",
                    "--jitterMillis", "0",
                    "--faults", "",
                    "--enforceCapacity", "false",
                    "--admin", "false"))
            .playsAnything(),
        is(false));
    try (DynamoDb db = new RehearsalOptions(Map.of()).apply(DynamoDb.builder()).start()) {
      assertThat(db.throttle().settings().enforced(), is(false));
      assertThat(db.faults().rules(), is(List.of()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--admin, ''",
    "--enforceCapacity, true",
    "--latencyMillis, 1",
    "--jitterMillis, 3600000",
    "--faults, Scan:cut:0.5",
  })
  void playWhatTheirValuesSay(String name, String value) {
    assertThat(new RehearsalOptions(Map.of(name, value)).playsAnything(), is(true));
  }

  @Test
  void areAllDescribed() {
    for (String name : RehearsalOptions.NAMES) {
      assertThat(RehearsalOptions.HELP, containsString("  " + name));
    }
  }

  @Test
  void refuseOtherValues() {
    refuses(
        "--latencyMillis", "-1", "--latencyMillis is '-1', must be a whole number, 0 to 3600000");
    refuses(
        "--jitterMillis", "3600001", "--jitterMillis is '3600001', must be a whole number, 0 to");
    refuses("--seed", "x", "--seed is 'x', must be a whole number");
    refuses("--enforceCapacity", "yes", "--enforceCapacity is 'yes', must be true or false");
    refuses("--faults", "a:b", "--faults: 'a:b' must be OPERATION:FAULT:SHARE");
  }

  private static void refuses(String name, String value, String message) {
    RehearsalOptions options = new RehearsalOptions(Map.of(name, value));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> options.apply(DynamoDb.builder()));
    assertThat(e.getMessage(), containsString(message));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.fault;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FaultsTest {

  private static final byte[] BODY = "{\"a\":\"b\"}".getBytes(StandardCharsets.UTF_8);
  private static final Fault CUT = Fault.of(Fault.Kind.CUT);
  private static final Fault BUSY = Fault.error("ThrottlingException");

  private static List<Optional<Fault>> draw(Faults faults, String operation, int count) {
    List<Optional<Fault>> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(faults.draw(operation, BODY).map(Faults.Hit::fault));
    }
    return drawn;
  }

  @Test
  void hitsTheNextRequestsOfAnOperation() {
    Faults faults = new Faults(1);
    faults.next("Scan", 2, CUT);
    faults.next(Faults.ANY, 1, BUSY);
    faults.next("PutItem+Scan", 1, BUSY);
    assertThat(faults.scripted(), is(4));
    assertThat(draw(faults, "Query", 2), is(List.of(Optional.of(BUSY), Optional.<Fault>empty())));
    assertThat(
        draw(faults, "Scan", 4),
        is(
            List.of(
                Optional.of(CUT), Optional.of(CUT), Optional.of(BUSY), Optional.<Fault>empty())));
  }

  @Test
  void hitsAShareOfRequests() {
    Faults faults = new Faults(1);
    faults.set(FaultRule.of("Scan", 0.2, CUT), FaultRule.of("Scan", 0.3, BUSY));
    List<Optional<Fault>> drawn = draw(faults, "Scan", 10_000);
    long cut = drawn.stream().filter(Optional.of(CUT)::equals).count();
    long busy = drawn.stream().filter(Optional.of(BUSY)::equals).count();
    assertThat((double) cut, closeTo(2000, 200));
    assertThat((double) busy, closeTo(3000, 200));
    assertThat(draw(faults, "Query", 100).stream().allMatch(Optional::isEmpty), is(true));
  }

  @Test
  void drawsTheSameBySeed() {
    Faults one = new Faults(7);
    Faults other = new Faults(7);
    one.set(FaultRule.of("*", 0.5, CUT));
    other.set(FaultRule.of("*", 0.5, CUT));
    List<Optional<Fault>> drawn = draw(one, "Scan", 100);
    assertThat(draw(other, "Scan", 100), is(drawn));
    one.reset();
    assertThat(one.rules(), is(List.of()));
    one.set(FaultRule.of("*", 0.5, CUT));
    assertThat(draw(one, "Scan", 100), is(drawn));
  }

  @Test
  void hitsRequestsThatHaveAText() {
    Faults faults = new Faults(1);
    faults.set(
        FaultRule.containing("Scan", "\"a\"", CUT), FaultRule.containing("*", "\"c\"", BUSY));
    assertThat(faults.draw("Scan", BODY).map(Faults.Hit::fault), is(Optional.of(CUT)));
    assertThat(faults.draw("Query", BODY), is(Optional.empty()));
  }

  @Test
  void hitsRequestsThatHaveATextBeforeAnyScript() {
    Faults faults = new Faults(1);
    faults.next("Scan", 1, BUSY);
    faults.set(FaultRule.of("*", 1, BUSY), FaultRule.containing("Scan", "\"a\"", CUT));
    assertThat(faults.draw("Scan", BODY).map(Faults.Hit::fault), is(Optional.of(CUT)));
    assertThat(faults.scripted(), is(1));
  }

  @Test
  void readsRules() {
    assertThat(
        FaultRule.parse("*:cut:0.1, Scan+Query:InternalServerError:0.4,items:delay@250:0.5"),
        is(
            List.of(
                FaultRule.of("*", 0.1, CUT),
                FaultRule.of(
                    "Scan+Query",
                    0.4,
                    Fault.error("InternalServerError", 500, "Internal server error")),
                FaultRule.of("items", 0.5, Fault.of(Fault.Kind.DELAY, Duration.ofMillis(250))))));
    assertThat(FaultRule.parse(""), is(List.of()));
    assertThat(Fault.parse("SomeException@418").status(), is(418));
    for (Fault.Kind kind : Fault.Kind.values()) {
      if (kind != Fault.Kind.ERROR && kind != Fault.Kind.ANSWER && kind != Fault.Kind.DELAY) {
        assertThat(Fault.parse(kind.text()), is(Fault.of(kind)));
      }
    }
  }

  @Test
  void refusesOtherText() {
    refuses("Scan:cut", "OPERATION:FAULT:SHARE");
    refuses("Scan:cut:much", "must end with a share");
    refuses("Scan:cut:1.5", "share is 1.5, must be 0 to 1");
    refuses("Scan:cut@soon:1", "whole number behind its @");
    refuses("Scan:error:1", "'error' is no fault");
    refuses("Scan:RESET_AFTER:1", "'RESET_AFTER' is no fault");
    refuses("Putitem:cut:1", "'Putitem' is no operation");
    refuses("Scan+item:cut:1", "'item' is no operation");
    refuses("*:delay:1", "a delay must have a time");
    refuses("*:delay@0:1", "a delay must have a time");
    refuses("*:cut@5:1", "'cut' has a time, which only delay and trickle have");
    refuses("PutItem:unprocessed:1", "'unprocessed' does nothing to PutItem");
    refuses("Scan:cut:0.6,items:reset-after:0.5", "the rules for Scan are 1.1, must be at most 1");
  }

  @Test
  void letsSharesOfDifferentRequestsBeMore() {
    assertThat(FaultRule.parse("Scan:cut:0.6,Query:cut:0.5,*:unprocessed:0.9").size(), is(3));
    assertThat(FaultRule.parse("Scan:cut:0.1,".repeat(10)).size(), is(10));
    Faults faults = new Faults(1);
    faults.set(FaultRule.of("*", 1, BUSY), FaultRule.containing("*", "a", CUT));
    assertThrows(
        IllegalArgumentException.class,
        () -> faults.set(FaultRule.of("*", 1, BUSY), FaultRule.of("Scan", 0.1, CUT)));
    assertThat(faults.rules().size(), is(2));
  }

  @Test
  void hitsOnlyWhatItCanDoSomethingTo() {
    Faults faults = new Faults(1);
    Fault empty = Fault.of(Fault.Kind.EMPTY_PAGE);
    faults.next(Faults.ANY, 1, empty);
    faults.set(FaultRule.of("*", 1, Fault.of(Fault.Kind.UNPROCESSED)));
    assertThat(draw(faults, "PutItem", 1), is(List.of(Optional.<Fault>empty())));
    assertThat(faults.scripted(), is(1));
    assertThat(draw(faults, "Query", 1), is(List.of(Optional.of(empty))));
    assertThat(
        draw(faults, "BatchGetItem", 1),
        is(List.of(Optional.of(Fault.of(Fault.Kind.UNPROCESSED)))));
  }

  @Test
  void hasAScriptThatMissedWaitAsTheFirst() {
    Faults faults = new Faults(1);
    faults.next("Scan", 1, Fault.of(Fault.Kind.EMPTY_PAGE));
    faults.next("Scan", 1, CUT);
    faults.missed(faults.draw("Scan", BODY).orElseThrow());
    assertThat(
        draw(faults, "Scan", 2),
        is(List.of(Optional.of(Fault.of(Fault.Kind.EMPTY_PAGE)), Optional.of(CUT))));
  }

  @Test
  void knowsNoLatencyOfOtherOperations() {
    Map<String, Duration> operations = Map.of("scan", Duration.ofMillis(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Latency(Duration.ZERO, operations, Duration.ZERO));
  }

  private static void refuses(String text, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> FaultRule.parse(text));
    assertThat(e.getMessage(), containsString(message));
  }

  @Test
  void drawsLatencyByOperation() {
    Latency latency =
        new Latency(
            Duration.ofMillis(5), Map.of("Scan", Duration.ofMillis(20)), Duration.ofMillis(2));
    SplittableRandom random = new SplittableRandom(1);
    long most = 0;
    for (int i = 0; i < 1000; i++) {
      long micros = latency.draw("Scan", random).toNanos() / 1000;
      assertThat(micros >= 20_000 && micros <= 22_000, is(true));
      most = Math.max(most, micros);
    }
    assertThat(most > 21_900, is(true));
    assertThat(Latency.of(Duration.ofMillis(5)).draw("Query", random), is(Duration.ofMillis(5)));
  }
}

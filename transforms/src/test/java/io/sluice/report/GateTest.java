/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import static io.sluice.testing.Outcomes.assertOutcome;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.item.SourcedItemCoder;
import io.sluice.testing.Outcomes;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  private static final List<SourcedItem> ITEMS =
      List.of(item(0), item(1), item(2), item(3), item(4));

  private final TestPipeline pipeline = Outcomes.pipeline();

  private static SourcedItem item(long offset) {
    return SourcedItem.of(new Origin("f", offset), Map.of("pk", fromS("x")));
  }

  private PCollection<Tally> tallies(Tally... tallies) {
    return pipeline.apply(
        "Tallies", Create.of(List.of(tallies)).withCoder(SerializableCoder.of(Tally.class)));
  }

  private static Tally rejections(Reason reason, long n) {
    return new Tally(Map.of(Count.READ, n), n == 0 ? Map.of() : Map.of(reason, n), List.of());
  }

  private void assertGate(long maxRejects, PCollection<Tally> tallies, boolean opens) {
    assertOutcome(
        pipeline.apply("Items", Create.of(ITEMS)).apply(Gate.closingAbove(maxRejects, tallies)),
        opens ? ITEMS : List.of(),
        List.of(),
        opens
            ? Tally.EMPTY
            : new Tally(Map.of(Count.WITHHELD, (long) ITEMS.size()), Map.of(), List.of()));
    pipeline.run().waitUntilFinish();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, true",
    "0, 1, 0, false",
    "0, 0, 1, false",
    "3, 2, 1, true",
    "3, 2, 2, false",
    "3, 0, 4, false",
    "9223372036854775807, 5000000000, 5000000000, true"
  })
  void allOrNothing(long maxRejects, long ofOneStep, long ofAnother, boolean opens) {
    assertGate(
        maxRejects,
        tallies(
            rejections(Reason.MALFORMED, ofOneStep), rejections(Reason.DUPLICATE_KEY, ofAnother)),
        opens);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, true", "0, 1, false", "5, 5, true", "5, 6, false"})
  void noMoreDeletesThanAllowed(long maxDeletes, long deletes, boolean opens) {
    PCollection<Tally> tallies =
        tallies(
            new Tally(Map.of(Count.READ, 9L), Map.of(), List.of()),
            new Tally(
                deletes == 0 ? Map.of() : Map.of(Count.DELETES, deletes), Map.of(), List.of()));
    assertOutcome(
        pipeline
            .apply("Items", Create.of(ITEMS))
            .apply(Gate.closingAbove(new Limits(0, maxDeletes), tallies)),
        opens ? ITEMS : List.of(),
        List.of(),
        opens
            ? Tally.EMPTY
            : new Tally(Map.of(Count.WITHHELD, (long) ITEMS.size()), Map.of(), List.of()));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void withoutAnyTallyItIsOpen() {
    assertGate(0, tallies(), true);
  }

  @Test
  void withoutAnyItem() {
    assertOutcome(
        pipeline
            .apply("Items", Create.empty(SourcedItemCoder.of()))
            .apply(Gate.closingAbove(0, tallies(rejections(Reason.HEADER, 1)))),
        List.of(),
        List.of(),
        Tally.EMPTY);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void theLimitIsNotNegative() {
    PCollection<Tally> tallies = tallies();
    assertThrows(IllegalArgumentException.class, () -> Gate.closingAbove(-1, tallies));
    assertThrows(IllegalArgumentException.class, () -> new Limits(0, -1));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dedupe;

import static io.sluice.testing.Outcomes.assertOutcome;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.failure.Rejection;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.report.Count;
import io.sluice.report.Tally;
import io.sluice.testing.DirectRun;
import io.sluice.testing.Outcomes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeduplicateTest {
  private static final KeySchema KEY =
      new KeySchema(KeyAttribute.parse("pk:N"), KeyAttribute.parse("sk:S"));

  private final TestPipeline pipeline = Outcomes.pipeline();

  private static SourcedItem item(String file, long offset, String pk, String sk, String version) {
    return SourcedItem.of(
        new Origin(file, offset),
        Map.of("pk", fromN(pk), "sk", fromS(sk), "version", fromN(version)));
  }

  // Three items with the key 1 a, in three spellings, two of them equal; one each of two others.
  private static final SourcedItem ONE = item("f", 0, "1", "a", "9");
  private static final SourcedItem SAME = item("f", 10, "1", "a", "9");
  private static final SourcedItem LATER = item("f", 20, "1.0", "a", "10");
  private static final SourcedItem LAST = item("g", 0, "1e0", "a", "1");
  private static final SourcedItem OTHER_SORT_KEY = item("f", 30, "1", "b", "1");
  private static final SourcedItem OTHER_KEY = item("f", 40, "2", "a", "1");

  private static List<SourcedItem> input() {
    List<SourcedItem> items =
        new ArrayList<>(List.of(ONE, SAME, LATER, LAST, OTHER_SORT_KEY, OTHER_KEY));
    Collections.shuffle(items, new Random(1));
    return items;
  }

  private void assertKept(
      Deduplicate deduplicate, SourcedItem winner, List<Rejection> rejections, long duplicates) {
    assertOutcome(
        pipeline.apply(Create.of(input())).apply(deduplicate),
        List.of(winner, OTHER_SORT_KEY, OTHER_KEY),
        rejections,
        new Tally(
            Map.of(Count.DUPLICATES, duplicates),
            rejections.isEmpty()
                ? Map.of()
                : Map.of(Reason.DUPLICATE_KEY, (long) rejections.size()),
            rejections.stream().map(Rejection::withoutPayload).toList()));
    pipeline.run().waitUntilFinish();
  }

  private static Rejection rejection(SourcedItem item) {
    return Rejection.ofItem(
        Rejection.Stage.DEDUPE,
        item,
        Reason.DUPLICATE_KEY,
        "same primary key as the record of f at offset 0, but other attributes");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void distinct(int buckets) {
    assertKept(
        Deduplicate.by(KEY).intoBuckets(buckets),
        ONE,
        List.of(rejection(LATER), rejection(LAST)),
        1);
  }

  @Test
  void latest() {
    assertKept(Deduplicate.by(KEY).keeping(DuplicatePolicy.LATEST), LAST, List.of(), 3);
  }

  @Test
  void first() {
    assertKept(Deduplicate.by(KEY).keeping(DuplicatePolicy.FIRST), ONE, List.of(), 3);
  }

  @Test
  void latestByAnAttribute() {
    assertKept(
        Deduplicate.by(KEY).keeping(DuplicatePolicy.LATEST).orderedBy("version"),
        LATER,
        List.of(),
        3);
  }

  @Test
  void firstByAnAttribute() {
    assertKept(
        Deduplicate.by(KEY).keeping(DuplicatePolicy.FIRST).orderedBy("version"),
        LAST,
        List.of(),
        3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64})
  void none(int buckets) {
    assertOutcome(
        pipeline
            .apply(Create.of(input()))
            .apply(Deduplicate.by(KEY).keeping(DuplicatePolicy.NONE).intoBuckets(buckets)),
        input(),
        List.of(),
        Tally.EMPTY);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void noneAsksForNoKey() {
    SourcedItem keyless = SourcedItem.withoutOrigin(Map.of("a", fromS("x")));
    assertOutcome(
        pipeline
            .apply(Create.of(keyless, keyless))
            .apply(Deduplicate.by(KEY).keeping(DuplicatePolicy.NONE)),
        List.of(keyless, keyless),
        List.of(),
        Tally.EMPTY);
    pipeline.run().waitUntilFinish();
  }

  @ParameterizedTest
  @EnumSource(DuplicatePolicy.class)
  void nothing(DuplicatePolicy keep) {
    assertOutcome(
        pipeline
            .apply(Create.empty(io.sluice.item.SourcedItemCoder.of()))
            .apply(Deduplicate.by(KEY).keeping(keep)),
        List.of(),
        List.of(),
        Tally.EMPTY);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void anItemWithoutAKeyFailsTheJob() {
    pipeline
        .apply(Create.of(SourcedItem.withoutOrigin(Map.of("pk", fromN("1")))))
        .apply(Deduplicate.by(KEY));
    assertThrows(Pipeline.PipelineExecutionException.class, () -> DirectRun.of(pipeline));
  }

  @Test
  void bucketsAreOneOrMore() {
    assertThrows(IllegalArgumentException.class, () -> Deduplicate.by(KEY).intoBuckets(0));
  }
}

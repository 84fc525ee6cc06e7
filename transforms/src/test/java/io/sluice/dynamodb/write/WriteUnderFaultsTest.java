/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import static io.sluice.testing.Outcomes.assertLast;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.dynamodb.TestTable;
import io.sluice.failure.Rejection;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.report.Count;
import io.sluice.report.Tally;
import io.sluice.testing.Outcomes;
import io.sluice.testing.dynamodb.Books;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.Faults;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whole pipelines in which many requests fail. */
class WriteUnderFaultsTest {
  private static final int ITEMS = 8_400;
  private static final int POISON_EVERY = 700;

  /** DynamoDBIO sends a batch at a time, and pauses for a second when it is throttled. */
  private static final int DYNAMODBIO_ITEMS = 750;

  private static final Set<Fault> HANGING = Set.of(Fault.HANG_BEFORE, Fault.HANG_AFTER);

  /** Makes each fault hit this share of the requests, and at least one; a hang takes 10 s. */
  private static EmbeddedDynamoDb faulty(double share, Set<Fault> but) {
    Faults faults = Faults.none().of("BatchWriteItem");
    for (Fault fault : Fault.values()) {
      faults = faults.with(fault, HANGING.contains(fault) ? 0 : share);
    }
    EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(TestTable.settings().withTrickleMillis(100).withFaults(faults));

    faultsBut(but).forEach(fault -> db.failNext(1, fault));
    return db;
  }

  private static Stream<Fault> faultsBut(Set<Fault> but) {
    return Arrays.stream(Fault.values()).filter(fault -> !but.contains(fault));
  }

  private static SourcedItem item(long i) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", fromS("item-" + i));
    item.put("n", fromN(Long.toString(i)));
    return SourcedItem.of(new Origin("f", i), item);
  }

  private static SourcedItem itemOrPoison(long i) {
    if (i % POISON_EVERY != 0) {
      return item(i);
    }
    Map<String, AttributeValue> poisoned = item(i).item();
    poisoned.put("poison", fromS("secret"));
    return SourcedItem.of(new Origin("f", i), poisoned);
  }

  private static Rejection rejection(SourcedItem item) {
    return Rejection.ofItem(
        Rejection.Stage.WRITE,
        item,
        Reason.REFUSED,
        "DynamoDB refused the item (ValidationException)");
  }

  private static void assertEachHappened(Books books, Set<Fault> but) {
    faultsBut(but).forEach(fault -> assertThat(fault.name(), books.faults(fault), greaterThan(0L)));
  }

  @Test
  void asyncWritesOrRejectsEachItem() {
    List<Rejection> rejections =
        LongStream.range(0, ITEMS / POISON_EVERY)
            .mapToObj(i -> rejection(itemOrPoison(i * POISON_EVERY)))
            .toList();
    long good = ITEMS - rejections.size();
    try (EmbeddedDynamoDb db = faulty(0.03, Set.of())) {
      TestPipeline pipeline = Outcomes.pipeline();
      assertLast(
          pipeline
              .apply(GenerateSequence.from(0).to(ITEMS))
              .apply(
                  MapElements.into(TypeDescriptor.of(SourcedItem.class))
                      .via(WriteUnderFaultsTest::itemOrPoison))
              .apply(TestTable.write(db)),
          rejections,
          new Tally(
              Map.of(Count.WRITTEN, good),
              Map.of(Reason.REFUSED, (long) rejections.size()),
              rejections.subList(0, Tally.MAX_EXAMPLES).stream()
                  .map(Rejection::withoutPayload)
                  .toList()));
      pipeline.run().waitUntilFinish();
      assertThat(db.books().itemsStored(), is(good));
      assertEachHappened(db.books(), Set.of());
    }
  }

  @Test
  void dynamoDbIoWritesEachItem() {
    try (EmbeddedDynamoDb db = faulty(0.02, HANGING)) {
      TestPipeline pipeline = Outcomes.pipeline();
      assertLast(
          pipeline
              .apply(GenerateSequence.from(0).to(DYNAMODBIO_ITEMS))
              .apply(
                  MapElements.into(TypeDescriptor.of(SourcedItem.class))
                      .via(WriteUnderFaultsTest::item))
              .apply(TestTable.write(db).withEngine(WriteEngine.DYNAMODBIO)),
          List.of(),
          new Tally(Map.of(Count.WRITTEN, (long) DYNAMODBIO_ITEMS), Map.of(), List.of()));
      pipeline.run().waitUntilFinish();
      assertThat(db.books().itemsStored(), is((long) DYNAMODBIO_ITEMS));
      assertEachHappened(db.books(), HANGING);
    }
  }
}

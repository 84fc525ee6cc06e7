/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.dedupe.Deduplicate;
import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.checkpoint.BucketMarks;
import io.sluice.dynamodb.checkpoint.LeaveOutWritten;
import io.sluice.dynamodb.checkpoint.WrittenBuckets;
import io.sluice.dynamodb.table.DescribeTable;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.report.Count;
import io.sluice.report.Ledger;
import io.sluice.report.PagesOfItems;
import io.sluice.report.Tally;
import io.sluice.testing.DirectRun;
import io.sluice.testing.Outcomes;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Writes of buckets that are marked, and left out by another start. */
class WriteMarkedTest {
  private static final int ITEMS = 3_000;
  private static final int BUCKETS = 40;

  /** The sum of the last run, whose steps are in this JVM. */
  private static final AtomicReference<Tally> SUM = new AtomicReference<>();

  @TempDir Path folder;

  private static List<SourcedItem> items(boolean withRefused) {
    List<SourcedItem> items = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      items.add(TestTable.item("item-" + i, "x".repeat(i % 200)));
    }
    items.add(items.get(7));
    if (withRefused) {
      items.set(11, refused());
    }
    return items;
  }

  /** Not checked here, it is refused by DynamoDB. */
  private static SourcedItem refused() {
    return SourcedItem.withoutOrigin(Map.of("id", fromS("item-11"), "n", fromN("1e126")));
  }

  private BucketMarks marks() {
    return new BucketMarks(folder.resolve("marks") + "/", BUCKETS);
  }

  private WrittenBuckets written(EmbeddedDynamoDb db) throws Exception {
    String table = db.settings().table().name();
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .endpointOverride(db.endpoint())
            .region(TestTable.client(db).region())
            .credentialsProvider(TestTable.client(db).credentialsProvider())
            .build()) {
      return WrittenBuckets.read(
          marks().folder(), DescribeTable.identityOf(table, client).orElseThrow());
    }
  }

  private Tally write(EmbeddedDynamoDb db, boolean withRefused, WriteTable write) throws Exception {
    TestPipeline pipeline = Outcomes.pipeline();
    Ledger ledger = new Ledger();
    Deduplicate deduplicate = Deduplicate.by(TestTable.KEY).intoBuckets(BUCKETS).numberingParts();
    pipeline
        .apply(Create.of(items(withRefused)))
        .apply("Pages", PagesOfItems.by(TestTable.KEY, deduplicate.buckets()))
        .apply("Deduplicate", deduplicate.ofPages())
        .pagesInto(ledger)
        .apply("Leave out", LeaveOutWritten.of(written(db)))
        .pagesInto(ledger)
        .apply("Write", write.withCheckedItems().keepingMarks(marks()).ofPages())
        .closeInto(ledger);
    PCollection<Tally> all = ledger.talliesWithoutRejections();
    PAssert.thatSingleton(all.apply(Combine.globally(Tally.sum())))
        .satisfies(
            sum -> {
              SUM.set(sum);
              return null;
            });
    DirectRun.of(pipeline);
    return SUM.get();
  }

  @Test
  void anotherStartWritesTheBucketOfWhatWasRefusedAndNoOther() throws Exception {
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(TestTable.settings())) {
      Tally first = write(db, true, TestTable.write(db));
      assertThat(first.count(Count.WRITTEN), is(ITEMS - 1L));
      assertThat(first.rejections(), is(Map.of(Reason.REFUSED, 1L)));
      long marked = written(db).items();
      assertThat("all but one bucket", marked, lessThan(ITEMS - 1L));
      assertThat(marked, greaterThan(ITEMS - 3L * ITEMS / BUCKETS));

      Tally second = write(db, true, TestTable.write(db));
      assertThat(second.count(Count.EARLIER), is(marked));
      assertThat(second.count(Count.WRITTEN), is(ITEMS - 1 - marked));
      assertThat(second.rejections(), is(Map.of(Reason.REFUSED, 1L)));
      assertThat(second.count(Count.DUPLICATES), is(1L));
      assertThat(db.books().itemsAccepted(), is(2 * (ITEMS - 1L) - marked));
      assertThat(db.books().itemsStored(), is(ITEMS - 1L));

      // Mended in the input, though with another fingerprint it would have another folder.
      Tally third = write(db, false, TestTable.write(db));
      assertThat(third.count(Count.WRITTEN), is(ITEMS - marked));
      assertThat(written(db).items(), is((long) ITEMS));
      Tally fourth = write(db, false, TestTable.write(db));
      assertThat(fourth.count(Count.EARLIER), is((long) ITEMS));
      assertThat(fourth.count(Count.WRITTEN), is(0L));
    }
  }

  @Test
  void whatIsLeftWhenTheTimeIsUpIsNotMarked() throws Exception {
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(TestTable.settings(TestTable.table().withProvisioned(400, 10)))) {
      WriteTable slowly = TestTable.write(db).stoppingAt(Instant.now().plusSeconds(6));
      Tally first = write(db, false, slowly);
      assertThat(first.count(Count.LEFT), greaterThan(0L));
      long marked = written(db).items();
      assertThat(first.count(Count.WRITTEN), greaterThan(marked - 1));
      db.change(settings -> settings.withThroughput(settings.throughput().withWrite(100_000)));
      Tally second = write(db, false, TestTable.write(db));
      assertThat(second.count(Count.EARLIER), is(marked));
      assertThat(second.count(Count.WRITTEN), is(ITEMS - marked));
      assertThat(db.books().itemsStored(), is((long) ITEMS));
    }
  }
}

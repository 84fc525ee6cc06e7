/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.change.capture.CapturedTable;
import io.sluice.change.feed.DeltaFile;
import io.sluice.item.json.ItemJson;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A base that was scanned while it changed, and a real feed, as of every second since. */
@Execution(ExecutionMode.SAME_THREAD)
class MergeChangesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static LocalAws aws;

  @BeforeAll
  static void start() {
    aws =
        LocalAws.start(
            List.of("--inMemory", "--dynamodbPort=0", "--streamShards=2", "--splitAfter=30"));
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @Test
  void itIsTheTableAsOfEachSecond() throws Exception {
    CapturedTable table = new CapturedTable(aws, "merged-" + UUID.randomUUID());
    Random random = new Random(1);
    table.create();
    // From a minute before the scan on changes are needed, and the feed begins with the stream.
    table.changeAtRandom(random, 30);
    Instant scanStart = Instant.now();
    table.changeAtRandom(random, 10);
    Collection<Map<String, AttributeValue>> base = table.items().values();
    table.changeAtRandom(random, 40);
    Instant scanEnd = Instant.now();
    table.capture();
    do {
      table.changeAtRandom(random, 10);
    } while (table.capture().commit().completeThrough().isBefore(scanEnd.plusSeconds(3)));

    FeedRange range = wholeFeed(table);
    List<JsonNode> records = records(table);
    for (long second = scanEnd.getEpochSecond(); second < scanEnd.getEpochSecond() + 3; second++) {
      PointInTime asOf = new PointInTime(Instant.ofEpochSecond(second));
      MergeRun run = MergeRun.of(range, asOf, scanEnd, base, LocalS3.options(aws));
      assertThat(run.items(), is(model(records, second)));
      MergeCounts counts = run.counts();
      assertThat(counts.replaced() + counts.deleted() + counts.added(), greaterThan(0L));
    }
    assertThat(
        "the feed begins later than a minute before the scan",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    FeedRange.of(
                        table.feed(),
                        scanStart,
                        new PointInTime(Instant.ofEpochSecond(scanEnd.getEpochSecond()))))
            .getMessage(),
        containsString("take a snapshot that begins a minute after that"));
  }

  /** All files: the test does not wait for a minute before it scans. */
  private static FeedRange wholeFeed(CapturedTable table) throws IOException {
    List<DeltaFile> files = new ArrayList<>();
    long latest = table.commits().latest().orElseThrow().number();
    for (long number = 1; number <= latest; number++) {
      files.addAll(table.commits().read(number).files());
    }
    return new FeedRange(table.feed(), files);
  }

  @Test
  void aFileThatIsNotAsItsCommitSaysFails() throws IOException {
    CapturedTable table = new CapturedTable(aws, "damaged-" + UUID.randomUUID());
    table.create();
    table.changeAtRandom(new Random(2), 10);
    table.capture();
    FeedRange range = wholeFeed(table);
    DeltaFile file = range.files().get(0);
    PointInTime asOf = new PointInTime(Instant.ofEpochSecond(Instant.now().getEpochSecond()));
    for (DeltaFile wrong :
        List.of(
            new DeltaFile(
                file.name(), file.records() + 1, 9, file.md5(), "a", file.first(), file.last()),
            new DeltaFile(
                file.name(), file.records(), 9, "AAAA", "a", file.first(), file.last()))) {
      RuntimeException e =
          assertThrows(
              RuntimeException.class,
              () ->
                  MergeRun.of(
                      new FeedRange(table.feed(), List.of(wrong)),
                      asOf,
                      asOf.instant(),
                      List.of(),
                      LocalS3.options(aws)));
      assertThat(e.getMessage(), containsString(file.name() + " is not as its commit says"));
    }
  }

  private static List<JsonNode> records(CapturedTable table) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : table.captured()) {
      records.add(JSON.readTree(line));
    }
    records.sort(
        Comparator.comparing(
            record -> new BigInteger(record.at("/dynamodb/SequenceNumber").textValue())));
    return records;
  }

  /** The table as all of its changes until then leave it, by the clock of the service. */
  private static Map<String, Map<String, AttributeValue>> model(List<JsonNode> records, long second)
      throws Exception {
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    for (JsonNode record : records) {
      if (record.at("/dynamodb/ApproximateCreationDateTime").longValue() <= second) {
        String id = record.at("/dynamodb/Keys/id/S").textValue();
        JsonNode image = record.at("/dynamodb/NewImage");
        if (image.isMissingNode()) {
          items.remove(id);
        } else {
          items.put(id, ItemJson.parseAttributes(JSON.writeValueAsBytes(image)));
        }
      }
    }
    return items;
  }
}

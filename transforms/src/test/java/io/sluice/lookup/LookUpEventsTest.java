/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.capacity.Budget;
import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.scan.TestScan;
import io.sluice.format.Format;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvFormat.QuotedNewlines;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.json.JsonFormat;
import io.sluice.item.KeySchema;
import io.sluice.lookup.event.EventRules;
import io.sluice.lookup.event.EventTarget;
import io.sluice.lookup.event.LookupKey;
import io.sluice.lookup.event.Wanted;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.Tally;
import io.sluice.source.InputFiles;
import io.sluice.testing.DirectRun;
import io.sluice.testing.Outcomes;
import io.sluice.testing.dynamodb.Books;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.Faults;
import io.sluice.testing.dynamodb.GeneratedItems;
import io.sluice.testing.dynamodb.Throughput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lookup, as the table sees it: which keys are read, how fast, and what comes of faults. */
@Timeout(180)
class LookUpEventsTest {
  private static final int ITEMS = 3000;
  private static final int IDS = 4000;
  private static final int EVENTS = 30_000;
  private static final GeneratedItems GENERATED = new GeneratedItems(ITEMS, 300);

  @TempDir Path folder;
  private final Random random = new Random(5);

  /** Events whose ids come once or often, a quarter of which the table lacks. */
  private List<Integer> ids() {
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      ids.add((int) (IDS * Math.pow(random.nextDouble(), 2)));
    }
    return ids;
  }

  private static String id(int index, KeySchema schema) {
    return GENERATED.item(index, schema).get(schema.partitionKey().name()).s();
  }

  private static LookUpEvents lookUp(
      EmbeddedDynamoDb db, Path input, Format format, EventTarget target) throws IOException {
    KeySchema schema = db.settings().table().keySchema();
    return LookUpEvents.of(
            InputFiles.match(List.of(input.toString())),
            format,
            db.settings().table().name(),
            schema,
            new EventRules(LookupKey.parse(List.of("id"), schema), Wanted.PRESENT, Map.of()))
        .withClient(TestTable.client(db))
        .into(target);
  }

  private EventTarget target(String run) {
    return new EventTarget(folder.resolve("out").toString(), run);
  }

  private String written() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().startsWith(EventTarget.PART)) {
          all.append(Files.readString(file));
        }
      }
    }
    return all.toString();
  }

  private static void run(LookUpEvents lookUp, long kept, long dropped) {
    TestPipeline pipeline = Outcomes.pipeline();
    PCollectionTuple looked = pipeline.apply(lookUp);
    Outcomes.assertSum(
        looked.get(Outcome.TALLIES),
        new Tally(
            Map.of(Count.READ, kept + dropped, Count.KEPT, kept, Count.DROPPED, dropped),
            Map.of(),
            List.of()));
    DirectRun.of(pipeline);
  }

  private Path json(List<Integer> ids, KeySchema schema, StringBuilder expected)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ids.size(); i++) {
      String line = "{\"n\":%d,\"id\":\"%s\"}\n".formatted(i, id(ids.get(i), schema));
      text.append(line);
      expected.append(ids.get(i) < ITEMS ? line : "");
    }
    return Files.writeString(folder.resolve("events.json"), text);
  }

  @Test
  void readsEachKeyOnceWithinItsBudgetWhateverIsThrottledOrLeftUnprocessed() throws Exception {
    int capacity = 2000;
    double ratio = 0.5;
    EndpointSettings settings =
        TestTable.settings(TestTable.table().withProvisioned(10, capacity))
            .withGenerated(GENERATED)
            .withThroughput(Throughput.unlimited().withRead(capacity).withBurstSeconds(5))
            .withFaults(
                Faults.none()
                    .with(Fault.THROTTLED, 0.1)
                    .with(Fault.UNPROCESSED, 0.1)
                    .of("BatchGetItem"));
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(settings)) {
      List<Integer> ids = ids();
      StringBuilder expected = new StringBuilder();
      Path input = json(ids, db.settings().table().keySchema(), expected);
      long kept = ids.stream().filter(id -> id < ITEMS).count();
      long began = System.nanoTime();
      run(
          lookUp(db, input, JsonFormat.withColumns(Map.of()), target("a"))
              .withBudget(Budget.ofRatio(ratio)),
          kept,
          EVENTS - kept);
      double seconds = (System.nanoTime() - began) / 1e9;
      assertThat(written(), is(expected.toString()));
      Books books = db.books();
      long present = ids.stream().filter(id -> id < ITEMS).distinct().count();
      assertThat("each item is read once", books.itemsRead(), is(present));
      double allowed = capacity * ratio;
      assertThat(books.readUnits(), lessThanOrEqualTo(allowed * seconds + allowed));
      assertThat(books.faults(Fault.THROTTLED), greaterThan(0L));
      assertThat(books.faults(Fault.UNPROCESSED), greaterThan(0L));
    }
  }

  /** Without room for an answer, keys are read again and again, and the result is the same. */
  @Test
  void aCacheWithoutRoomOnlyCosts() throws Exception {
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(TestTable.settings().withGenerated(GENERATED))) {
      List<Integer> ids = ids();
      StringBuilder expected = new StringBuilder();
      Path input = json(ids, db.settings().table().keySchema(), expected);
      long kept = ids.stream().filter(id -> id < ITEMS).count();
      run(
          lookUp(db, input, JsonFormat.withColumns(Map.of()), target("a"))
              .withCache(Duration.ofMinutes(1), 1),
          kept,
          EVENTS - kept);
      assertThat(written(), is(expected.toString()));
      long present = ids.stream().filter(id -> id < ITEMS).distinct().count();
      assertThat(db.books().itemsRead(), greaterThan(present));
    }
  }

  @Test
  void aScanAnswersForAllKeys() throws Exception {
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(TestTable.settings().withGenerated(GENERATED))) {
      List<Integer> ids = ids();
      StringBuilder expected = new StringBuilder();
      Path input = json(ids, db.settings().table().keySchema(), expected);
      long kept = ids.stream().filter(id -> id < ITEMS).count();
      run(
          lookUp(db, input, JsonFormat.withColumns(Map.of()), target("a"))
              .withScan(TestScan.scan(db)),
          kept,
          EVENTS - kept);
      assertThat(written(), is(expected.toString()));
      assertThat(db.books().requests("BatchGetItem"), is(0L));
      assertThat(db.books().itemsRead(), is((long) ITEMS));
    }
  }

  /** Several workers read the slices of one file, and each part has the header. */
  @Test
  void slicesOfAFileHaveTheEventsOfTheWhole() throws Exception {
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(TestTable.settings().withGenerated(GENERATED))) {
      KeySchema schema = db.settings().table().keySchema();
      String header = "sep=;\r\nn;id\r\n";
      StringBuilder text = new StringBuilder(header);
      StringBuilder expected = new StringBuilder();
      String padding = "x".repeat(60);
      long kept = 0;
      for (int id : ids()) {
        String record = "%s;\"%s\"\r\n".formatted(padding, id(id, schema));
        text.append(record);
        expected.append(id < ITEMS ? record : "");
        kept += id < ITEMS ? 1 : 0;
      }
      Path input = Files.writeString(folder.resolve("events.csv"), text);
      CsvFormat format = new CsvFormat(null, ',', QuotedNewlines.NEVER, CsvValues.STRINGS);
      run(lookUp(db, input, format, target("a")), kept, EVENTS - kept);
      int parts = (int) (Files.size(input) >> 20) + 1;
      assertThat(parts, greaterThan(1));
      assertThat(written().split(header, -1).length - 1, is(parts));
      assertThat(written().replace(header, ""), is(expected.toString()));
    }
  }

  @Test
  void aTableThatCannotBeReadForSoLongIsNamedAndNothingIsPublished() throws Exception {
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(TestTable.settings().withGenerated(GENERATED))) {
      db.setFaults(Faults.none().with(Fault.INTERNAL_ERROR, 1).of("BatchGetItem"));
      Path input = Files.writeString(folder.resolve("e.json"), "{\"id\":\"a\"}\n");
      TestPipeline pipeline = Outcomes.pipeline();
      pipeline.apply(
          lookUp(db, input, JsonFormat.withColumns(Map.of()), target("a"))
              .withRetryFor(Duration.ofSeconds(1)));
      Pipeline.PipelineExecutionException e =
          assertThrows(Pipeline.PipelineExecutionException.class, () -> DirectRun.of(pipeline));
      assertThat(
          e.getCause().getMessage(),
          containsString("The table " + db.settings().table().name() + " cannot be read: "));
      assertThat(Files.exists(folder.resolve("out/_SUCCESS")), is(false));
    }
  }
}

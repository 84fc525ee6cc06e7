/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.capture;

import io.sluice.change.capture.CaptureTask.OnGap;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.change.stream.StreamClient;
import io.sluice.change.stream.StreamGap;
import io.sluice.change.stream.StreamState;
import io.sluice.dynamodb.wire.Clients;
import io.sluice.localaws.dynamodb.DynamoDb;
import io.sluice.localaws.dynamodb.fault.Fault;
import io.sluice.localaws.dynamodb.fault.FaultRule;
import io.sluice.localaws.dynamodb.stream.StreamSettings;
import io.sluice.testing.NewTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.TestPipeline;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * A table that changes at random, on a DynamoDB whose time is the test's; and a model that knows
 * what it was when. The times of changes are up to five seconds wrong, each by itself.
 */
public final class ChangingTable implements AutoCloseable {
  private static final String NAME = "history";
  private static final int KEYS = 10;
  private static final int SKEW_MILLIS = 5_000;
  private static final int PAGE = 3;

  private final Random random;
  private final RestlessClock clock;
  private final DynamoDb db;
  private final DynamoDbClient dynamodb;
  private final FeedFolder feed;
  private final List<Event> events = new ArrayList<>();
  private final Map<String, Map<String, AttributeValue>> items = new HashMap<>();
  private StreamViewType view;
  private int versions;

  /** A change, as the stream has it. */
  private record Event(String id, @Nullable Map<String, AttributeValue> item, long second) {}

  /** What a scan has found while the table changed. */
  public record Scan(Instant start, Instant end, Collection<Map<String, AttributeValue>> items) {}

  public ChangingTable(Random random, Path folder) {
    this(
        random,
        folder,
        StreamSettings.SERVICE
            .withShards(1 + random.nextInt(3))
            .withSplitAfter(5 + random.nextInt(20))
            .withShardLife(Duration.ofMinutes(7))
            .withEmptyPages(0.3)
            .withSeed(random.nextLong()));
  }

  ChangingTable(Random random, Path folder, StreamSettings streams) {
    this.random = random;
    this.clock = new RestlessClock(random);
    this.db = DynamoDb.builder().clock(clock).streams(streams).start();
    this.dynamodb =
        DynamoDbClient.builder()
            .endpointOverride(db.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials())
            .httpClientBuilder(ApacheHttpClient.builder())
            .build();
    this.feed = new FeedFolder(folder.toString(), NAME);
    NewTable.of(NAME, "id:S").createIn(dynamodb);
    enableStream();
  }

  private static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));
  }

  private ClientConfiguration client() {
    return ClientConfiguration.builder()
        .endpoint(db.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials())
        .build();
  }

  public PipelineOptions options() {
    AwsOptions options = TestPipeline.testingPipelineOptions().as(AwsOptions.class);
    options.setAwsRegion(Region.US_EAST_1);
    return options;
  }

  public RestlessClock clock() {
    return clock;
  }

  public FeedFolder feed() {
    return feed;
  }

  public FeedCommits commits() {
    return FeedCommits.of(feed);
  }

  private void enableStream() {
    view = random.nextBoolean() ? StreamViewType.NEW_IMAGE : StreamViewType.NEW_AND_OLD_IMAGES;
    dynamodb.updateTable(
        u ->
            u.tableName(NAME).streamSpecification(s -> s.streamEnabled(true).streamViewType(view)));
  }

  /** Whether the records of the stream have what the item was before. */
  public boolean hasOldImages() {
    return view == StreamViewType.NEW_AND_OLD_IMAGES;
  }

  /** Has another stream from now on; changes between the two are in neither. */
  public void replaceStream() {
    dynamodb.updateTable(u -> u.tableName(NAME).streamSpecification(s -> s.streamEnabled(false)));
    change(random.nextInt(4));
    enableStream();
  }

  /** Puts, replaces and deletes items, several in a second or a few seconds apart. */
  public void change(int times) {
    for (int i = 0; i < times; i++) {
      clock.move(Duration.ofMillis(random.nextBoolean() ? 0 : random.nextInt(9_000)));
      Duration ahead = Duration.ofMillis(random.nextInt(2 * SKEW_MILLIS + 1) - SKEW_MILLIS);
      clock.lookAtOneThatIsAhead(ahead);
      changeOne(clock.now().plus(ahead).getEpochSecond());
      clock.lookAtOneThatIsAhead(Duration.ZERO);
    }
  }

  private void changeOne(long second) {
    String id = "key-" + random.nextInt(KEYS);
    Map<String, AttributeValue> key = Map.of("id", AttributeValue.fromS(id));
    Map<String, AttributeValue> item = null;
    switch (random.nextInt(4)) {
      case 0 -> dynamodb.deleteItem(d -> d.tableName(NAME).key(key));
      case 1 -> {
        AttributeValue version = AttributeValue.fromN(Integer.toString(versions++));
        dynamodb.updateItem(
            u ->
                u.tableName(NAME)
                    .key(key)
                    .updateExpression("SET v = :v")
                    .expressionAttributeValues(Map.of(":v", version)));
        item = new HashMap<>(items.getOrDefault(id, key));
        item.put("v", version);
      }
      default -> {
        item = new HashMap<>(key);
        // Sometimes the same again, of which there is no record.
        item.put("w", AttributeValue.fromN(Integer.toString(random.nextInt(3))));
        Map<String, AttributeValue> put = item;
        dynamodb.putItem(p -> p.tableName(NAME).item(put));
      }
    }
    Map<String, AttributeValue> before = item == null ? items.remove(id) : items.put(id, item);
    if (!Objects.equals(before, item)) {
      events.add(new Event(id, item, second));
    }
  }

  /** Scans the table page by page, and changes it meanwhile. */
  public Scan scan() {
    Instant start = clock.now();
    List<Map<String, AttributeValue>> found = new ArrayList<>();
    Map<String, AttributeValue> after = Map.of();
    do {
      Map<String, AttributeValue> from = after.isEmpty() ? null : after;
      ScanResponse page = dynamodb.scan(s -> s.tableName(NAME).limit(PAGE).exclusiveStartKey(from));
      found.addAll(page.items());
      after = page.lastEvaluatedKey();
      change(random.nextInt(4));
    } while (!after.isEmpty());
    return new Scan(start, clock.now(), found);
  }

  /**
   * What the table was: of each key, the longest beginning of its changes of which none is later.
   */
  public Map<String, Map<String, AttributeValue>> asOf(Instant time) {
    Map<String, Map<String, AttributeValue>> then = new HashMap<>();
    Set<String> over = new HashSet<>();
    for (Event event : events) {
      if (event.second > time.getEpochSecond()) {
        over.add(event.id);
      }
      if (!over.contains(event.id)) {
        if (event.item == null) {
          then.remove(event.id);
        } else {
          then.put(event.id, event.item);
        }
      }
    }
    return then;
  }

  /**
   * Has requests that read streams go wrong at random, and time go on meanwhile; or not any more.
   */
  public void setFaults(String rules) {
    db.faults().set(FaultRule.parse(rules));
    clock.setRunning(!rules.isEmpty());
  }

  /** Has the next requests for a page of records fail so. */
  void failNextReads(int requests, String error) {
    db.faults().next("GetRecords", requests, Fault.error(error));
  }

  /** How many changes there were. */
  int changes() {
    return events.size();
  }

  /** What a capture finds before it reads: the stream, and why changes are lost if they are. */
  public CaptureTask task() throws IOException {
    FeedCommit last = commits().latest().orElse(null);
    StreamState stream = stream();
    Optional<String> gap = last == null ? Optional.empty() : StreamGap.find(last, stream);
    return new CaptureTask(
        feed, UUID.randomUUID().toString(), stream, last, gap.orElse(null), OnGap.RESNAPSHOT);
  }

  private StreamState stream() {
    String arn = dynamodb.describeTable(d -> d.tableName(NAME)).table().latestStreamArn();
    try (StreamClient streams =
        new StreamClient(
            Clients.streams(Clients.LONGEST_READ, client(), options().as(AwsOptions.class)),
            Duration.ofMinutes(1))) {
      return streams.describe(arn);
    }
  }

  public CaptureResult run(CaptureTask task) {
    return CaptureRuns.run(task, client(), options());
  }

  @Override
  public void close() {
    dynamodb.close();
    db.close();
  }
}

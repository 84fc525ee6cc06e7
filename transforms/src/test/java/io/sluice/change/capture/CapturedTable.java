/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.change.capture.CaptureTask.OnGap;
import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.change.stream.StreamClient;
import io.sluice.change.stream.StreamGap;
import io.sluice.change.stream.StreamState;
import io.sluice.dynamodb.wire.Clients;
import io.sluice.item.InvalidItemException;
import io.sluice.item.json.ItemJson;
import io.sluice.storage.Glob;
import io.sluice.storage.Storage;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** A table with a stream, a feed of its changes, and a count of these. */
public final class CapturedTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEYS = 12;
  private final LocalAws aws;
  private final DynamoDbClient dynamodb;
  private final String name;
  private int changes;

  public CapturedTable(LocalAws aws, String name) {
    this.aws = aws;
    this.dynamodb = aws.dynamodb();
    this.name = name;
  }

  public FeedFolder feed() {
    return new FeedFolder("s3://" + aws.bucket() + "/feeds", name);
  }

  /** The commits of the feed. */
  public FeedCommits commits() {
    LocalS3.options(aws);
    return FeedCommits.of(feed());
  }

  public void create() {
    dynamodb.createTable(
        create ->
            create
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    d -> d.attributeName("id").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                .streamSpecification(
                    s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
  }

  void disableStream() {
    dynamodb.updateTable(u -> u.tableName(name).streamSpecification(s -> s.streamEnabled(false)));
  }

  void enableStream() {
    dynamodb.updateTable(
        u ->
            u.tableName(name)
                .streamSpecification(
                    s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
  }

  /** Puts and deletes items of few keys, some of them without effect. */
  public void changeAtRandom(Random random, int times) {
    for (int i = 0; i < times; i++) {
      Map<String, AttributeValue> key =
          Map.of("id", AttributeValue.fromS("key-" + random.nextInt(KEYS)));
      Map<String, AttributeValue> old = dynamodb.getItem(g -> g.tableName(name).key(key)).item();
      if (random.nextInt(4) == 0) {
        dynamodb.deleteItem(d -> d.tableName(name).key(key));
        changes += old.isEmpty() ? 0 : 1;
      } else {
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.put("n", AttributeValue.fromN(Integer.toString(random.nextInt(3))));
        item.put("s", AttributeValue.fromSs(List.of("a", "b")));
        dynamodb.putItem(p -> p.tableName(name).item(item));
        changes += old.equals(item) ? 0 : 1;
      }
    }
  }

  /** How many changes there were that had an effect. */
  public int changes() {
    return changes;
  }

  private ClientConfiguration client() {
    return ClientConfiguration.builder()
        .endpoint(aws.dynamodbEndpoint())
        .region(aws.region())
        .credentialsProvider(aws.credentials())
        .build();
  }

  StreamState stream() {
    AwsOptions options = LocalS3.options(aws).as(AwsOptions.class);
    String arn = dynamodb.describeTable(d -> d.tableName(name)).table().latestStreamArn();
    try (StreamClient streams =
        new StreamClient(
            Clients.streams(Clients.LONGEST_READ, client(), options), Duration.ofMinutes(1))) {
      return streams.describe(arn);
    }
  }

  /** A run that goes on where the last commit stopped, of which there must be no gap. */
  CaptureTask task(String run) throws IOException {
    FeedCommit last = commits().latest().orElse(null);
    StreamState stream = stream();
    if (last != null) {
      StreamGap.find(last, stream)
          .ifPresent(
              gap -> {
                throw new AssertionError(gap);
              });
    }
    return new CaptureTask(feed(), run, stream, last, null, OnGap.FAIL);
  }

  public CaptureResult capture() throws IOException {
    return run(task(UUID.randomUUID().toString()));
  }

  CaptureResult run(CaptureTask task) {
    return CaptureRuns.run(task, client(), LocalS3.options(aws));
  }

  /** All commits of the feed, in their order. */
  private List<FeedCommit> all() throws IOException {
    List<FeedCommit> all = new ArrayList<>();
    long last = commits().latest().map(FeedCommit::number).orElse(0L);
    for (long number = 1; number <= last; number++) {
      all.add(commits().read(number));
    }
    return all;
  }

  /** The lines of all files that commits list. */
  public List<String> captured() throws IOException {
    List<String> lines = new ArrayList<>();
    for (FeedCommit commit : all()) {
      for (DeltaFile file : commit.files()) {
        List<String> some = lines(file.name());
        if (some.size() != file.records()) {
          throw new AssertionError(file + " has " + some.size());
        }
        lines.addAll(some);
      }
    }
    return lines;
  }

  private List<String> lines(String file) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Channels.newInputStream(
                        FileSystems.open(
                            FileSystems.matchNewResource(feed().path() + file, false)))),
                StandardCharsets.UTF_8))) {
      return in.lines().toList();
    }
  }

  /** The items that the changes of the feed leave, in the order of their sequence numbers. */
  public Map<String, Map<String, AttributeValue>> replayed() throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : captured()) {
      records.add(JSON.readTree(line));
    }
    records.sort(
        Comparator.comparing(
            record -> new BigInteger(record.at("/dynamodb/SequenceNumber").textValue())));
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    for (JsonNode record : records) {
      String id = record.at("/dynamodb/Keys/id/S").textValue();
      JsonNode image = record.at("/dynamodb/NewImage");
      if (image.isMissingNode()) {
        items.remove(id);
      } else {
        try {
          items.put(id, ItemJson.parseAttributes(JSON.writeValueAsBytes(image)));
        } catch (InvalidItemException e) {
          throw new AssertionError(e);
        }
      }
    }
    return items;
  }

  /** The items of the table. */
  public Map<String, Map<String, AttributeValue>> items() {
    return dynamodb
        .scanPaginator(scan -> scan.tableName(name).consistentRead(true))
        .items()
        .stream()
        .collect(Collectors.toMap(item -> item.get("id").s(), item -> item));
  }

  /** The names of all files of changes that are there. */
  public Set<String> filesThere() throws IOException {
    String path = feed().path();
    commits();
    return Storage.match(Glob.escape(path) + "**").stream()
        .map(file -> file.resourceId().toString().substring(path.length()))
        .filter(file -> !file.startsWith("_"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names of those that commits list. */
  public Set<String> filesOfCommits() throws IOException {
    return all().stream()
        .flatMap(commit -> commit.files().stream())
        .map(DeltaFile::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

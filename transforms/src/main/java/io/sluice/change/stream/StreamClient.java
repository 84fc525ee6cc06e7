/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.stream;

import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.dynamodb.wire.RetryWindow;
import io.sluice.dynamodb.wire.WireAnswer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Sends requests to DynamoDB Streams, and again while they fail in a way that may pass. Times are
 * those of the answers, for no two workers have the same clock.
 */
public final class StreamClient implements AutoCloseable {
  private final DynamoDbStreamsClient client;
  private final Duration retryFor;

  /** A page of records of a shard, as of a time of the service. */
  record Page(List<Record> records, @Nullable String next, Instant time) {}

  /**
   * @param client that does not retry by itself; it is closed with this
   * @param retryFor how long a request may keep failing
   */
  public StreamClient(DynamoDbStreamsClient client, Duration retryFor) {
    this.client = client;
    this.retryFor = retryFor;
  }

  /**
   * Describes a stream with all of its shards.
   *
   * @throws software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException when there is
   *     no such stream
   */
  public StreamState describe(String arn) {
    List<Shard> shards = new ArrayList<>();
    String after = null;
    Instant first = null;
    StreamDescription description;
    do {
      String start = after;
      DescribeStreamResponse page =
          send(() -> client.describeStream(r -> r.streamArn(arn).exclusiveStartShardId(start)));
      description = page.streamDescription();
      first = first == null ? timeOf(page) : first;
      shards.addAll(description.shards());
      after = description.lastEvaluatedShardId();
    } while (after != null);
    return new StreamState(
        arn,
        description.streamViewTypeAsString(),
        labelTime(description.streamLabel()),
        shards.stream()
            .map(shard -> new StreamState.ListedShard(shard.shardId(), shard.parentShardId()))
            .toList(),
        first);
  }

  /** A stream's label is the time of its creation, in UTC. */
  private static Instant labelTime(String label) {
    try {
      return LocalDateTime.parse(label).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new IllegalStateException("the label of the stream is no time: " + label, e);
    }
  }

  /**
   * Gets an iterator.
   *
   * @param after the sequence number after which it begins; null for the oldest record that is left
   */
  String iterator(String arn, String shard, @Nullable String after) {
    ShardIteratorType type =
        after == null ? ShardIteratorType.TRIM_HORIZON : ShardIteratorType.AFTER_SEQUENCE_NUMBER;
    return send(() ->
            client.getShardIterator(
                r -> r.streamArn(arn).shardId(shard).shardIteratorType(type).sequenceNumber(after)))
        .shardIterator();
  }

  Page records(String iterator) {
    GetRecordsResponse page = send(() -> client.getRecords(r -> r.shardIterator(iterator)));
    return new Page(page.records(), page.nextShardIterator(), timeOf(page));
  }

  /** Every answer over HTTP has a date; a proxy that strips it leaves us with our own clock. */
  private static Instant timeOf(SdkResponse answer) {
    return WireAnswer.time(answer.sdkHttpResponse().firstMatchingHeader(WireAnswer.DATE))
        .orElseGet(Instant::now);
  }

  /** Returns the time of an answer that is an error. */
  static Instant timeOf(AwsServiceException error) {
    return Optional.ofNullable(error.awsErrorDetails())
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(response -> WireAnswer.time(response.firstMatchingHeader(WireAnswer.DATE)))
        .orElseGet(Instant::now);
  }

  private <T> T send(Supplier<T> request) {
    RetryWindow window = new RetryWindow(retryFor);
    while (true) {
      long start = System.nanoTime();
      try {
        return request.get();
      } catch (RuntimeException e) {
        RequestFailure kind = RequestFailure.of(e);
        if (!kind.isPassing()) {
          throw e;
        }
        OptionalLong pause = window.failed(kind, System.nanoTime() - start);
        if (pause.isEmpty()) {
          throw e;
        }
        sleep(Duration.ofNanos(pause.getAsLong()));
      }
    }
  }

  /** Waits, and fails if it is interrupted: then the job has ended. */
  static void sleep(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading a stream", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.capacity.Throttle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/**
 * A table whose write units are changed, and marked by tags.
 *
 * @param name the name of the table, or its ARN
 */
record MarkedTable(String name, DynamoDbClient client) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** Large raises take long. */
  private static final Duration LONGEST_UPDATE = Duration.ofMinutes(30);

  /** DynamoDB shows tags after some seconds. */
  private static final Duration LONGEST_TAGGING = Duration.ofSeconds(60);

  /** Names the table, or an index of it, for people. */
  String nameOf(String index) {
    return index.equals(Throttle.TABLE) ? name : "index %s of %s".formatted(index, name);
  }

  /**
   * Describes the table.
   *
   * @throws RaiseRefusedException when there is none
   */
  WriteUnits units() {
    return DescribeTable.find(name, client)
        .map(WriteUnits::of)
        .orElseThrow(() -> new RaiseRefusedException("the table %s is not there".formatted(name)));
  }

  /**
   * Waits until nothing of the table is being changed, and describes it.
   *
   * @throws RaiseRefusedException when there is none, or that takes longer than half an hour
   */
  WriteUnits activeUnits() {
    Pauses pauses = new Pauses(LONGEST_UPDATE);
    while (true) {
      WriteUnits units = units();
      if (units.isActive()) {
        return units;
      }
      if (!pauses.next()) {
        throw new RaiseRefusedException(
            "the table %s or an index of it is still being changed after %d minutes"
                .formatted(name, LONGEST_UPDATE.toMinutes()));
      }
    }
  }

  /** Changes the write units; those of the table under {@link Throttle#TABLE}. */
  void update(WriteUnits now, Map<String, Long> writes) {
    UpdateTableRequest.Builder request = UpdateTableRequest.builder().tableName(name);
    List<GlobalSecondaryIndexUpdate> indexes = new ArrayList<>();
    new TreeMap<>(writes)
        .forEach(
            (index, units) -> {
              long reads = now.lanes().get(index).reads();
              ProvisionedThroughput provisioned =
                  ProvisionedThroughput.builder()
                      .readCapacityUnits(reads)
                      .writeCapacityUnits(units)
                      .build();
              if (index.equals(Throttle.TABLE) && now.onDemand()) {
                request.onDemandThroughput(m -> m.maxWriteRequestUnits(units));
              } else if (index.equals(Throttle.TABLE)) {
                request.provisionedThroughput(provisioned);
              } else if (now.onDemand()) {
                indexes.add(
                    GlobalSecondaryIndexUpdate.builder()
                        .update(
                            u ->
                                u.indexName(index)
                                    .onDemandThroughput(m -> m.maxWriteRequestUnits(units)))
                        .build());
              } else {
                indexes.add(
                    GlobalSecondaryIndexUpdate.builder()
                        .update(u -> u.indexName(index).provisionedThroughput(provisioned))
                        .build());
              }
            });
    if (!indexes.isEmpty()) {
      request.globalSecondaryIndexUpdates(indexes);
    }
    client.updateTable(request.build());
  }

  /**
   * Reads the mark; empty when the table has none.
   *
   * @throws RaiseRefusedException when it cannot be read
   */
  Optional<CapacityMark> mark(String arn) {
    Pauses pauses = new Pauses(LONGEST_TAGGING);
    while (true) {
      try {
        return CapacityMark.of(tags(arn));
      } catch (IllegalArgumentException e) {
        // Its tags may not all be there yet.
        if (!pauses.next()) {
          throw new RaiseRefusedException(
              "the tag %s of the table %s cannot be read: %s"
                  .formatted(CapacityMark.TAG, name, e.getMessage()));
        }
      }
    }
  }

  /** Writes the mark, without waiting until it can be seen. */
  void write(String arn, CapacityMark mark) {
    List<Tag> tags =
        mark.toTags().entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    client.tagResource(request -> request.resourceArn(arn).tags(tags));
  }

  /**
   * Waits until a mark that was written can be seen.
   *
   * @throws RaiseRefusedException when it cannot, or another run has written its own
   */
  void awaitMark(String arn, CapacityMark written) {
    Pauses pauses = new Pauses(LONGEST_TAGGING);
    Optional<CapacityMark> seen = mark(arn);
    while (!seen.equals(Optional.of(written))) {
      if (!pauses.next()) {
        throw new RaiseRefusedException(
            "the tag %s of the table %s %s"
                .formatted(
                    CapacityMark.TAG,
                    name,
                    seen.isEmpty() ? "does not appear" : "is of another run that began just now"));
      }
      seen = mark(arn);
    }
  }

  /** Waits some seconds until a mark of another run is gone that may have been removed. */
  Optional<CapacityMark> markAfter(String arn, Duration time) {
    Pauses pauses = new Pauses(time);
    Optional<CapacityMark> seen = mark(arn);
    while (seen.isPresent() && pauses.next()) {
      seen = mark(arn);
    }
    return seen;
  }

  void removeMark(String arn) {
    List<String> names =
        tags(arn).keySet().stream().filter(tag -> tag.startsWith(CapacityMark.TAG)).toList();
    if (!names.isEmpty()) {
      client.untagResource(request -> request.resourceArn(arn).tagKeys(names));
    }
  }

  private Map<String, String> tags(String arn) {
    Map<String, String> tags = new TreeMap<>();
    String next = null;
    do {
      String from = next;
      ListTagsOfResourceResponse some =
          client.listTagsOfResource(request -> request.resourceArn(arn).nextToken(from));
      some.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
      next = some.nextToken();
    } while (next != null);
    return tags;
  }

  /** Pauses that double, until a time is up. */
  private static final class Pauses {
    private final long end;
    private long pause = FIRST_PAUSE.toNanos();

    Pauses(Duration all) {
      end = System.nanoTime() + all.toNanos();
    }

    /** Pauses; returns false, at once, when the time is up. */
    boolean next() {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      try {
        TimeUnit.NANOSECONDS.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw AbortedException.create("interrupted while a table was changed", e);
      }
      pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
      return true;
    }
  }
}

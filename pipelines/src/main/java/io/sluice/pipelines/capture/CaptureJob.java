/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.capture;

import io.sluice.change.capture.CaptureStream;
import io.sluice.change.capture.CaptureTask;
import io.sluice.change.capture.CaptureTask.OnGap;
import io.sluice.change.catalog.RegisterChanges;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.stream.StreamClient;
import io.sluice.change.stream.StreamGap;
import io.sluice.change.stream.StreamState;
import io.sluice.change.stream.TableStream;
import io.sluice.dynamodb.wire.Clients;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.EmbeddedEngine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A run of a capture that is about to begin, for which the stream and the feed are known.
 *
 * @param options of the runner and of AWS
 */
record CaptureJob(SluiceOptions options, CapturePlan plan, CaptureTask task, Instant start) {
  private static final Duration FIRST_CONTACT = Duration.ofSeconds(10);
  private static final Set<String> VIEWS = Set.of("NEW_IMAGE", "NEW_AND_OLD_IMAGES");

  /**
   * Looks at the stream and the latest commit.
   *
   * @throws JobException when there is no table, no stream, a stream without new images, or a gap
   */
  static CaptureJob of(SluiceOptions options, CapturePlan plan, Instant start, Console console) {
    FeedCommit last = latest(plan, true);
    StreamState stream = stream(options, plan, true, console);
    Optional<String> gap = gap(plan, last, stream);
    CaptureTask task =
        new CaptureTask(
            plan.feed(),
            UUID.randomUUID().toString(),
            stream,
            last,
            gap.orElse(null),
            plan.onGap());
    return new CaptureJob(options, plan, task, start);
  }

  /**
   * Finds why changes are lost.
   *
   * @throws JobException when they are, and the plan is to fail then
   */
  static Optional<String> gap(CapturePlan plan, @Nullable FeedCommit last, StreamState stream) {
    Optional<String> gap = last == null ? Optional.empty() : StreamGap.find(last, stream);
    if (gap.isPresent() && plan.onGap() == OnGap.FAIL) {
      throw new JobException(
          "changes of %s are lost: %s; --onGap=RESNAPSHOT begins anew"
              .formatted(plan.table(), gap.get()));
    }
    return gap;
  }

  /**
   * Reads the latest commit; null for a new feed.
   *
   * @param isToCommit whether another will be made, so that the store is tried
   */
  static @Nullable FeedCommit latest(CapturePlan plan, boolean isToCommit) {
    FeedCommits commits = FeedCommits.of(plan.feed());
    try {
      Optional<FeedCommit> latest = commits.latest();
      if (isToCommit) {
        commits.checkStore();
      }
      return latest.orElse(null);
    } catch (IOException | RuntimeException e) {
      throw new JobException("--output: " + UserMessages.oneLine(e), e);
    }
  }

  /**
   * Describes the stream.
   *
   * @param mayEnable whether one is enabled if there is none and the plan says so
   * @throws JobException when there is no table, no stream, or one without new images
   */
  static StreamState stream(
      SluiceOptions options, CapturePlan plan, boolean mayEnable, Console console) {
    Aws.checkRegion(options, plan.table());
    StreamState stream;
    try (DynamoDbClient client = Aws.dynamodbClient(options);
        StreamClient streams =
            new StreamClient(
                Clients.streams(FIRST_CONTACT, Aws.dynamodb(options), options), FIRST_CONTACT)) {
      TableStream found =
          TableStream.of(plan.table(), client)
              .orElseThrow(() -> new JobException("the table " + plan.table() + " does not exist"));
      stream =
          streams.describe(found.arn().orElseGet(() -> enabled(plan, mayEnable, client, console)));
    } catch (JobException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new JobException(
          "the stream of %s at %s cannot be described: %s"
              .formatted(plan.table(), Aws.dynamodbName(options), UserMessages.oneLine(e)),
          e);
    }
    if (!VIEWS.contains(stream.view())) {
      throw new JobException(
          String.format(
              "the stream of %s records %s, and not what an item is after a change: it must be"
                  + " disabled, and one of NEW_IMAGE or NEW_AND_OLD_IMAGES be enabled",
              plan.table(), stream.view()));
    }
    return stream;
  }

  private static String enabled(
      CapturePlan plan, boolean mayEnable, DynamoDbClient client, Console console) {
    if (plan.enableStream() && !mayEnable) {
      throw new JobException(
          "the table %s has no stream; the run enables one, and its changes begin then"
              .formatted(plan.table()));
    }
    if (!plan.enableStream()) {
      throw new JobException(
          "the table %s has no stream; --enableStream enables one of new and old images"
              .formatted(plan.table()));
    }
    String arn = TableStream.enable(plan.table(), client);
    console.tell("a stream of " + plan.table() + " is enabled, which records changes from now on");
    return arn;
  }

  CaptureStream capture() {
    return CaptureStream.of(task).withClient(Aws.dynamodb(options));
  }

  RegisterChanges register() {
    RegisterChanges register = RegisterChanges.of(plan.feed());
    return plan.catalog().glue().map(register::registeringIn).orElse(register);
  }

  Map<String, Object> properties() {
    Map<String, Object> properties = new TreeMap<>();
    properties.put("pipeline", "capture");
    properties.put("runner", EmbeddedEngine.runner(options));
    properties.put("table", plan.table());
    properties.put("output", plan.feed().path());
    properties.put("stream", task.stream().arn());
    properties.put("started", start.toString());
    return properties;
  }

  /** Returns the line that says what the job does. */
  String title() {
    return plan.table() + " -> " + plan.feed().path();
  }
}

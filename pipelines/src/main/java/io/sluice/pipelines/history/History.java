/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDiff;
import io.sluice.item.json.ItemJson;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.job.Aws;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.io.FileSystems;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Lists the versions of an item: a line for each, with the attributes that changed. */
final class History {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HistoryPlan plan;
  private final Console console;

  private History(HistoryPlan plan, Console console) {
    this.plan = plan;
    this.console = console;
  }

  /** Finds and prints the versions; returns the exit code. */
  static int run(HistoryOptions options, Console console) {
    HistoryPlan plan = HistoryPlan.of(options);
    if (isS3(plan.snapshots()) || (plan.feed() != null && isS3(plan.feed().output()))) {
      Aws.configure(options);
    }
    FileSystems.setDefaultPipelineOptions(options);
    return new History(plan, console).run();
  }

  private static boolean isS3(@Nullable String folder) {
    return folder != null && folder.startsWith("s3://");
  }

  private int run() {
    List<Version> versions;
    try {
      versions = new Versions(plan, console).collect();
    } catch (JobException e) {
      throw e;
    } catch (IOException | InvalidItemException | RuntimeException e) {
      throw new JobException("the history cannot be read: " + UserMessages.oneLine(e), e);
    }
    Version before = null;
    for (Version version : versions) {
      console.out().println(plan.json() ? json(version, before) : line(version, before));
      before = version;
    }
    if (versions.stream().allMatch(version -> version.item() == null)) {
      console.tell("no snapshot and no change has an item of this key");
    }
    return ExitCode.OK;
  }

  private static String line(Version version, @Nullable Version before) {
    String line =
        String.format(Locale.ROOT, "%-26s%s  %s", version.time(), version.source(), version.text());
    Map<String, AttributeValue> item = version.item();
    if (item == null) {
      return line;
    }
    if (before == null || before.item() == null) {
      return line
          + String.format(
              Locale.ROOT,
              ": %,d attribute%s, %s",
              item.size(),
              item.size() == 1 ? "" : "s",
              String.join(", ", new TreeSet<>(item.keySet())));
    }
    Set<String> changed = ItemDiff.differing(before.item(), item);
    return line + (changed.isEmpty() ? ": as before" : ": changed " + String.join(", ", changed));
  }

  private static String json(Version version, @Nullable Version before) {
    ObjectNode line = JSON.createObjectNode();
    line.put("time", version.time().toString());
    line.put("source", version.source());
    line.put("event", version.event().name());
    Map<String, AttributeValue> item = version.item();
    if (item != null && before != null && before.item() != null) {
      ItemDiff.differing(before.item(), item).forEach(line.withArray("changed")::add);
    }
    try {
      line.set("Item", item == null ? null : JSON.readTree(ItemJson.toJson(item)));
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("DynamoDB JSON is JSON", e);
    }
  }
}

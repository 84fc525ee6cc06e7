/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.history;

import io.sluice.change.feed.FeedFolder;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.json.ItemJson;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.table.TableNames;
import io.sluice.pipelines.table.TableSnapshots;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The validated options of a history, before any file is read.
 *
 * @param table the table's name or ARN; null when the folder of the snapshots says which
 * @param key the key attributes
 * @param schema the primary key, as the key's attributes have it; of two, the second is the sort
 *     key, which may be half as long as a partition key
 * @param snapshots the folder of the snapshots; null for none
 * @param feed the folder of the changes; null for none
 * @param since the earliest time
 * @param until the latest time
 * @param json whether whole items are printed
 */
record HistoryPlan(
    @Nullable String table,
    Map<String, AttributeValue> key,
    KeySchema schema,
    @Nullable String snapshots,
    @Nullable FeedFolder feed,
    Instant since,
    Instant until,
    boolean json) {

  /**
   * Validates the options.
   *
   * @throws UsageException with all errors
   */
  static HistoryPlan of(HistoryOptions options) {
    OptionErrors problems = new OptionErrors();
    String table = options.getTable();
    if (table != null || options.getDeltas() != null) {
      TableNames.check(table, problems);
    }
    if (options.getKey() == null) {
      problems.add("--key is missing: give it as DynamoDB JSON, such as {\"id\":{\"S\":\"x\"}}");
    }
    if (options.getSnapshots() == null && options.getDeltas() == null) {
      problems.add("--snapshots and --deltas are missing: give at least one of them");
    }
    Map<String, AttributeValue> key =
        problems.parse("key", options.getKey(), HistoryPlan::parseKey);
    FeedFolder feed = null;
    if (TableNames.isOne(table)) {
      feed =
          problems.parse(
              "deltas",
              options.getDeltas(),
              deltas -> new FeedFolder(deltas, TableNames.plain(table)));
      checkTable(table, options.getSnapshots(), problems);
    }
    Instant since = problems.parse("since", options.getSince(), HistoryPlan::time);
    Instant until = problems.parse("until", options.getUntil(), HistoryPlan::time);
    problems.throwIfAny();
    return new HistoryPlan(
        table,
        key,
        schemaOf(key),
        options.getSnapshots(),
        feed,
        since == null ? Instant.MIN : since,
        until == null ? Instant.MAX : until,
        options.isJson());
  }

  private static void checkTable(String table, @Nullable String snapshots, OptionErrors problems) {
    if (snapshots == null) {
      return;
    }
    String option = "--snapshots=" + snapshots;
    String theirs = TableSnapshots.in(option, snapshots, table).table();
    if (!theirs.equals(TableNames.plain(table))) {
      problems.add(option + " has the snapshots of " + theirs + ", and --table is " + table);
    }
  }

  private static Map<String, AttributeValue> parseKey(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try {
      Map<String, AttributeValue> key = ItemJson.parseRecord(bytes, 0, bytes.length);
      ItemKey.of(key, schemaOf(key));
      return key;
    } catch (InvalidItemException e) {
      throw new IllegalArgumentException(
          "it must be DynamoDB JSON such as {\"id\":{\"S\":\"x\"}}: " + e.getMessage(), e);
    }
  }

  private static KeySchema schemaOf(Map<String, AttributeValue> key) {
    List<KeyAttribute> attributes = new ArrayList<>();
    key.forEach(
        (name, value) ->
            attributes.add(
                switch (value.type()) {
                  case S -> new KeyAttribute(name, KeyAttribute.Type.S);
                  case N -> new KeyAttribute(name, KeyAttribute.Type.N);
                  case B -> new KeyAttribute(name, KeyAttribute.Type.B);
                  default ->
                      throw new IllegalArgumentException("a key is of the types S, N and B only");
                }));
    if (attributes.isEmpty() || attributes.size() > 2) {
      throw new IllegalArgumentException("a primary key has one attribute or two");
    }
    return new KeySchema(attributes.get(0), attributes.size() == 1 ? null : attributes.get(1));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' must be a time, such as 2026-01-31T23:26:00Z", e);
    }
  }
}

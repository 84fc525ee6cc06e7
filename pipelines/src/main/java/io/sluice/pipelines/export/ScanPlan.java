/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.item.InvalidItemException;
import io.sluice.item.json.ItemJson;
import io.sluice.pipelines.cli.OptionErrors;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The part of a table that is read, in DynamoDB's expressions.
 *
 * @param index the index that is scanned; null for the table
 * @param filter which items; null for all
 * @param projection which attributes; null for all
 * @param expressionNames placeholders for names in the expressions, as given; null for none
 * @param names the same, parsed
 * @param values placeholders for values in the expressions
 * @param segments the number of segments; null for a suitable one
 * @param consistentRead whether reads are strongly consistent, for twice the units
 */
record ScanPlan(
    @Nullable String index,
    @Nullable String filter,
    @Nullable String projection,
    @Nullable String expressionNames,
    Map<String, String> names,
    Map<String, AttributeValue> values,
    @Nullable Integer segments,
    boolean consistentRead) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_SEGMENTS = 1_000_000;

  /** Parses the options; if an error is recorded, the plan must not be used. */
  static ScanPlan of(ExportOptions options, OptionErrors problems) {
    Integer segments = options.getSegments();
    if (segments != null && (segments < 1 || segments > MOST_SEGMENTS)) {
      problems.add("--segments=" + segments + " must be 1 to 1000000");
    }
    if (options.getFilter() == null && options.getExpressionValues() != null) {
      problems.add("--expressionValues goes with --filter");
    }
    if (options.getFilter() == null
        && options.getProjection() == null
        && options.getExpressionNames() != null) {
      problems.add("--expressionNames goes with --filter or --projection");
    }
    Map<String, String> names =
        problems.parse("expressionNames", options.getExpressionNames(), ScanPlan::names);
    Map<String, AttributeValue> values =
        problems.parse("expressionValues", options.getExpressionValues(), ScanPlan::values);
    return new ScanPlan(
        options.getIndex(),
        options.getFilter(),
        options.getProjection(),
        options.getExpressionNames(),
        names == null ? Map.of() : names,
        values == null ? Map.of() : values,
        segments,
        options.isConsistentRead());
  }

  /** Returns the names in their order as text. */
  String namesText() {
    return new TreeMap<>(names).toString();
  }

  /** Returns a digest of the values, which differs where they differ and does not show them. */
  String valuesDigest() {
    try {
      byte[] json = ItemJson.toJson(new TreeMap<>(values)).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static Map<String, String> names(String json) {
    try {
      return JSON.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("must be JSON such as {\"#s\":\"status\"}", e);
    }
  }

  private static Map<String, AttributeValue> values(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try {
      return ItemJson.parseRecord(bytes, 0, bytes.length);
    } catch (InvalidItemException e) {
      throw new IllegalArgumentException("must be DynamoDB JSON such as {\":p\":{\"N\":\"5\"}}", e);
    }
  }
}

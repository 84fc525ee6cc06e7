/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.dynamodbjson;

import io.sluice.format.Format;
import io.sluice.format.FormatDefinition;
import io.sluice.format.OutputDefinition;
import io.sluice.format.ReaderSettings;
import io.sluice.format.json.RecordPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Defines DynamoDB JSON: files in any envelope of the API, and full exports of DynamoDB, found by
 * their manifests. {@link RecordPath} sets where the records are.
 */
public final class DynamoDbJsonDefinition implements FormatDefinition {

  @Override
  public boolean isRecord(Map<?, ?> outline) {
    return TypedOutline.EXACT.isItem(outline) || isEnvelope(outline);
  }

  /** Recognises an envelope of the API around items, even if only a part of it can be read. */
  private static boolean isEnvelope(Map<?, ?> object) {
    if (object.get("Items") instanceof List<?> items) {
      return items.isEmpty()
          ? object.containsKey("Count")
          : items.stream()
              .allMatch(item -> item instanceof Map<?, ?> map && TypedOutline.EXACT.isItem(map));
    }
    return isItemOrRequest(object)
        || object.values().stream().allMatch(v -> v instanceof List<?> list && isRequests(list));
  }

  private static boolean isRequests(List<?> list) {
    return !list.isEmpty()
        && list.stream().allMatch(v -> v instanceof Map<?, ?> request && isItemOrRequest(request));
  }

  private static boolean isItemOrRequest(Map<?, ?> object) {
    if (object.get("Item") instanceof Map<?, ?> item) {
      return TypedOutline.EXACT.isItem(item);
    }
    if (object.get("PutRequest") instanceof Map<?, ?> put) {
      return put.get("Item") instanceof Map<?, ?> item && TypedOutline.EXACT.isItem(item);
    }
    return object.get("DeleteRequest") instanceof Map<?, ?> delete
        && delete.get("Key") instanceof Map<?, ?> key
        && TypedOutline.EXACT.isItem(key);
  }

  @Override
  public Format reader(ReaderSettings settings, Map<String, FormatDefinition> others) {
    return settings.get(RecordPath.class, RecordPath.NONE).in(new DynamoDbJsonFormat());
  }

  @Override
  public Optional<OutputDefinition> output() {
    return Optional.of(new DynamoDbJsonOutput());
  }
}

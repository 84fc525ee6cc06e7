/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import com.fasterxml.jackson.core.JsonToken;
import io.sluice.failure.Rejection;
import io.sluice.format.Kind;
import io.sluice.item.Reason;
import io.sluice.item.json.DataPipelineJson;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Tells by the outline of one JSON value which of the formats it is a record of. */
public final class JsonKind {
  private static final UnaryOperator<String> EXACT = UnaryOperator.identity();
  private static final UnaryOperator<String> ANY_CASE = DataPipelineJson::plainType;

  private JsonKind() {}

  /** The format; null when every format would read the value alike, or none would. */
  public static @Nullable Kind of(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> object) || object.isEmpty()) {
      return null;
    }
    if (isRejection(object) || isColumns(object)) {
      return Kind.REJECTS;
    }
    if (isItem(object, EXACT) || isEnvelope(object)) {
      return Kind.DYNAMODB_JSON;
    }
    if (isItem(object, ANY_CASE) || isManifest(object)) {
      return Kind.DATA_PIPELINE;
    }
    return Kind.JSON;
  }

  /** A line of ours: a table with these columns would hardly have our codes in them too. */
  private static boolean isRejection(Map<?, ?> object) {
    return isNameOf(Rejection.Stage.values(), object.get("stage"))
        && isNameOf(Reason.values(), object.get("reason"))
        && isString(object.get("message"))
        && isString(object.get("file"))
        && object.get("offset") == JsonToken.VALUE_NUMBER_INT
        && (isString(object.get("record")) || isString(object.get("recordBase64")));
  }

  /** What comes before the rejections of a format that has columns. */
  private static boolean isColumns(Map<?, ?> object) {
    return object.size() == 3
        && isString(object.get("columnsId"))
        && isString(object.get("format"))
        && object.get("columns") instanceof List<?>;
  }

  private static boolean isNameOf(Enum<?>[] constants, @Nullable Object value) {
    return Arrays.stream(constants).anyMatch(c -> c.name().equals(value));
  }

  /** The list of files that lies beside those of a Data Pipeline backup. */
  private static boolean isManifest(Map<?, ?> object) {
    return isString(object.get("name"))
        && object.get("version") == JsonToken.VALUE_NUMBER_INT
        && object.get("entries") instanceof List<?> entries
        && all(entries, entry -> entry instanceof Map<?, ?> file && isString(file.get("url")));
  }

  /** Something of the API around items, also where only a part of it can be read. */
  private static boolean isEnvelope(Map<?, ?> object) {
    if (object.get("Items") instanceof List<?> items) {
      return items.isEmpty()
          ? object.containsKey("Count")
          : all(items, item -> item instanceof Map<?, ?> map && isItem(map, EXACT));
    }
    return isItemOrRequest(object)
        || all(object.values(), v -> v instanceof List<?> list && isRequests(list));
  }

  private static boolean isRequests(List<?> list) {
    return !list.isEmpty()
        && all(list, v -> v instanceof Map<?, ?> request && isItemOrRequest(request));
  }

  private static boolean isItemOrRequest(Map<?, ?> object) {
    if (object.get("Item") instanceof Map<?, ?> item) {
      return isItem(item, EXACT);
    }
    if (object.get("PutRequest") instanceof Map<?, ?> put) {
      return put.get("Item") instanceof Map<?, ?> item && isItem(item, EXACT);
    }
    return object.get("DeleteRequest") instanceof Map<?, ?> delete
        && delete.get("Key") instanceof Map<?, ?> key
        && isItem(key, EXACT);
  }

  private static boolean isItem(Map<?, ?> object, UnaryOperator<String> plain) {
    return all(object.values(), value -> isTyped(value, plain));
  }

  private static boolean isTyped(Object value, UnaryOperator<String> plain) {
    if (!(value instanceof Map<?, ?> object) || object.size() != 1) {
      return value == JsonOutline.DEEP;
    }
    Map.Entry<?, ?> typed = object.entrySet().iterator().next();
    Object content = typed.getValue();
    return switch (plain.apply((String) typed.getKey())) {
      case "S", "B" -> isString(content);
      case "N" -> isNumber(content);
      case "BOOL" -> content == JsonToken.VALUE_TRUE || content == JsonToken.VALUE_FALSE;
      case "NULL" -> content == JsonToken.VALUE_TRUE;
      case "SS", "BS" -> isList(content, JsonKind::isString);
      case "NS" -> isList(content, JsonKind::isNumber);
      case "L" -> isList(content, element -> isTyped(element, plain));
      case "M" ->
          content == JsonOutline.DEEP
              || (content instanceof Map<?, ?> attributes && isItem(attributes, plain));
      default -> false;
    };
  }

  private static boolean isList(Object content, Predicate<Object> element) {
    return content == JsonOutline.DEEP
        || (content instanceof List<?> elements && all(elements, element));
  }

  private static boolean isString(@Nullable Object content) {
    return content instanceof String;
  }

  private static boolean isNumber(Object content) {
    return isString(content) || (content instanceof JsonToken token && token.isNumeric());
  }

  private static boolean all(Iterable<?> elements, Predicate<Object> test) {
    for (Object element : elements) {
      if (!test.test(element)) {
        return false;
      }
    }
    return true;
  }
}

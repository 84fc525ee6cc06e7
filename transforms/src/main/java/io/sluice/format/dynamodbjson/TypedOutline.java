/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.dynamodbjson;

import com.fasterxml.jackson.core.JsonToken;
import io.sluice.format.json.JsonOutline;
import io.sluice.item.json.DataPipelineJson;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Recognises items with typed values in the outline of a JSON object. */
public enum TypedOutline {
  /** Types as DynamoDB writes them: {@code {"S":"x"}}. */
  EXACT(UnaryOperator.identity()),
  /** Types in any case, as AWS Data Pipeline writes them: {@code {"s":"x"}}. */
  ANY_CASE(DataPipelineJson::plainType);

  private final UnaryOperator<String> plain;

  TypedOutline(UnaryOperator<String> plain) {
    this.plain = plain;
  }

  /** Whether all values of an object are typed. */
  public boolean isItem(Map<?, ?> object) {
    return object.values().stream().allMatch(this::isTyped);
  }

  private boolean isTyped(Object value) {
    if (!(value instanceof Map<?, ?> object) || object.size() != 1) {
      return value == JsonOutline.DEEP;
    }
    Map.Entry<?, ?> typed = object.entrySet().iterator().next();
    Object content = typed.getValue();
    return switch (plain.apply((String) typed.getKey())) {
      case "S", "B" -> content instanceof String;
      case "N" -> isNumber(content);
      case "BOOL" -> content == JsonToken.VALUE_TRUE || content == JsonToken.VALUE_FALSE;
      case "NULL" -> content == JsonToken.VALUE_TRUE;
      case "SS", "BS" -> isList(content, String.class::isInstance);
      case "NS" -> isList(content, TypedOutline::isNumber);
      case "L" -> isList(content, this::isTyped);
      case "M" ->
          content == JsonOutline.DEEP
              || (content instanceof Map<?, ?> attributes && isItem(attributes));
      default -> false;
    };
  }

  private static boolean isList(Object content, Predicate<Object> element) {
    return content == JsonOutline.DEEP
        || (content instanceof List<?> elements && elements.stream().allMatch(element));
  }

  private static boolean isNumber(Object content) {
    return content instanceof String || (content instanceof JsonToken token && token.isNumeric());
  }
}

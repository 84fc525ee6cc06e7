/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.value.Bytes;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.function.Executable;

/** Makes values, items and placeholders for tests, and checks messages. */
final class Given {

  private Given() {}

  static Value s(String text) {
    return new Value.S(text);
  }

  static Value n(String number) {
    return new Value.N(new BigDecimal(number));
  }

  static Value b(String ascii) {
    return new Value.B(bytes(ascii));
  }

  static Value bool(boolean bool) {
    return new Value.Bool(bool);
  }

  static Value nil() {
    return new Value.Null();
  }

  static Value ss(String... texts) {
    return new Value.SS(new LinkedHashSet<>(List.of(texts)));
  }

  static Value ns(String... numbers) {
    return new Value.NS(
        Arrays.stream(numbers)
            .map(BigDecimal::new)
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  static Value bs(String... ascii) {
    return new Value.BS(
        Arrays.stream(ascii)
            .map(Given::bytes)
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  static Value l(Value... values) {
    return new Value.L(List.of(values));
  }

  static Value m(Object... namesAndValues) {
    return new Value.M(item(namesAndValues));
  }

  private static Bytes bytes(String ascii) {
    return Bytes.of(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  /** Pairs names with values. */
  static Map<String, Value> item(Object... namesAndValues) {
    Map<String, Value> item = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      item.put((String) namesAndValues[i], (Value) namesAndValues[i + 1]);
    }
    return item;
  }

  /** Makes ExpressionAttributeValues; keys have no colon. */
  static Names values(Object... keysAndValues) {
    Map<String, Value> values = new LinkedHashMap<>();
    item(keysAndValues).forEach((key, value) -> values.put(":" + key, value));
    return values.isEmpty() ? Names.none() : Names.none().withValues(values);
  }

  static void assertInvalid(String message, Executable executable) {
    DynamoDbException e = assertThrows(DynamoDbException.class, executable);
    assertThat(e.getMessage(), is(message));
    assertThat(e.type(), is("ValidationException"));
  }
}

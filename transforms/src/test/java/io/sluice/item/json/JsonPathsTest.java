/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Values at paths in records. */
class JsonPathsTest {
  private static final JsonPaths PATHS =
      JsonPaths.of(
          List.of(List.of("a"), List.of("b", "c"), List.of("b", "1", "c"), List.of("b")),
          Set.of("price"));

  private static JsonPaths.Found find(String record) throws InvalidItemException {
    return PATHS.find(record.getBytes(UTF_8));
  }

  private static AttributeValue n(String number) {
    return AttributeValue.fromN(number);
  }

  @Test
  void findsWhatIsAtTheEndsOfPathsAlone() throws InvalidItemException {
    assertThat(
        find("{\"a\":\"\\u0061\",\"x\":{\"a\":1,\"c\":2},\"b\":{\"a\":3,\"c\":1.50e2}}").values(),
        is(
            Arrays.asList(
                AttributeValue.fromS("a"), n("1.50e2"), null, AttributeValue.fromM(Map.of()))));
    assertThat(
        find("{\"b\":[{\"c\":0},{\"c\":true},{\"c\":2}],\"a\":null}").values(),
        is(
            Arrays.asList(
                AttributeValue.fromNul(true),
                null,
                AttributeValue.fromBool(true),
                AttributeValue.fromL(List.of()))));
    assertThat("a path through a scalar", find("{\"b\":7}").values().get(1), is(nullValue()));
    assertThat(find("{}").values(), is(Arrays.asList(null, null, null, null)));
  }

  /** A number that no item may have is an event's own affair. */
  @Test
  void whatIsElsewhereNeedNotBeOfAnItem() throws InvalidItemException {
    String digits = "1".repeat(2000);
    assertThat(find("{\"\":" + digits + ",\"a\":1}").values().get(0), is(n("1")));
    assertThat(find("{\"a\":" + digits + "}").values().get(0), is(n(digits)));
  }

  @Test
  void noticesNamesOfTheRecordItself() throws InvalidItemException {
    assertThat(find("{\"a\":1,\"price\":2}").name(), is("price"));
    assertThat(find("{\"b\":{\"price\":2}}").name(), is(nullValue()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"a\":1 | MALFORMED",
        "{\"a\":1} {} | MALFORMED",
        "{\"a\":1,\"a\":2} | MALFORMED",
        "{\"x\":{\"y\":1,\"y\":1}} | MALFORMED",
        "{\"a\":01} | MALFORMED",
        "[1] | NOT_AN_ITEM",
        "7 | NOT_AN_ITEM",
      })
  void whatIsNotOneObjectIsRefusedWhereverItsFaultIs(String record, Reason reason) {
    InvalidItemException e = assertThrows(InvalidItemException.class, () -> find(record));
    assertThat(e.reason(), is(reason));
  }
}

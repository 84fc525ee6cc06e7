/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import static io.sluice.localaws.dynamodb.expression.Given.assertInvalid;
import static io.sluice.localaws.dynamodb.expression.Given.n;
import static io.sluice.localaws.dynamodb.expression.Given.s;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.expression.KeyQuery.Attribute;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks key conditions of indexes whose keys have many attributes: what is allowed is in
 * test_gsi_composite_keys.py in scylladb/scylladb, test/alternator, and in "Multi-attribute keys"
 * of the developer guide's page on global secondary indexes.
 */
class CompositeKeyConditionTest {

  private static final List<Attribute> HASHES =
      List.of(new Attribute("h1", "S"), new Attribute("h2", "N"));
  private static final List<Attribute> RANGES =
      List.of(new Attribute("r1", "N"), new Attribute("r2", "N"), new Attribute("r3", "S"));

  private static Names given() {
    return Names.none().withValues(Map.of(":p", s("x"), ":c", n("3"), ":d", n("5"), ":s", s("y")));
  }

  private static KeyQuery.Test test(String attribute, String operator, Value... values) {
    return new KeyQuery.Test(attribute, operator, List.of(values));
  }

  private static KeyQuery composite(String condition) {
    return Expressions.key(condition, given()).bind(HASHES, RANGES);
  }

  @Test
  void takesManyAttributes() {
    List<Value> hash = List.of(s("x"), n("3"));
    assertThat(composite("h2 = :c AND h1 = :p"), is(new KeyQuery(hash, List.of())));
    assertThat(
        composite("h1 = :p AND h2 = :c AND r1 < :d"),
        is(new KeyQuery(hash, List.of(test("r1", "<", n("5"))))));
    assertThat(
        composite("begins_with(r3, :s) AND r2 = :d AND h1 = :p AND r1 = :c AND h2 = :c"),
        is(
            new KeyQuery(
                hash,
                List.of(
                    test("r1", "=", n("3")),
                    test("r2", "=", n("5")),
                    test("r3", "begins_with", s("y"))))));
  }

  /** The messages are those of keys of one attribute: no other recording is known. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h1 = :p|Query condition missed key schema element: h2",
        "h1 = :p AND r1 = :c|Query condition missed key schema element: h2",
        "h1 = :p AND h2 > :c|Query key condition not supported",
      })
  void wantsAllOfTheHash(String condition, String message) {
    assertInvalid(message, () -> composite(condition));
  }

  /** Is held by recorded answers of the service, eu-west-2, October 2026. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h1 = :p AND h2 = :c AND r2 = :d|r1|r2",
        "h1 = :p AND h2 = :c AND r1 > :d AND r2 = :d|r1|r2",
        "h1 = :p AND h2 = :c AND r1 = :d AND r2 > :d AND r3 > :s|r2|r3",
        "h1 = :p AND h2 = :c AND r3 = :d|r1, r2|r3",
      })
  void wantsTheStartOfTheRangeWithoutGaps(String condition, String gaps, String last) {
    assertInvalid(
        "RANGE key attributes "
            + gaps
            + " must have equality conditions specified in the query because a condition is"
            + " present on key attribute "
            + last,
        () -> composite(condition));
  }
}

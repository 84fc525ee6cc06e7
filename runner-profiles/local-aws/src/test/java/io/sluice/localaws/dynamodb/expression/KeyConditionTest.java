/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import static io.sluice.localaws.dynamodb.expression.Given.assertInvalid;
import static io.sluice.localaws.dynamodb.expression.Given.b;
import static io.sluice.localaws.dynamodb.expression.Given.item;
import static io.sluice.localaws.dynamodb.expression.Given.n;
import static io.sluice.localaws.dynamodb.expression.Given.s;
import static io.sluice.localaws.dynamodb.expression.Given.values;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.expression.KeyQuery.Attribute;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks key conditions: messages and their order are recorded in test/query.js of
 * architect/dynalite; what is allowed is in test_key_condition_expression.py in scylladb/scylladb,
 * test/alternator.
 */
class KeyConditionTest {

  private static final List<Attribute> HASH = List.of(new Attribute("p", "S"));
  private static final List<Attribute> RANGE = List.of(new Attribute("c", "N"));

  private static Names given() {
    return Names.none().withValues(Map.of(":p", s("x"), ":c", n("3"), ":d", n("5"), ":s", s("y")));
  }

  private static KeyQuery query(String condition) {
    return Expressions.key(condition, given()).bind(HASH, RANGE);
  }

  private static KeyQuery.Test test(String attribute, String operator, Value... values) {
    return new KeyQuery.Test(attribute, operator, List.of(values));
  }

  @ParameterizedTest
  @ValueSource(strings = {"p=:p", " p  =   :p ", ":p = p", "(p = :p)"})
  void findsThePartition(String condition) {
    assertThat(query(condition), is(new KeyQuery(List.of(s("x")), List.of())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p = :p AND c = :c|=",
        "c < :c AND p = :p|<",
        "p = :p AND c <= :c|<=",
        "p = :p and c > :c|>",
        "(p = :p) AND (c >= :c)|>=",
        "((c=:c) AND (p=:p))|=",
        "(p = :p AND (:c < c))|>",
        ":p = p AND :c <= c|>=",
        ":p = p AND :c > c|<",
        ":p = p AND :c >= c|<=",
      })
  void findsARange(String condition, String operator) {
    assertThat(
        query(condition), is(new KeyQuery(List.of(s("x")), List.of(test("c", operator, n("3"))))));
  }

  @Test
  void findsARangeBetween() {
    assertThat(
        query("p=:p AnD c BeTwEeN :c aNd :d"),
        is(new KeyQuery(List.of(s("x")), List.of(test("c", "BETWEEN", n("3"), n("5"))))));
  }

  @Test
  void findsAPrefix() {
    assertThat(
        Expressions.key("p=:p and begins_with(#s, :s)", given().withNames(Map.of("#s", "sort")))
            .bind(HASH, List.of(new Attribute("sort", "S"))),
        is(new KeyQuery(List.of(s("x")), List.of(test("sort", "begins_with", s("y"))))));
  }

  @Test
  void testsRanges() {
    assertThat(query("p=:p and c between :c and :d").testRange(item("c", n("5"))), is(true));
    assertThat(query("p=:p and c between :c and :d").testRange(item("c", n("5.1"))), is(false));
    assertThat(query("p=:p and c > :c").testRange(item("c", n("3"))), is(false));
    assertThat(query("p=:p and c >= :c").testRange(item("c", n("3"))), is(true));
    assertThat(query("p=:p and c >= :c").testRange(item()), is(false));
    assertThat(test("c", "begins_with", b("ab")).test(b("abc")), is(true));
    assertThat(query("p=:p").testRange(item()), is(true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p > c and size(c) = :s or p = c|OR",
        "p in (c, size(d), e)|IN",
        "attribute_exists(p)|attribute_exists",
        "attribute_not_exists(c)|attribute_not_exists",
        "attribute_type(p, :s)|attribute_type",
        "contains(p.d, c)|contains",
        "not p = c|NOT",
        "p <> c|<>",
      })
  void rejectsOperators(String condition, String operator) {
    assertInvalid(
        "Invalid operator used in KeyConditionExpression: " + operator,
        () -> Expressions.key(condition, values("s", s("S"))).check());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ":c between size(p) and size(c) and p = :p|BETWEEN",
        "begins_with(:p, p) and c < :c|begins_with",
      })
  void wantsTheKeyFirst(String condition, String operator) {
    assertInvalid(
        "Invalid condition in KeyConditionExpression: "
            + operator
            + " operator must have the key attribute as its first operand",
        () -> Expressions.key(condition, given()).check());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "size(p) = c AND c.d = p AND p < d",
        "p < size(c.d)",
        "c between size(d) and size(e)",
      })
  void rejectsNestedOperations(String condition) {
    assertInvalid(
        "KeyConditionExpressions cannot contain nested operations",
        () -> Expressions.key(condition, given()).check());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p = c",
        "p < c.d",
        "p between c[0] and d",
        "c between d and size(e)",
        "begins_with(c, d)",
      })
  void wantsOneAttributeInOneCondition(String condition) {
    assertInvalid(
        "Invalid condition in KeyConditionExpression: Multiple attribute names used in one"
            + " condition",
        () -> Expressions.key(condition, given()).check());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p.d = c AND c.d = e.f",
        "p.d < :c",
        "c[2] = d",
      })
  void rejectsNestedAttributes(String condition) {
    assertInvalid(
        "KeyConditionExpressions cannot have conditions on nested attributes",
        () -> Expressions.key(condition, given()).check());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":c = :d AND p = :p",
        ":d = p AND :p = :s",
      })
  void wantsAnAttribute(String condition) {
    assertInvalid(
        "Invalid condition in KeyConditionExpression: No key attribute specified",
        () -> Expressions.key(condition, given()).check());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p = :p AND p = :p",
        "c > :c AND c < :d and p = :p and d = :c",
        "(p = :p and c > :c) and (c < :d and d = :c)",
      })
  void wantsOneConditionForAKey(String condition) {
    assertInvalid(
        "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per"
            + " key",
        () -> Expressions.key(condition, given()).check());
  }

  @Test
  void checksOperandsAsInOtherConditions() {
    assertInvalid(
        "Invalid KeyConditionExpression: The BETWEEN operator requires same data type for lower and"
            + " upper bounds; lower bound operand: AttributeValue: {N:3}, upper bound operand:"
            + " AttributeValue: {S:x}",
        () -> Expressions.key("c between :c and :p", given()));
    assertInvalid(
        "Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator"
            + " or function: begins_with, operand type: N",
        () -> Expressions.key("p = :p and begins_with(c, :c)", given()));
    assertInvalid(
        "Invalid KeyConditionExpression: The expression has redundant parentheses;",
        () -> Expressions.key("((c = :c) AND ((p = :p)))", given()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // nubo-db/dynamodb-conformance, tests/tier3/error-messages/query.test.ts.
        "c > :c|Query condition missed key schema element: p",
        "fare = :s|Query condition missed key schema element: p",
        "fare between :c and :d|Query condition missed key schema element: p",
        "p = :p and fare = :s|Query condition missed key schema element: c",
        "p > :p|Query key condition not supported",
        "begins_with(p, :p)|Query key condition not supported",
        "p between :p and :p|Query key condition not supported",
        ":c > p|One or more parameter values were invalid: Condition parameter type does not match"
            + " schema type",
        "p = :p and c = :s|One or more parameter values were invalid: Condition parameter type does"
            + " not match schema type",
        "p = :p and c = :c and d = :d|The number of query conditions (3) exceeds the number of key"
            + " attributes defined in the schema (2)",
      })
  void wantsTheKeyOfTheTable(String condition, String message) {
    assertInvalid(message, () -> query(condition));
  }

  @ParameterizedTest
  @ValueSource(strings = {"p = :p AND c = :c", "fare = :p and tip = :p", "p > :p"})
  void wantsTheKeyOfATableWithoutASortKey(String condition) {
    assertInvalid(
        "Query key condition not supported",
        () -> Expressions.key(condition, given()).bind(HASH, List.of()));
  }

  @Test
  void queriesAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> new KeyQuery(List.of(), List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new KeyQuery(List.of(s("x")), List.of(test("a", "<", n("1")), test("b", "=", n("1")))));
    assertThrows(IllegalArgumentException.class, () -> test("a", "<>", n("1")));
    assertThrows(IllegalArgumentException.class, () -> test("a", "BETWEEN", n("1")));
    assertThrows(IllegalArgumentException.class, () -> new Attribute("a", "BOOL"));
  }
}

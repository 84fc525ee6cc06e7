/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import static io.sluice.localaws.dynamodb.expression.Given.assertInvalid;
import static io.sluice.localaws.dynamodb.expression.Given.item;
import static io.sluice.localaws.dynamodb.expression.Given.n;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks the quotas of expressions: "Expression parameters" on the page "Quotas in Amazon
 * DynamoDB", and the messages and cases of test_limits.py and test_projection_expression.py in
 * scylladb/scylladb, test/alternator.
 */
class LimitsTest {

  private static boolean test(String condition) {
    return Expressions.condition("ConditionExpression", condition, Names.none())
        .test(item("a", n("1"), "b", n("2")));
  }

  @Test
  void takes4096Bytes() {
    assertThat(test("a" + " ".repeat(4092) + "< b"), is(true));
    assertInvalid(
        "Invalid ConditionExpression: Expression size has exceeded the maximum allowed size;"
            + " expression size: 4097",
        () -> test("a" + " ".repeat(4093) + "< b"));
  }

  @Test
  void saysThatItIsTooLongBeforeItReadsIt() {
    assertInvalid(
        "Invalid ConditionExpression: Expression size has exceeded the maximum allowed size;"
            + " expression size: 15000",
        () -> test("(".repeat(15000)));
  }

  @Test
  void countsBytesNotCharacters() {
    assertInvalid(
        "Invalid ProjectionExpression: Expression size has exceeded the maximum allowed size;"
            + " expression size: 4098",
        () -> Expressions.projection("ü".repeat(2049), Names.none()));
  }

  @Test
  void takes300Operators() {
    assertThat(test("a<b " + "or (a<b ".repeat(149) + ")".repeat(149)), is(true));
    assertThat(test("NOT ".repeat(299) + "a<b"), is(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"or a<b ", "and a<b "})
  void rejects301Operators(String more) {
    assertThat(test("a<b " + more.repeat(149)), is(true));
    assertInvalid(
        "Invalid ConditionExpression: The expression contains too many operators; operator count:"
            + " 301",
        () -> test("a<b " + more.repeat(150)));
    assertInvalid(
        "Invalid ConditionExpression: The expression contains too many operators; operator count:"
            + " 301",
        () -> test("not ".repeat(1000) + "a<b"));
  }

  @Test
  void survivesDeepGroups() {
    String redundant = "Invalid ConditionExpression: The expression has redundant parentheses;";
    assertInvalid(redundant, () -> test("(".repeat(2046) + "a<b" + ")".repeat(2046)));
    // The service finds a syntax error here.
    assertInvalid(redundant, () -> test("(".repeat(4096)));
  }

  @Test
  void survivesDeepCalls() {
    assertInvalid(
        "Invalid ConditionExpression: Invalid function name; function: f",
        () -> test("a < " + "f(".repeat(1355) + "b" + ")".repeat(1355)));
  }

  @Test
  void takes100OperandsOfIn() {
    assertThat(in(100).test(item("a", n("99"))), is(true));
    assertThat(in(100).test(item("a", n("100"))), is(false));
    // The message: reapit/foundations#8255.
    assertInvalid(
        "Invalid FilterExpression: The IN operator is provided with too many operands; number of"
            + " operands: 101",
        () -> in(101));
  }

  private static Condition in(int count) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(":" + i, n("" + i));
    }
    return Expressions.condition(
        "FilterExpression",
        "a IN (" + String.join(",", values.keySet()) + ")",
        Names.none().withValues(values));
  }

  @Test
  void takesPathsOf32Steps() {
    Expressions.projection("a" + ".b".repeat(31), Names.none());
    assertInvalid(
        "Invalid ProjectionExpression: The document path has too many nesting levels; nesting"
            + " levels: 33",
        () -> Expressions.projection("a" + ".b".repeat(32), Names.none()));
  }

  @Test
  void takesIndexesOfAnInteger() {
    Expressions.projection("a[2147483647]", Names.none());
    assertInvalid(
        "Invalid ProjectionExpression: List index is not within the allowable range; index:"
            + " [99999999999999]",
        () -> Expressions.projection("a[99999999999999]", Names.none()));
  }
}

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

/** Checks the messages of test/getItem.js and test/updateItem.js in architect/dynalite. */
class NamesTest {

  private static Map<String, String> two() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("#a", "x");
    names.put("#b", "y");
    return names;
  }

  @Test
  void mustNotBeEmpty() {
    assertInvalid(
        "ExpressionAttributeNames must not be empty", () -> Names.none().withNames(Map.of()));
    assertInvalid(
        "ExpressionAttributeValues must not be empty", () -> Names.none().withValues(Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "#", ":a", "#a-b", "#a.b", ""})
  void checksKeysOfNames(String key) {
    assertInvalid(
        "ExpressionAttributeNames contains invalid key: Syntax error; key: \"" + key + "\"",
        () -> Names.none().withNames(Map.of(key, "a")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", ":", "#a", ":a-b", ":a b", ""})
  void checksKeysOfValues(String key) {
    assertInvalid(
        "ExpressionAttributeValues contains invalid key: Syntax error; key: \"" + key + "\"",
        () -> Names.none().withValues(Map.of(key, n("1"))));
  }

  @Test
  void reportsWhatIsUnused() {
    Names names = Names.none().withNames(two()).withValues(Map.of(":v", n("1")));
    Expressions.projection("c", names);
    assertInvalid(
        "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b}",
        names::checkAllUsed);
    Expressions.projection("#b", names);
    assertInvalid(
        "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}",
        names::checkAllUsed);
    Expressions.projection("c.#a", names);
    assertInvalid(
        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}",
        names::checkAllUsed);
    Expressions.update("SET c = if_not_exists(c, :v)", names);
    names.checkAllUsed();
  }

  @Test
  void areSharedByTheExpressionsOfARequest() {
    Names names = Names.none().withNames(two()).withValues(Map.of(":v", n("1")));
    Map<String, Value> item = item("x", n("1"), "y", n("2"));
    assertThat(Expressions.condition("FilterExpression", "#a = :v", names).test(item), is(true));
    assertThat(Expressions.projection("#b", names).apply(item), is(item("y", n("2"))));
    names.checkAllUsed();
  }

  @Test
  void canHaveAnyCharacters() {
    String name = "3 any character!.#=[0]";
    Names names = Names.none().withNames(Map.of("#123", name));
    assertThat(
        Expressions.projection("#123", names).apply(item(name, n("1"), "3", n("2"))),
        is(item(name, n("1"))));
  }
}

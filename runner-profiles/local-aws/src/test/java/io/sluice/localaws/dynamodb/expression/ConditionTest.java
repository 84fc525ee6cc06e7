/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import static io.sluice.localaws.dynamodb.expression.Given.b;
import static io.sluice.localaws.dynamodb.expression.Given.bool;
import static io.sluice.localaws.dynamodb.expression.Given.bs;
import static io.sluice.localaws.dynamodb.expression.Given.item;
import static io.sluice.localaws.dynamodb.expression.Given.l;
import static io.sluice.localaws.dynamodb.expression.Given.m;
import static io.sluice.localaws.dynamodb.expression.Given.n;
import static io.sluice.localaws.dynamodb.expression.Given.nil;
import static io.sluice.localaws.dynamodb.expression.Given.ns;
import static io.sluice.localaws.dynamodb.expression.Given.s;
import static io.sluice.localaws.dynamodb.expression.Given.ss;
import static io.sluice.localaws.dynamodb.expression.Given.values;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks which items meet conditions: "Condition and filter expressions, operators, and functions"
 * of the developer guide, and where that page is silent, test_condition_expression.py in
 * scylladb/scylladb, test/alternator, which runs against the service.
 */
class ConditionTest {

  private static final Map<String, Value> ITEM =
      item(
          "one", n("1"),
          "two", n("2"),
          "cat", s("cat"),
          "bin", b("cat"),
          "yes", bool(true),
          "nil", nil(),
          "seq", l(n("1"), s("x"), l(n("3"), n("4")), ns("1", "2")),
          "doc", m("x", n("1"), "y", l(n("-1"), n("2"), n("0"))),
          "ss", ss("a", "b"),
          "ns", ns("2", "4", "7"),
          "bs", bs("a", "b"));

  private static boolean test(String condition, Names names) {
    return Expressions.condition("ConditionExpression", condition, names).test(ITEM);
  }

  @Test
  void comparesEveryTypeForEquality() {
    List<Value> values =
        List.of(
            n("1"),
            s("cat"),
            b("cat"),
            bool(true),
            nil(),
            ITEM.get("seq"),
            ITEM.get("doc"),
            ss("b", "a"),
            ns("7.0", "2", "4"),
            bs("b", "a"));
    List<String> attributes =
        List.of("one", "cat", "bin", "yes", "nil", "seq", "doc", "ss", "ns", "bs");
    for (int i = 0; i < values.size(); i++) {
      for (int j = 0; j < values.size(); j++) {
        assertThat(test(attributes.get(i) + " = :v", values("v", values.get(j))), is(i == j));
        assertThat(test(attributes.get(i) + " <> :v", values("v", values.get(j))), is(i != j));
        assertThat(
            test(":v IN (" + attributes.get(i) + ")", values("v", values.get(j))), is(i == j));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "one < two|true",
        "one > two|false",
        "one <= two|true",
        "two >= one|true",
        "one = two|false",
        "one <> two|true",
        "doc.x < doc.y[1]|true",
        "doc.x < doc.y[0]|false",
        "(doc.y)[1] = two|true",
        "cat < one|false",
        "one < cat|false",
        "seq < doc|false",
        "yes < nil|false",
        // A missing value is equal to nothing, and different from everything.
        "gone = two|false",
        "gone <> two|true",
        "gone = lost|false",
        "gone <> lost|true",
        "gone < two|false",
        "two < gone|false",
        "gone <= lost|false",
        "doc.z < doc.y[100]|false",
        "gone IN (one)|false",
        "one BETWEEN doc.x AND two|true",
        "two BETWEEN one AND doc.y[1]|true",
        "doc.y[2] BETWEEN one AND two|false",
        "one BETWEEN two AND doc.x|false",
        "gone BETWEEN one AND two|false",
        "one BETWEEN gone AND two|false",
        "one BETWEEN cat AND two|false",
        "attribute_exists(one)|true",
        "attribute_exists(doc.x)|true",
        "attribute_exists(doc.y[2])|true",
        "attribute_exists(doc.y[3])|false",
        "attribute_exists(doc[0])|false",
        "attribute_exists(nil)|true",
        "attribute_not_exists(one)|false",
        "attribute_not_exists(doc.z)|true",
        "NOT one < two|false",
        "NOT NOT one < two|true",
        "not gone = two|true",
        "one < two AND two < one|false",
        "one < two OR two < one|true",
        "one < two OR two < one AND two < one|true",
        "(one < two OR two < one) AND two < one|false",
        "NOT one < two AND two < one|false",
        "NOT (one < two AND two < one)|true",
        "one between doc.x and two and one < two|true",
        "begins_with(cat, one)|false",
        "contains(seq, one)|true",
        "contains(seq[2], one)|false",
        "contains(one, two)|false",
        "contains(gone, one)|false",
        "size(seq) = two|false",
        "size(doc) = two|true",
        "size(ss) = two|true",
        "size(ns) > two|true",
        "size(bs) <= two|true",
        "size(cat) > two|true",
        "size(bin) > two|true",
        "(size(cat)) > two|true",
        "((size(doc)) = two)|true",
        // Numbers, booleans and NULL have gone size.
        "size(one) = two|false",
        "size(yes) <> two|true",
        "size(nil) > two|false",
        "size(gone) > two|false",
      })
  void comparesAttributes(String condition, boolean expected) {
    assertThat(test(condition, Names.none()), is(expected));
  }

  @Test
  void takesFunctionsOfValues() {
    Names names =
        values(
            "ca",
            s("ca"),
            "b",
            b("ca"),
            "S",
            s("S"),
            "N",
            s("N"),
            "catalog",
            s("catalog"),
            "at",
            s("at"),
            "bat",
            b("at"),
            "seq",
            l(n("3"), n("4")),
            "set",
            ns("2", "1"),
            "four",
            n("4"),
            "a",
            s("a"),
            "ba",
            b("a"),
            "three",
            n("3"));
    assertThat(test("begins_with(cat, :ca)", names), is(true));
    assertThat(test("begins_with(cat, :at)", names), is(false));
    assertThat(test("begins_with(bin, :b)", names), is(true));
    assertThat(test("begins_with(bin, :ca)", names), is(false));
    assertThat(test("begins_with(:catalog, cat)", names), is(true));
    assertThat(test("begins_with(one, :ca)", names), is(false));
    assertThat(test("contains(cat, :at)", names), is(true));
    assertThat(test("contains(bin, :bat)", names), is(true));
    assertThat(test("contains(cat, :bat)", names), is(false));
    assertThat(test("contains(seq, :seq)", names), is(true));
    assertThat(test("contains(seq, :set)", names), is(true));
    assertThat(test("contains(ns, :four)", names), is(true));
    assertThat(test("contains(ns, :three)", names), is(false));
    assertThat(test("contains(ss, :a)", names), is(true));
    assertThat(test("contains(ss, :at)", names), is(false));
    assertThat(test("contains(bs, :ba)", names), is(true));
    assertThat(test("attribute_type(cat, :S)", names), is(true));
    assertThat(test("attribute_type(cat, :N)", names), is(false));
    assertThat(test("attribute_type(gone, :N)", names), is(false));
    assertThat(test("attribute_type(:three, :N)", names), is(true));
    assertThat(test("size(:catalog) > :three", names), is(true));
    assertThat(test("size(cat) = :ca", names), is(false));
  }

  /** Measured against the service: ExtendDB/extenddb#67. */
  @Test
  void measuresStringsInUtf16() {
    assertThat(
        Expressions.condition("FilterExpression", "size(s) = :n", values("n", n("3")))
            .test(item("s", s("é𝄞"))),
        is(true));
  }

  @Test
  void hasTypesOfEveryKind() {
    List<String> types = List.of("N", "S", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS");
    List<String> attributes =
        List.of("one", "cat", "bin", "yes", "nil", "seq", "doc", "ss", "ns", "bs");
    for (int i = 0; i < types.size(); i++) {
      for (int j = 0; j < types.size(); j++) {
        assertThat(
            test("attribute_type(" + attributes.get(i) + ", :t)", values("t", s(types.get(j)))),
            is(i == j));
      }
    }
  }

  @Test
  void acceptsGroupsThatAreNotRedundant() {
    // nubo-db/dynamodb-conformance, tests/tier1/putItem/conditionExpressionParens.test.ts.
    assertThat(test("(attribute_exists(one)) AND (attribute_exists(two))", Names.none()), is(true));
    assertThat(
        test("(attribute_exists(one) AND (attribute_exists(gone)))", Names.none()), is(false));
    assertThat(test("((one < two) OR (two < one))", Names.none()), is(true));
  }

  @Test
  void listsAttributes() {
    Condition condition =
        Expressions.condition(
            "FilterExpression", "a.b = c OR NOT size(d[1]) > size(e) AND a = f", Names.none());
    assertThat(condition.topLevelAttributes(), contains("a", "c", "d", "e", "f"));
    assertThat(condition.nestedAttributes(), contains("a", "d"));
    assertThat(
        Expressions.condition("FilterExpression", "a = b", Names.none()).nestedAttributes(),
        is(empty()));
  }
}

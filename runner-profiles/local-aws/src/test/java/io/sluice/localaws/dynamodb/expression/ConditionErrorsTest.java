/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import static io.sluice.localaws.dynamodb.expression.Given.assertInvalid;
import static io.sluice.localaws.dynamodb.expression.Given.b;
import static io.sluice.localaws.dynamodb.expression.Given.bool;
import static io.sluice.localaws.dynamodb.expression.Given.bs;
import static io.sluice.localaws.dynamodb.expression.Given.l;
import static io.sluice.localaws.dynamodb.expression.Given.m;
import static io.sluice.localaws.dynamodb.expression.Given.n;
import static io.sluice.localaws.dynamodb.expression.Given.nil;
import static io.sluice.localaws.dynamodb.expression.Given.ns;
import static io.sluice.localaws.dynamodb.expression.Given.s;
import static io.sluice.localaws.dynamodb.expression.Given.ss;
import static io.sluice.localaws.dynamodb.expression.Given.values;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks messages and their order: what is wrong with parentheses comes before functions, that
 * before reserved words, and that before the rest, which the service finds in one comparison after
 * the other. All are recorded, of other expressions with the same form, in test/scan.js of
 * architect/dynalite, unless a test says otherwise.
 */
class ConditionErrorsTest {

  private static void assertError(String message, String condition, Names names) {
    assertInvalid(
        "Invalid FilterExpression: " + message,
        () -> Expressions.condition("FilterExpression", condition, names));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((fare = tip))",
        "fare = fare or tip < ((views))",
        "(fare) between (((trip.low)).net) and (high)",
        "f((:v), ((tip)))",
        "fare = tip AND ((tip = toll OR toll = tax))",
        "fare = tip OR ((tip = toll AND (toll = tax)))",
        "NOT ((size(tags))) = :n",
      })
  void rejectsRedundantParentheses(String condition) {
    assertError("The expression has redundant parentheses;", condition, Names.none());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fare = fare or total((:v)) < tip|total",
        "Size((views), #t) = :v|Size",
      })
  void rejectsUnknownFunctions(String condition, String function) {
    assertError("Invalid function name; function: " + function, condition, Names.none());
  }

  /** That they are "not allowed": test_condition_expression.py, scylladb/scylladb. */
  @ParameterizedTest
  @ValueSource(strings = {"if_not_exists", "list_append"})
  void rejectsFunctionsOfUpdates(String function) {
    assertError(
        "The function is not allowed in a condition expression; function: " + function,
        function + "(a, a) = :v",
        Names.none());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fare = fare and attribute_exists((views), (#t)) < tip|attribute_exists",
        "attribute_not_exists(fare) = tip|attribute_not_exists",
        "attribute_type(fare, :t) <> tip|attribute_type",
        "begins_with(zone1, tip) <= tip|begins_with",
        "contains(:tags, tip) = tip|contains",
        "size(contains(tags, tip)) = fare|contains",
        "size(tags)|size",
        "fare = tip AND (size(tags))|size",
        "NOT size(tags)|size",
        "fare between tip and attribute_exists(toll)|attribute_exists",
        "fare in (tip, begins_with(zone1, :z))|begins_with",
      })
  void rejectsFunctionsInTheWrongPlace(String condition, String function) {
    assertError(
        "The function is not allowed to be used this way in an expression; function: " + function,
        condition,
        Names.none());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attribute_exists(status, #t)|status",
        ":f < dUration|dUration",
        "#t.fare.Total = :f|Total",
      })
  void rejectsReservedWords(String condition, String word) {
    assertError(
        "Attribute name is a reserved keyword; reserved keyword: " + word, condition, Names.none());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attribute_exists(#trip.fare, :f) or tip = tip|#trip",
        "contains(trip.#tags)|#tags",
        "(#f between :low and :high) or (#z in (:z1, :z2))|#f",
        "#2nd = fare|#2nd",
        "#_ = fare|#_",
        "(fare) between (trip.stops[3].#low) and (:high)|#low",
      })
  void rejectsUndefinedNames(String condition, String name) {
    assertError(
        "An expression attribute name used in the document path is not defined; attribute name: "
            + name,
        condition,
        Names.none());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "contains(:tags, #t, #u)|:tags",
        ":low > :high|:low",
        ":_ = fare|:_",
      })
  void rejectsUndefinedValues(String condition, String value) {
    assertError(
        "An expression attribute value used in expression is not defined; attribute value: "
            + value,
        condition,
        Names.none());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attribute_exists(fare, tip) or toll = toll|attribute_exists|2",
        "attribute_not_exists(fare, tip, toll)|attribute_not_exists|3",
        "attribute_type(fare)|attribute_type|1",
        "begins_with(zone1)|begins_with|1",
        "begins_with(zone1, size(tags), tip)|begins_with|3",
        "contains(tags)|contains|1",
        "size(tags, fare) = tip|size|2",
      })
  void countsOperands(String condition, String function, int count) {
    assertError(
        "Incorrect number of operands for operator or function; operator or function: "
            + function
            + ", number of operands: "
            + count,
        condition,
        Names.none());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fare = fare AND #f = tip AND :no > tip|=|[fare]",
        "#f <> fare|<>|[fare]",
        "fare >= #f|>=|[fare]",
        "((fare=fare) OR (tip=tip))|=|[fare]",
        "contains(trip.stops[2].fare, trip.stops[2].#f)|contains|[trip, stops, [2], fare]",
        "attribute_type(trip.#f, trip.fare)|attribute_type|[trip, fare]",
        "begins_with(stops[0].fare, stops[0].#f)|begins_with|[stops, [0], fare]",
      })
  void wantsDistinctOperands(String condition, String operator, String operand) {
    assertError(
        "The first operand must be distinct from the remaining operands for this operator or"
            + " function; operator: "
            + operator
            + ", first operand: "
            + operand,
        condition,
        Names.none().withNames(Map.of("#f", "fare")));
  }

  private static final List<Value> ALL =
      List.of(s("S"), n("1"), b("a"), bool(true), nil(), l(), m(), ss("a"), ns("1"), bs("a"));

  private static void assertTypes(String condition, String operator, String... allowed) {
    for (Value value : ALL) {
      Names names = values("v", value, "x", s("x"));
      if (List.of(allowed).contains(value.type())) {
        Expressions.condition("FilterExpression", condition, names);
      } else {
        assertError(
            "Incorrect operand type for operator or function; operator or function: "
                + operator
                + ", operand type: "
                + value.type(),
            condition,
            names);
      }
    }
  }

  @Test
  void checksTypes() {
    assertTypes("begins_with(a, :v)", "begins_with", "S", "B");
    assertTypes("begins_with(:v, a)", "begins_with", "S", "B");
    assertTypes("attribute_type(a, :v)", "attribute_type", "S");
    assertTypes("size(:v) > a", "size", "S", "B", "L", "M", "SS", "NS", "BS");
  }

  /** That a value without an order is an error: test_condition_expression.py, scylladb/scylladb. */
  @ParameterizedTest
  @ValueSource(strings = {"<", "<=", ">", ">="})
  void wantsAnOrder(String operator) {
    assertTypes("a " + operator + " :v", operator, "S", "N", "B");
    assertTypes(":v " + operator + " a", operator, "S", "N", "B");
    assertTypes("a BETWEEN b AND :v", "BETWEEN", "S", "N", "B");
    assertTypes(":v BETWEEN b AND c", "BETWEEN", "S", "N", "B");
  }

  @Test
  void checksTypesOfSize() {
    assertError(
        "Incorrect operand type for operator or function; operator or function: size, operand"
            + " type: N",
        "size(size(tags)) = :a",
        values("a", n("1")));
    assertError(
        "Incorrect operand type for operator or function; operator or function: begins_with,"
            + " operand type: N",
        "begins_with(zone1, size(tags)) or fare = :a",
        values("a", n("1")));
    assertError(
        "Incorrect operand type for operator or function; operator or function: attribute_type,"
            + " operand type: N",
        "attribute_type(fare, size(tags)) or tip = tip or fare = :a",
        values("a", n("1")));
  }

  /** The service prints the types in any order. */
  @Test
  void wantsAConstantType() {
    assertError(
        "Incorrect operand type for operator or function; operator or function: attribute_type,"
            + " operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}",
        "attribute_type(fare, tip)",
        Names.none());
    assertError(
        "Invalid attribute type name found; type: TEXT, valid types:"
            + " {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
        "attribute_type(fare, :a)",
        values("a", s("TEXT")));
  }

  @Test
  void wantsPaths() {
    for (String function : List.of("attribute_exists", "attribute_not_exists")) {
      for (String operand : List.of(":a", "size(:a)")) {
        assertError(
            "Operator or function requires a document path; operator or function: " + function,
            function + "(" + operand + ") or fare = fare",
            values("a", s("1")));
      }
    }
    assertError(
        "Incorrect operand type for operator or function; operator or function: size, operand"
            + " type: N",
        "attribute_not_exists(size(:a))",
        values("a", n("1")));
  }

  /** The messages: test/deleteItem.js of architect/dynalite. */
  @Test
  void checksBoundsOfBetween() {
    assertError(
        "The BETWEEN operator requires same data type for lower and upper bounds; lower bound"
            + " operand: AttributeValue: {N:7.5}, upper bound operand: AttributeValue: {S:x}",
        "fare between :b and :a",
        values("a", s("x"), "b", n("7.50")));
    assertError(
        "The BETWEEN operator requires upper bound to be greater than or equal to lower bound;"
            + " lower bound operand: AttributeValue: {S:y}, upper bound operand: AttributeValue:"
            + " {S:x}",
        "fare between :b and :a",
        values("a", s("x"), "b", s("y")));
    Expressions.condition("FilterExpression", "fare between :a and :a", values("a", s("a")));
  }
}

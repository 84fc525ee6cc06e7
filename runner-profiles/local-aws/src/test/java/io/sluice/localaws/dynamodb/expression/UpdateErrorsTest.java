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
 * Checks messages and their order: reserved words, functions, sections, names, values, paths,
 * operands of ADD and DELETE, operands of functions. All are recorded, of other expressions with
 * the same form, in test/updateItem.js of architect/dynalite, unless a test says otherwise.
 */
class UpdateErrorsTest {

  private static final List<Value> ALL =
      List.of(s("S"), n("1"), b("a"), bool(true), nil(), l(), m(), ss("a"), ns("1"), bs("a"));

  private static void assertError(String message, String update, Names names) {
    assertInvalid("Invalid UpdateExpression: " + message, () -> Expressions.update(update, names));
  }

  private static Names two() {
    return values("a", s("a"), "b", s("a")).withNames(Map.of("#a", "a", "#b", "b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "set #x = :x set staTus = fare|staTus",
        "remove Region|Region",
        "set fare = total(trip.name)|name",
      })
  void rejectsReservedWords(String update, String word) {
    assertError("Attribute name is a reserved keyword; reserved keyword: " + word, update, two());
  }

  @Test
  void rejectsUnknownFunctions() {
    assertError(
        "Invalid function name; function: if_absent",
        "set #x = if_absent(:x) set tip = toll",
        two());
    // The case matters: test_update_expression.py, scylladb/scylladb.
    assertError(
        "Invalid function name; function: LIST_APPEND", "set stops = LIST_APPEND(:a, :b)", two());
  }

  /** By analogy with functions of updates in conditions. */
  @Test
  void rejectsFunctionsOfConditions() {
    assertError(
        "The function is not allowed in an update expression; function: size",
        "set a = size(b)",
        two());
  }

  /** Recorded in test_update_expression.py, scylladb/scylladb. */
  @Test
  void rejectsListAppendWithinAFunction() {
    assertError(
        "The function is not allowed to be used this way in an expression; function: list_append",
        "set a = list_append(list_append(:a, :b), :a)",
        two());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "set fare = #x set tip = :y|SET",
        "remove #x set fare = tip remove toll|REMOVE",
        "add #x :y remove fare add tip :z|ADD",
        "delete #x :y set fare = tip delete #z :z|DELETE",
      })
  void takesEachSectionOnce(String update, String section) {
    assertError(
        "The \"" + section + "\" section can only be used once in an update expression;",
        update,
        two());
  }

  @Test
  void rejectsUndefinedNamesThenValues() {
    assertError(
        "An expression attribute name used in the document path is not defined; attribute name:"
            + " #x",
        "SET fare = :x, #x = if_not_exists(:x)",
        two());
    assertError(
        "An expression attribute value used in expression is not defined; attribute value: :x",
        "SET #a = if_not_exists(:x), #a = :a",
        two());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "set stops[1] = tip, stops.x = tip, trips[0].fare = tip, #t = if_not_exists(tip)|overlap|[trips, [0], fare]|[trips]",
        "set #t[0].#i = tip, #t[0] = tip|overlap|[trips, [0], [0]]|[trips, [0]]",
        "set fare = tip remove fare|overlap|[fare]|[fare]",
        "set #t[0].#i = tip, #t.#i[0] = if_not_exists(tip)|conflict|[trips, [0], [0]]|[trips, [0], [0]]",
        "remove fare.#t add fare[2] :n|conflict|[fare, trips]|[fare, [2]]",
      })
  void wantsPathsApart(String update, String problem, String one, String two) {
    assertError(
        "Two document paths "
            + problem
            + " with each other; must remove or rewrite one of these paths; path one: "
            + one
            + ", path two: "
            + two,
        update,
        values("n", n("1")).withNames(Map.of("#t", "trips", "#i", "[0]")));
  }

  /** The recording lacks the end of the message, "typeSet", which later reports of users have. */
  @ParameterizedTest
  @CsvSource({
    "S, STRING",
    "B, BINARY",
    "NULL, NULL",
    "BOOL, BOOLEAN",
    "L, LIST",
    "M, MAP",
  })
  void wantsNumbersOrSetsForAddAndSetsForDelete(String type, String name) {
    Value value = ALL.stream().filter(any -> any.type().equals(type)).findFirst().orElseThrow();
    for (String verb : List.of("ADD", "DELETE")) {
      assertError(
          "Incorrect operand type for operator or function; operator: "
              + verb
              + ", operand type: "
              + name
              + ", typeSet: ALLOWED_FOR_"
              + verb
              + "_OPERAND",
          "set stops = list_append(:a, stops2), fare = if_not_exists(tip) "
              + verb
              + " trip.tags :a",
          values("a", value));
    }
  }

  @Test
  void wantsNoNumberForDelete() {
    assertError(
        "Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER,"
            + " typeSet: ALLOWED_FOR_DELETE_OPERAND",
        "delete a :a",
        values("a", n("1")));
    Expressions.update("add a :a", values("a", n("1")));
  }

  @ParameterizedTest
  @CsvSource({"if_not_exists(tip), if_not_exists, 1", "list_append(stops), list_append, 1"})
  void countsOperands(String value, String function, int count) {
    assertError(
        "Incorrect number of operands for operator or function; operator or function: "
            + function
            + ", number of operands: "
            + count,
        "set a = " + value,
        two());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "if_not_exists(:a, tip)",
        "if_not_exists(if_not_exists(fare, tip), toll)",
      })
  void wantsAPathForIfNotExists(String value) {
    assertError(
        "Operator or function requires a document path; operator or function: if_not_exists",
        "set a = " + value,
        two());
  }

  @Test
  void checksTypes() {
    assertTypes("list_append(:v, a)", "list_append", "L");
    assertTypes("list_append(a, :v)", "list_append", "L");
    assertTypes("a + :v", "+", "N");
    assertTypes(":v + a", "+", "N");
    assertTypes("a - :v", "-", "N");
    assertTypes(":v - a", "-", "N");
  }

  private static void assertTypes(String value, String operator, String allowed) {
    for (Value operand : ALL) {
      if (operand.type().equals(allowed)) {
        Expressions.update("set a = " + value, values("v", operand));
      } else {
        assertError(
            "Incorrect operand type for operator or function; operator or function: "
                + operator
                + ", operand type: "
                + operand.type(),
            "set a = " + value,
            values("v", operand));
      }
    }
  }
}

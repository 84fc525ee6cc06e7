/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import static io.sluice.localaws.dynamodb.expression.Given.assertInvalid;
import static io.sluice.localaws.dynamodb.expression.Given.bs;
import static io.sluice.localaws.dynamodb.expression.Given.item;
import static io.sluice.localaws.dynamodb.expression.Given.l;
import static io.sluice.localaws.dynamodb.expression.Given.m;
import static io.sluice.localaws.dynamodb.expression.Given.n;
import static io.sluice.localaws.dynamodb.expression.Given.ns;
import static io.sluice.localaws.dynamodb.expression.Given.s;
import static io.sluice.localaws.dynamodb.expression.Given.ss;
import static io.sluice.localaws.dynamodb.expression.Given.values;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks what updates make of items: "Update expressions" of the developer guide, and where that is
 * silent, test_update_expression.py and test_number.py in scylladb/scylladb, test/alternator, which
 * run against the service.
 */
class UpdateTest {

  private static final String BAD_PATH =
      "The document path provided in the update expression is invalid for update";
  private static final String BAD_TYPE =
      "An operand in the update expression has an incorrect data type";
  private static final String MISSING =
      "The provided expression refers to an attribute that does not exist in the item";

  private static Map<String, Value> update(String update, Names names, Map<String, Value> item) {
    return Expressions.update(update, names).apply(item);
  }

  @Test
  void setsAttributes() {
    assertThat(
        update(
            "SET a = :v, #b = c",
            values("v", n("1")).withNames(Map.of("#b", "b")),
            item("c", s("x"), "a", s("old"))),
        is(item("a", n("1"), "b", s("x"), "c", s("x"))));
    assertThat(update("  sEt   a=:v  ", values("v", n("1")), item()), is(item("a", n("1"))));
  }

  @Test
  void leavesTheItemBeforeAsItIs() {
    Map<String, Value> before = item("a", l(n("1")), "m", m("x", n("1")));
    update("SET a[0] = :v, m.x = :v REMOVE m.y", values("v", n("2")), before);
    assertThat(before, is(item("a", l(n("1")), "m", m("x", n("1")))));
  }

  @Test
  void readsBeforeItWrites() {
    assertThat(
        update("REMOVE a SET b = a", Names.none(), item("a", s("x"))), is(item("b", s("x"))));
    assertThat(
        update("SET a = b, b = a", Names.none(), item("a", n("1"), "b", n("2"))),
        is(item("a", n("2"), "b", n("1"))));
    assertInvalid(MISSING, () -> update("SET x = :v, y = x", values("v", n("1")), item()));
  }

  @Test
  void calculates() {
    Map<String, Value> item = item("a", n("2"), "m", m("x", n("0.5")));
    assertThat(
        update(
            "SET a = a + :v, b = :v - a, c = (m.x) - :w, d = ((a) + (m.x))",
            values("v", n("3"), "w", n("1.50")),
            item),
        is(item("a", n("5"), "m", m("x", n("0.5")), "b", n("1"), "c", n("-1"), "d", n("2.5"))));
    assertThat(
        update("SET a = if_not_exists(z, :zero) + :v", values("zero", n("0"), "v", n("7")), item),
        is(item("a", n("7"), "m", m("x", n("0.5")))));
  }

  @Test
  void calculatesIn38Digits() {
    assertThat(
        update(
            "SET a = :one + :big, b = :big - :one",
            values("one", n("1"), "big", n("10000000000000000000000")),
            item()),
        is(item("a", n("10000000000000000000001"), "b", n("9999999999999999999999"))));
    assertThat(
        update("SET a = :x + :y", values("x", n("9e125"), "y", n("9e124")), item()),
        is(item("a", n("9.9e125"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SET a = :x + :x", "SET a = :one + :e50", "SET a = :e50 - :one"})
  void overflows(String update) {
    // The service says so even when the digits are too many, not the magnitude: test_number.py.
    Names names = Names.none();
    names.withValues(Map.of(":x", n("9e125"), ":one", n("1"), ":e50", n("1e50")));
    assertInvalid(
        "Number overflow. Attempting to store a number with magnitude larger than supported range",
        () -> update(update, names, item()));
  }

  @Test
  void appendsLists() {
    Map<String, Value> item = item("a", l(n("1")), "b", l(n("2")));
    assertThat(
        update(
            "SET a = list_append(a, :v), b = list_append(:v, b), c = list_append(a, b)",
            values("v", l(s("x"))),
            item),
        is(item("a", l(n("1"), s("x")), "b", l(s("x"), n("2")), "c", l(n("1"), n("2")))));
    assertThat(
        update(
            "SET z = list_append(if_not_exists(z, :e), :v)",
            values("e", l(), "v", l(s("x"))),
            item()),
        is(item("z", l(s("x")))));
  }

  @Test
  void setsWhatDoesNotExist() {
    Map<String, Value> item = item("a", n("1"));
    assertThat(
        update(
            "SET a = if_not_exists(a, :v), b = if_not_exists(c, :v), c = if_not_exists(a, :v),"
                + " d = if_not_exists(x, if_not_exists(a, :v))",
            values("v", n("2")),
            item),
        is(item("a", n("1"), "b", n("2"), "c", n("1"), "d", n("1"))));
  }

  @Test
  void addsNumbersAndSets() {
    Map<String, Value> item = item("n", n("3"), "s", ss("a"), "m", m("x", ns("1")));
    assertThat(
        update(
            "ADD n :n, s :s, m.x :x, n2 :n, bs :b",
            values("n", n("4"), "s", ss("b", "a"), "x", ns("1.0", "2"), "b", bs("a")),
            item),
        is(
            item(
                "n",
                n("7"),
                "s",
                ss("a", "b"),
                "m",
                m("x", ns("1", "2")),
                "n2",
                n("4"),
                "bs",
                bs("a"))));
  }

  @Test
  void deletesElementsOfSets() {
    Map<String, Value> item = item("s", ss("a", "b"), "t", ns("1"), "m", m("x", bs("a")));
    assertThat(
        update(
            "DELETE s :s, t :t, m.x :x, gone :s",
            values("s", ss("a", "z"), "t", ns("1"), "x", bs("a")),
            item),
        is(item("s", ss("b"), "m", m())));
  }

  @Test
  void removes() {
    Map<String, Value> item =
        item("a", n("1"), "b", m("c", l(s("hi"), m("y", l(n("3"), n("5"), n("7")), "q", n("2")))));
    assertThat(
        update("REMOVE a, b.c[1].y[1], b.c[1].q, z, b.z, b.c[17]", Names.none(), item),
        is(item("b", m("c", l(s("hi"), m("y", l(n("3"), n("7"))))))));
    assertThat(
        update("REMOVE a.b, c[0]", Names.none(), item("a", m("b", n("1")), "c", l(n("1")))),
        is(item("a", m(), "c", l())));
  }

  @Test
  void countsIndexesBeforeTheUpdate() {
    assertThat(
        update(
            "REMOVE a[1] SET a[3] = :v",
            values("v", n("17")),
            item("a", l(n("2"), n("3"), n("4"), n("5"), n("6")))),
        is(item("a", l(n("2"), n("4"), n("17"), n("6")))));
  }

  @Test
  void appendsBehindTheEndInOrder() {
    assertThat(
        update(
            "SET a[84] = :a, a[37] = :b, a[17] = :c ADD a[50] :d",
            values("a", s("a"), "b", s("b"), "c", s("c"), "d", n("1")),
            item("a", l(n("0")))),
        is(item("a", l(n("0"), s("c"), s("b"), n("1"), s("a")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET s.c = :v", "SET l.c = :v", "SET gone.c = :v", "SET s[0] = :v", "SET gone[0] = :v",
        "SET m[0] = :v", "SET m.gone.c = :v", "SET l[5].c = :v", "ADD gone.c :v", "ADD l[5][0] :v",
      })
  void wantsPathsThatExist(String update) {
    assertInvalid(
        BAD_PATH,
        () -> update(update, values("v", n("1")), item("s", s("x"), "l", l(s("y")), "m", m())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"REMOVE s.c", "REMOVE l.c", "REMOVE gone.c", "REMOVE s[0]", "REMOVE gone[0]"})
  void wantsPathsThatExistForRemove(String update) {
    assertInvalid(BAD_PATH, () -> update(update, Names.none(), item("s", s("x"), "l", l(s("y")))));
  }

  @Test
  void makesNoItemByTakingSomethingAway() {
    Map<String, Value> key = item("p", s("x"));
    assertThat(
        Expressions.update("REMOVE x.y, z[0]", Names.none()).create(key), is(Optional.empty()));
    assertThat(
        Expressions.update("SET a = p REMOVE x.y", Names.none()).create(key),
        is(Optional.of(item("p", s("x"), "a", s("x")))));
    assertInvalid(BAD_PATH, () -> Expressions.update("SET x.y = p", Names.none()).create(key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET x = s + :n",
        "SET x = :n - l",
        "SET x = list_append(s, :l)",
        "SET x = list_append(l, if_not_exists(s, :l))",
        "ADD s :n",
        "ADD ss :n",
        "ADD n :ns",
        "ADD ss :ns",
        "ADD l :ns",
        "DELETE ss :ns",
        "DELETE s :ns",
        "DELETE m :ns",
        "DELETE n :ns",
      })
  void wantsTheRightTypes(String update) {
    Names names = Names.none().withValues(Map.of(":n", n("1"), ":l", l(), ":ns", ns("1")));
    Map<String, Value> item = item("s", s("x"), "l", l(), "ss", ss("a"), "n", n("1"), "m", m());
    assertInvalid(BAD_TYPE, () -> update(update, names, item));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET x = gone",
        "SET x = m.gone",
        "SET x = gone + :n",
        "SET x = list_append(gone, :l)",
        "SET x = list_append(:l, gone)",
        "SET x = if_not_exists(gone, nope)",
        "SET gone = gone",
      })
  void wantsAttributesThatExist(String update) {
    Names names = Names.none().withValues(Map.of(":n", n("1"), ":l", l()));
    assertInvalid(MISSING, () -> update(update, names, item("m", m())));
  }

  /**
   * Names what comes back for elements behind the end: test/updateItem.js in architect/dynalite.
   */
  @Test
  void picksWhatWasUpdated() {
    Update update =
        Expressions.update(
            "SET trip.net = ((stops[1]) - (trip.tip)), trip.tip = p, stops[0] = p, stops[5] = trip.fare"
                + " ADD stops[9] :tags, stops[7] :n",
            values("n", n("2"), "tags", ss("x")));
    Map<String, Value> before =
        item(
            "p", s("id"),
            "trip", m("tip", n("1"), "fare", n("9"), "net", n("0")),
            "stops", l(n("4"), n("6")));
    Map<String, Value> after = update.apply(before);
    assertThat(
        after,
        is(
            item(
                "p", s("id"),
                "trip", m("tip", s("id"), "fare", n("9"), "net", n("5")),
                "stops", l(s("id"), n("6"), n("9"), n("2"), ss("x")))));
    // The paths are looked up in the new item: elements that were appended are at other indexes.
    assertThat(
        update.updated(after),
        is(item("trip", m("net", n("5"), "tip", s("id")), "stops", l(s("id")))));
    assertThat(
        update.updated(before),
        is(item("trip", m("net", n("0"), "tip", n("1")), "stops", l(n("4")))));
    assertThat(update.topLevelAttributes(), contains("trip", "stops"));
    assertThat(update.nestedAttributes(), contains("trip", "stops"));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import static io.sluice.localaws.dynamodb.expression.Given.assertInvalid;
import static io.sluice.localaws.dynamodb.expression.Given.item;
import static io.sluice.localaws.dynamodb.expression.Given.l;
import static io.sluice.localaws.dynamodb.expression.Given.m;
import static io.sluice.localaws.dynamodb.expression.Given.n;
import static io.sluice.localaws.dynamodb.expression.Given.s;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks what projections pick: test_projection_expression.py in scylladb/scylladb,
 * test/alternator. Messages and their order: test/getItem.js in architect/dynalite.
 */
class ProjectionTest {

  private static final Map<String, Value> ITEM =
      item(
          "p", s("id"),
          "trip",
              m("stops", l(n("7"), n("9"), m("route", s("A"), "cash", s("EUR"))), "fare", n("5.5")),
          "tag", s("night"));

  private static Map<String, Value> pick(String projection) {
    return Expressions.projection(projection, Names.none()).apply(ITEM);
  }

  @Test
  void picksPaths() {
    assertThat(pick("trip"), is(item("trip", ITEM.get("trip"))));
    assertThat(pick(" tag , p "), is(item("p", s("id"), "tag", s("night"))));
    assertThat(pick("trip.fare"), is(item("trip", m("fare", n("5.5")))));
    assertThat(pick("trip.stops[0]"), is(item("trip", m("stops", l(n("7"))))));
    assertThat(pick("trip.stops[2].cash"), is(item("trip", m("stops", l(m("cash", s("EUR")))))));
    assertThat(pick("trip.fare, tag"), is(item("trip", m("fare", n("5.5")), "tag", s("night"))));
  }

  @Test
  void keepsTheOrderOfLists() {
    assertThat(
        pick("trip.stops[2].route, trip.stops[0], trip.fare"),
        is(item("trip", m("stops", l(n("7"), m("route", s("A"))), "fare", n("5.5")))));
    assertThat(
        pick("trip.stops[1], trip.stops[7], trip.stops[0]"),
        is(item("trip", m("stops", l(n("7"), n("9"))))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "toll",
        "trip.toll",
        "trip.toll.net",
        "trip.stops[3]",
        "trip.stops[3].route",
        "trip.stops.route",
        "trip[0]",
        "trip.stops[0].route",
        "trip.stops[0][0]",
      })
  void ignoresWhatIsNotThere(String projection) {
    assertThat(pick(projection), is(item()));
    assertThat(pick(projection + ", tag"), is(item("tag", s("night"))));
  }

  @Test
  void listsAttributes() {
    Projection projection = Expressions.projection("a.b, c, d[1], a.c", Names.none());
    assertThat(projection.topLevelAttributes(), contains("a", "c", "d"));
    assertThat(projection.nestedAttributes(), contains("a", "d"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trip.dAte|dAte",
        "#f,DURation|DURation",
        "or|or",
        "fare, fare, name|name",
      })
  void rejectsReservedWords(String projection, String word) {
    assertInvalid(
        "Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: "
            + word,
        () -> pick(projection));
  }

  @Test
  void rejectsUndefinedNames() {
    assertInvalid(
        "Invalid ProjectionExpression: An expression attribute name used in the document path is"
            + " not defined; attribute name: #f",
        () -> pick("tip,fare,tip,#f"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stops[1], stops.fare, #t.fare, trip|overlap|[trip, fare]|[trip]",
        "trip, #t[2]|overlap|[trip]|[trip, [2]]",
        "fare, fare|overlap|[fare]|[fare]",
        "trip.stops[0],trip.stops[0]|overlap|[trip, stops, [0]]|[trip, stops, [0]]",
        "trip.fare, #t[2], #i|conflict|[trip, fare]|[trip, [2]]",
        "trip.fare[2], #t[1], #i|conflict|[trip, fare, [2]]|[trip, [1]]",
        "trip[0].fare, #t.#i.fare|conflict|[trip, [0], fare]|[trip, [0], fare]",
      })
  void wantsPathsApart(String projection, String problem, String one, String two) {
    assertInvalid(
        "Invalid ProjectionExpression: Two document paths "
            + problem
            + " with each other; must remove or rewrite one of these paths; path one: "
            + one
            + ", path two: "
            + two,
        () ->
            Expressions.projection(
                projection, Names.none().withNames(Map.of("#t", "trip", "#i", "[0]"))));
  }
}

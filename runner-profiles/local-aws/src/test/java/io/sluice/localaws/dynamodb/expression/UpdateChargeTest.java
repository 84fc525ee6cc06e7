/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import static io.sluice.localaws.dynamodb.expression.Given.n;
import static io.sluice.localaws.dynamodb.expression.Given.s;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks the bytes that paritysuite/dynamodb-conformance found by trying, eu-west-2, 2026-10-09.
 */
class UpdateChargeTest {

  private static final Map<String, Value> VALUES =
      Map.of(
          ":s",
          s("x"),
          ":n",
          n("1"),
          ":l",
          new Value.L(List.of(s("x"))),
          ":t",
          new Value.SS(Set.of("a", "bb")));

  private static final Map<String, Value> ITEM = Map.of("t", new Value.SS(Set.of("a")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET b = :s|24",
        "SET d.leaf = :s|32",
        "SET d[0] = :s|29",
        "SET b = :s, c = :s|45",
        "SET c = abcdefghij|48",
        "SET c = m.z|54",
        "SET c = l[10]|55",
        "SET n = n + :n|75",
        "SET n = n - :n|78",
        "SET c = if_not_exists(c, :s)|79",
        "SET l = list_append(l, :l)|81",
        "ADD n :n|25",
        "ADD t :t|25",
        "ADD u :t|26",
        "DELETE t :t|5",
        "REMOVE r|5",
        "REMOVE m.yy|11",
        "REMOVE l[10]|11",
      })
  void chargesForWhatTheUpdateSays(String update, long bytes) {
    Names names = Names.none().withValues(VALUES);
    assertThat(Expressions.update(update, names).charge(ITEM), is(bytes));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import static io.sluice.localaws.dynamodb.expression.Given.assertInvalid;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks which token a syntax error names.
 *
 * <p>Which forms are wrong is in the suites of answers recorded from the service:
 * architect/dynalite's test/scan.js, test/getItem.js and test/updateItem.js, and
 * scylladb/scylladb's test/alternator. The rule that "near" is the token with its neighbours comes
 * from recorded messages: 'INVALID SYNTAX HERE' and '!!' in nubo-db/dynamodb-conformance,
 * tests/tier3/error-messages; '_' in test_update_expression.py of scylladb/scylladb; and ':' in
 * aws/aws-cdk#7591.
 */
class SyntaxTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INVALID SYNTAX HERE|INVALID|INVALID SYNTAX",
        "SET _fare = :f|_|SET _fare",
        "ADD hits : incr|:|hits : incr",
        "SET fare, tip = :t|,|fare, tip",
        "set fare = :f, |<EOF>|,",
        "nonsense|nonsense|nonsense",
        "set fare|<EOF>|fare",
        "add fare|<EOF>|fare",
        "set fare=remove|remove|=remove",
        "set fare = tip delete|<EOF>|delete",
        "remove fare = tip|=|fare = tip",
        "add fare = :f|=|fare = :f",
        "delete tags tag|tag|tags tag",
        "delete tags if_not_exists(tag)|if_not_exists|tags if_not_exists(",
        "remove fare tip|tip|fare tip",
        "set :fare = tip|:fare|set :fare =",
        "remove :fare|:fare|remove :fare",
        "set fare = tip / toll|/|tip / toll",
        "set stops[2] = 'Main'|'|= 'Main",
        "set stops[2] = 8|8|= 8",
        "set stops[:i] = :f|:i|[:i]",
        "set stops[#i] = :f|#i|[#i]",
        "set if_not_exists(fare, tip) = toll|(|if_not_exists(fare",
        "set (fare = (tip + toll))|(|set (fare",
        "set fare = (trip.tip).net + toll|.|).net",
        "set fare = (trip.tips)[1] + toll|[|)[1",
        "set fare = tip + toll + tax|+|toll + tax",
        "set fare = (tip + toll) + tax|+|) + tax",
        "set fare = f(tip + toll)|+|tip + toll",
        "set fare = f()|)|()",
        "set fare = _f(tip)|_|= _f",
        "set net-fare = :f|-|net-fare",
      })
  void ofUpdates(String expression, String token, String near) {
    assertInvalid(
        "Invalid UpdateExpression: Syntax error; token: \"" + token + "\", near: \"" + near + "\"",
        () -> Expressions.update(expression, Names.none()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fare|<EOF>|fare",
        "attribute_not_exists(|<EOF>|(",
        "contains (tags, :tag|<EOF>|:tag",
        "NOT #paid|<EOF>|#paid",
        "(fare)|<EOF>|)",
        "fare AND tip = toll|AND|fare AND tip",
        "(tip = toll AND fare)|)|fare)",
        "fare > 12|12|> 12",
        "fare < between|between|< between",
        "fare > |<EOF>|>",
        "fare != :f|!|fare !=",
        "zone1 in zone2, zone3|zone2|in zone2,",
        "zone1 in (zone2,zone3,)|)|,)",
        "zone1 in ()|)|()",
        "attribute_exists(drop-off)|-|drop-off",
        "attribute_exists(trip..fare)|.|..fare",
        "attribute_exists(tri#p.fare)|#p|tri#p.",
        "attribute_exists(stops[last1])|last1|[last1]",
        "(fare)between(trip.(low.net))and(high)|(|.(low",
        "(fare)between(trip.low)and((high)|<EOF>|)",
        "#!.fare > tip|#|#!",
        "fare > :trip.tip|.|:trip.tip",
        "stops[1.5] > fare|.|1.5",
        "stops[-3] > fare|-|[-3",
        "size(tags).net > fare|.|).net",
        "(size(tags)).net > fare|.|).net",
        "(size(tags))[1] > fare|[|)[1",
        "(fare = tip) = toll|=|) = toll",
        "ß = fare|ß|ß =",
        "fare = tip toll = tax|toll|tip toll =",
      })
  void ofConditions(String expression, String token, String near) {
    assertInvalid(
        "Invalid FilterExpression: Syntax error; token: \"" + token + "\", near: \"" + near + "\"",
        () -> Expressions.condition("FilterExpression", expression, Names.none()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "!!|!|!!",
        "size(tags)|(|size(tags",
        ":fare|:fare|:fare",
        "fare, tip,|<EOF>|,",
        "fare,,tip|,|,,tip",
        "trip..fare|.|..fare",
        "stops[first1]|first1|[first1]",
        "stops[]|]|[]",
        "(fare)|(|(fare",
        "fare tip|tip|fare tip",
        "fare-tip|-|fare-tip",
      })
  void ofProjections(String expression, String token, String near) {
    assertInvalid(
        "Invalid ProjectionExpression: Syntax error; token: \""
            + token
            + "\", near: \""
            + near
            + "\"",
        () -> Expressions.projection(expression, Names.none()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void wantsMoreThanNothing(String expression) {
    assertInvalid(
        "Invalid UpdateExpression: The expression can not be empty;",
        () -> Expressions.update(expression, Names.none()));
    assertInvalid(
        "Invalid ConditionExpression: The expression can not be empty;",
        () -> Expressions.condition("ConditionExpression", expression, Names.none()));
    assertInvalid(
        "Invalid ProjectionExpression: The expression can not be empty;",
        () -> Expressions.projection(expression, Names.none()));
    assertInvalid(
        "Invalid KeyConditionExpression: The expression can not be empty;",
        () -> Expressions.key(expression, Names.none()));
  }
}

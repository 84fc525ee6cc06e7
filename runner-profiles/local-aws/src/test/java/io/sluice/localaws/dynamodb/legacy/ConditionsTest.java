/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.legacy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.expression.Condition;
import io.sluice.localaws.dynamodb.expression.KeyCondition;
import io.sluice.localaws.dynamodb.expression.KeyQuery;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

  private static final String INVALID = "One or more parameter values were invalid: ";

  private final Map<String, Value> item =
      Json.item(
          "{'n':{'N':'5'},'s':{'S':'hello'},'b':{'B':'AQID'},'ss':{'SS':['x','y']},"
              + "'l':{'L':[{'N':'1'}]},'null':{'NULL':true},'a.b':{'S':'dot'}}");

  private static Optional<Condition> filter(String json, boolean any) {
    return Conditions.filter(Json.map(LegacyShapes.CONDITIONS, json), any);
  }

  private static void assertRefused(String message, Runnable action) {
    DynamoDbException refusal = assertThrows(DynamoDbException.class, action::run);
    assertThat(refusal.type(), is("ValidationException"));
    assertThat(refusal.getMessage(), is(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          n | EQ | {'N':'5.0'} | true
          n | EQ | {'S':'5'} | false
          none | EQ | {'S':'5'} | false
          ss | EQ | {'SS':['y','x']} | true
          n | NE | {'N':'5'} | false
          n | NE | {'S':'5'} | true
          none | NE | {'S':'5'} | true
          n | LE | {'N':'5'} | true
          n | LE | {'N':'4'} | false
          n | LT | {'N':'6'} | true
          n | LT | {'N':'5'} | false
          n | GE | {'N':'5'} | true
          n | GE | {'N':'6'} | false
          n | GT | {'N':'4'} | true
          n | GT | {'N':'5'} | false
          n | GT | {'S':'4'} | false
          null | NOT_NULL | | true
          none | NOT_NULL | | false
          null | NULL | | false
          none | NULL | | true
          s | CONTAINS | {'S':'ell'} | true
          s | CONTAINS | {'S':'x'} | false
          b | CONTAINS | {'B':'Ag=='} | true
          ss | CONTAINS | {'S':'y'} | true
          l | CONTAINS | {'N':'1'} | true
          l | CONTAINS | {'N':'2'} | false
          s | NOT_CONTAINS | {'S':'ell'} | false
          s | NOT_CONTAINS | {'S':'x'} | true
          none | NOT_CONTAINS | {'S':'x'} | false
          s | BEGINS_WITH | {'S':'he'} | true
          s | BEGINS_WITH | {'S':'lo'} | false
          n | BEGINS_WITH | {'S':'5'} | false
          n | IN | {'N':'4'},{'N':'5'} | true
          n | IN | {'N':'4'},{'N':'6'} | false
          ss | IN | {'S':'x'},{'S':'y'} | false
          n | BETWEEN | {'N':'5'},{'N':'6'} | true
          n | BETWEEN | {'N':'1'},{'N':'4'} | false
          n | BETWEEN | {'S':'1'},{'S':'9'} | false
          a.b | EQ | {'S':'dot'} | true
          """)
  void compares(String attribute, String operator, String values, boolean met) {
    String json =
        "{'"
            + attribute
            + "':{'ComparisonOperator':'"
            + operator
            + (values == null ? "'}}" : "','AttributeValueList':[" + values + "]}}");
    assertThat(filter(json, false).orElseThrow().test(item), is(met));
  }

  @Test
  void joinsWhatAttributesAreComparedWith() {
    String one = "{'n':{'ComparisonOperator':'NULL'},'s':{'ComparisonOperator':'NOT_NULL'}}";
    assertThat(filter(one, false).orElseThrow().test(item), is(false));
    assertThat(filter(one, true).orElseThrow().test(item), is(true));
    assertThat(filter("{}", true), is(Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          EQ | | Invalid number of argument(s) for the EQ ComparisonOperator
          EQ | {'S':'a'},{'S':'b'} | Invalid number of argument(s) for the EQ ComparisonOperator
          NULL | {'S':'a'} | Invalid number of argument(s) for the NULL ComparisonOperator
          IN | | Invalid number of argument(s) for the IN ComparisonOperator
          BETWEEN | {'S':'a'} | Invalid number of argument(s) for the BETWEEN ComparisonOperator
          IN | {'S':'a'},{'N':'1'} | AttributeValues inside AttributeValueList must be of same type
          LT | {'BOOL':true} | ComparisonOperator LT is not valid for BOOL AttributeValue type
          IN | {'SS':['a']} | ComparisonOperator IN is not valid for SS AttributeValue type
          CONTAINS | {'L':[]} | ComparisonOperator CONTAINS is not valid for L AttributeValue type
          BEGINS_WITH | {'N':'1'} | ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type
          BETWEEN | {'M':{}},{'M':{}} | ComparisonOperator BETWEEN is not valid for M AttributeValue type
          """)
  void refusesWhatCannotBeCompared(String operator, String values, String message) {
    String json =
        "{'a':{'ComparisonOperator':'"
            + operator
            + "','AttributeValueList':["
            + (values == null ? "" : values)
            + "]}}";
    assertRefused(INVALID + message, () -> filter(json, false));
  }

  @Test
  void refusesARangeFromMoreToLess() {
    assertRefused(
        "The BETWEEN condition was provided a range where the lower bound is greater than the upper"
            + " bound",
        () ->
            filter(
                "{'a':{'ComparisonOperator':'BETWEEN','AttributeValueList':[{'S':'b'},{'S':'a'}]}}",
                false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'n':{'Value':{'N':'5'}}} | true
          {'n':{'Exists':true,'Value':{'N':'5'}}} | true
          {'n':{'Value':{'N':'6'}}} | false
          {'none':{'Value':{'N':'5'}}} | false
          {'none':{'Exists':false}} | true
          {'n':{'Exists':false}} | false
          {'n':{'ComparisonOperator':'GT','Value':{'N':'4'}}} | true
          {'none':{'ComparisonOperator':'NULL'}} | true
          {'n':{'Value':{'N':'5'}},'s':{'Exists':false}} | false
          """)
  void expects(String json, boolean met) {
    assertThat(
        Conditions.expected(Json.map(LegacyShapes.EXPECTED, json), false).orElseThrow().test(item),
        is(met));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {} | Value must be provided when Exists is null
          {'Exists':true} | Value must be provided when Exists is true
          {'Exists':false,'Value':{'S':'x'}} | Value cannot be used when Exists is false
          {'Value':{'S':'x'},'AttributeValueList':[]} | Value and AttributeValueList cannot be used together
          {'AttributeValueList':[]} | AttributeValueList can only be used with a ComparisonOperator
          {'Exists':true,'AttributeValueList':[]} | AttributeValueList can only be used with a ComparisonOperator
          {'Exists':true,'ComparisonOperator':'LT'} | Exists and ComparisonOperator cannot be used together
          {'ComparisonOperator':'EQ'} | Value or AttributeValueList must be used with ComparisonOperator: EQ
          """)
  void refusesContradictoryExpectations(String json, String message) {
    LegacyMap expected = Json.map(LegacyShapes.EXPECTED, "{'a':" + json + "}");
    assertRefused(
        INVALID + message + " for Attribute: a", () -> Conditions.expected(expected, false));
  }

  private static KeyQuery key(String json) {
    KeyCondition condition = Conditions.key(Json.map(LegacyShapes.CONDITIONS, json));
    return condition.bind(
        List.of(new KeyQuery.Attribute("h", "S")), List.of(new KeyQuery.Attribute("r", "N")));
  }

  private static final String HASH =
      "{'h':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'x'}]}";

  @Test
  void findsKeys() {
    KeyQuery query =
        key(
            HASH
                + ",'r':{'ComparisonOperator':'BETWEEN',"
                + "'AttributeValueList':[{'N':'1'},{'N':'2'}]}}");
    assertThat(query.hash(), is(List.of(new Value.S("x"))));
    assertThat(query.testRange(Json.item("{'r':{'N':'2'}}")), is(true));
    assertThat(query.testRange(Json.item("{'r':{'N':'3'}}")), is(false));
  }

  @Test
  void refusesOtherConditionsOfKeys() {
    String unindexable = "Attempted conditional constraint is not an indexable operation";
    assertRefused("Conditions can be of length 1 or 2 only", () -> key("{}"));
    assertRefused(unindexable, () -> key("{'h':{'ComparisonOperator':'NULL'}}"));
    assertRefused(unindexable, () -> key(HASH + ",'r':{'ComparisonOperator':'NOT_NULL'}}"));
    assertRefused(
        "Query condition missed key schema element: r",
        () -> key(HASH + ",'x':{'ComparisonOperator':'NULL'}}"));
    assertRefused(
        "Query key condition not supported",
        () -> key("{'h':{'ComparisonOperator':'LT','AttributeValueList':[{'S':'x'}]}}"));
  }
}

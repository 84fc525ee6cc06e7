/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.legacy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacyMapTest {

  @Test
  void keepsAttributesInOrderAndWhatItKnowsOfThem() {
    LegacyMap map =
        Json.map(
            LegacyShapes.EXPECTED,
            "{'b':{'Exists':'false','x':{'y':[1]},'Value':null},'c':null,'a':{'Value':{'N':'1'}}}");
    assertThat(map.keySet(), contains("b", "a"));
    Fields first = map.get("b");
    assertThat(first.members().keySet(), contains("Exists"));
    assertThat(first.flag("Exists").orElseThrow(), is(false));
  }

  @Test
  void keepsWhatIsWrongWithValuesForLater() {
    LegacyMap map =
        Json.map(LegacyShapes.UPDATES, "{'a':{'Value':{'N':'x'}},'b':{'Value':{'S':'y'}}}");
    DynamoDbException problem = assertThrows(DynamoDbException.class, map::check);
    assertThat(problem.getMessage(), is("The parameter cannot be converted to a numeric value: x"));
  }

  @Test
  void leavesVeryDeepValuesToTheOlderLayer() {
    for (int levels : new int[] {40, 63}) {
      String deep = "{'M':{'n':".repeat(levels) + "{'S':'x'}" + "}}".repeat(levels);
      LegacyMap map = Json.map(LegacyShapes.EXPECTED, "{'a':{'Value':" + deep + "}}");
      assertThat(map.isForOlder(), is(levels > 62));
      assertThrows(DynamoDbException.class, map::check);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          [] | Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.Condition>
          'a' | Unexpected field type
          {'a':[]} | Unrecognized collection type class com.amazonaws.dynamodb.v20120810.Condition
          {'a':1} | Unexpected value type in payload
          {'a':{'ComparisonOperator':1}} | NUMBER_VALUE cannot be converted to String
          {'a':{'AttributeValueList':{}}} | Start of structure or map found where not expected
          {'a':{'AttributeValueList':['x']}} | Unexpected value type in payload
          """)
  void refusesOtherTypesAtOnce(String json, String message) {
    DynamoDbException refusal =
        assertThrows(DynamoDbException.class, () -> Json.map(LegacyShapes.CONDITIONS, json));
    assertThat(refusal.type(), is("SerializationException"));
    assertThat(refusal.getMessage(), is(message));
  }
}

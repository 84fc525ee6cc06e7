/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.legacy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.expression.Update;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributeUpdatesTest {

  private static Update update(String json) {
    return AttributeUpdates.update(Json.map(LegacyShapes.UPDATES, json));
  }

  private static String message(Runnable action) {
    return assertThrows(DynamoDbException.class, action::run).getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'n':{'Value':{'S':'x'}}} | {'n':{'S':'x'},'s':{'SS':['a','b']},'l':{'L':[{'N':'1'}]}}
          {'size':{'Action':'PUT','Value':{'S':'x'}},'n':{'Action':'DELETE'}} | {'size':{'S':'x'},'s':{'SS':['a','b']},'l':{'L':[{'N':'1'}]}}
          {'n':{'Action':'ADD','Value':{'N':'-3'}}} | {'n':{'N':'2'},'s':{'SS':['a','b']},'l':{'L':[{'N':'1'}]}}
          {'s':{'Action':'ADD','Value':{'SS':['b','c']}}} | {'n':{'N':'5'},'s':{'SS':['a','b','c']},'l':{'L':[{'N':'1'}]}}
          {'l':{'Action':'ADD','Value':{'L':[{'S':'x'}]}}} | {'n':{'N':'5'},'s':{'SS':['a','b']},'l':{'L':[{'N':'1'},{'S':'x'}]}}
          {'s':{'Action':'DELETE','Value':{'SS':['b','c']}}} | {'n':{'N':'5'},'s':{'SS':['a']},'l':{'L':[{'N':'1'}]}}
          {'s':{'Action':'DELETE','Value':{'SS':['a','b']}}} | {'n':{'N':'5'},'l':{'L':[{'N':'1'}]}}
          {'none':{'Action':'DELETE','Value':{'SS':['a']}}} | {'n':{'N':'5'},'s':{'SS':['a','b']},'l':{'L':[{'N':'1'}]}}
          """)
  void changesItems(String json, String after) {
    assertThat(
        update(json).apply(Json.item("{'n':{'N':'5'},'s':{'SS':['a','b']},'l':{'L':[{'N':'1'}]}}")),
        is(Json.item(after)));
  }

  @Test
  void makesNewItemsUnlessItOnlyTakesAway() {
    var key = Json.item("{'h':{'S':'x'}}");
    assertThat(
        update("{'n':{'Action':'ADD','Value':{'N':'1'}},'o':{'Action':'DELETE'}}").create(key),
        is(Optional.of(Json.item("{'h':{'S':'x'},'n':{'N':'1'}}"))));
    assertThat(update("{}").create(key), is(Optional.of(key)));
    assertThat(update("{'n':{'Action':'DELETE'}}").create(key), is(Optional.empty()));
    assertThat(
        update("{'n':{'Action':'DELETE','Value':{'NS':['1']}}}").create(key), is(Optional.empty()));
  }

  @Test
  void costsNothingButTheItem() {
    assertThat(update("{'n':{'Value':{'S':'some text'}}}").charge(Json.item("{}")), is(0L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {} | Only DELETE action is allowed when no attribute value is specified
          {'Action':'ADD'} | Only DELETE action is allowed when no attribute value is specified
          {'Action':'DELETE','Value':{'L':[]}} | DELETE action with value is not supported for the type L
          {'Action':'DELETE','Value':{'N':'1'}} | DELETE action with value is not supported for the type N
          {'Action':'ADD','Value':{'S':'a'}} | ADD action is not supported for the type S
          {'Action':'ADD','Value':{'M':{}}} | ADD action is not supported for the type M
          """)
  void refusesActionsWithoutTheRightValue(String json, String message) {
    assertThat(
        message(() -> update("{'a':" + json + "}")),
        is("One or more parameter values were invalid: " + message));
  }

  @ParameterizedTest
  @CsvSource({"ADD,'{''NS'':[''1'']}'", "ADD,'{''N'':''1''}'", "DELETE,'{''BS'':[''YQ=='']}'"})
  void refusesAttributesOfAnotherType(String action, String value) {
    Update update = update("{'a':{'Action':'" + action + "','Value':" + value + "}}");
    assertThat(
        message(() -> update.apply(Json.item("{'a':{'SS':['x']}}"))),
        is("Type mismatch for attribute to update"));
  }
}

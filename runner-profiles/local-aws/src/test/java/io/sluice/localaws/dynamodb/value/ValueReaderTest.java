/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueReaderTest {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String EMPTY =
      "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
  private static final String AMBIGUOUS =
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
          + " supported datatypes";
  private static final String TOO_DEEP =
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
          + " beyond supported limit";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'a':''}",
        "{'s':'b'}",
        "{'S':null}",
        "{'M':{'a':{}}}",
        "{'L':[{}]}",
        "{'L':[{'a':{}}]}",
        "{'L':[null]}",
        "{'M':{'a':null}}",
        "null",
        "{'NS':['1',null]}",
        "{'BS':[null]}"
      })
  void reportsAnEmptyValue(String json) throws IOException {
    assertThat(problem(json), is(EMPTY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'S':'a','N':'1'}",
        "{'S':'','B':''}",
        "{'L':[],'M':{}}",
        "{'BOOL':true,'NULL':true}",
        "{'L':[{'S':'a','N':'1'}]}",
        "{'M':{'a':{'S':'a','N':'1'}}}"
      })
  void reportsTwoTypes(String json) throws IOException {
    assertThat(problem(json), is(AMBIGUOUS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'NULL':false} | Null attribute value types must have the value of true",
        "{'NULL':'no'} | Null attribute value types must have the value of true",
        "{'BS':[]} | Binary sets should not be empty",
        "{'SS':[null]} | An string set may not have a null string as a member",
        "{'SS':['a',null]} | An string set may not have a null string as a member",
        "{'SS':['b','a','b']} | Input collection [~a~, ~b~, ~b~] contains duplicates.",
        "{'SS':['b','','a','','c','b']}"
            + " | Input collection [~~, ~a~, ~b~, ~~, ~c~, ~b~] contains duplicates.",
        "{'NS':['2','1','2']} | Input collection contains duplicates.",
        "{'NS':['1','1.0']} | Input collection contains duplicates.",
        "{'NS':['0','-0']} | Input collection contains duplicates.",
        "{'BS':['/w==','AA==','AA==']}"
            + " | Input collection [~AA==~,~/w==~,~AA==~]of type BS contains duplicates.",
        "{'BS':['','']} | Input collection [~~,~~]of type BS contains duplicates.",
        "{'L':[{'BS':[]}]} | Binary sets should not be empty",
        "{'M':{'a':{'L':[{'NULL':false}]}}}"
            + " | Null attribute value types must have the value of true"
      })
  void reportsInvalidValues(String json, String message) throws IOException {
    assertThat(problem(json), is(INVALID + message.replace('~', '"')));
  }

  @Test
  void reportsEmptyNumbersWithTheSpaceOfTheService() throws IOException {
    String message = "The parameter cannot be converted to a numeric value: ";

    assertThat(problem("{'N':''}"), is(message));
    assertThat(problem("{'S':'','N':''}"), is(message));
    assertThat(problem("{'NS':['1','']}"), is(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'N':''} | The parameter cannot be converted to a numeric value",
        "{'NS':['1','abc']} | The parameter cannot be converted to a numeric value: abc",
        "{'N':'1e2147483647'} | Number underflow. Attempting to store a number with magnitude"
            + " smaller than supported range",
        "{'NS':['2','1','2']} | Input collection contains duplicates",
        "{'SS':['b','a','b']} | One or more parameter values were invalid: Input collection"
            + " [b, a, b] contains duplicates.",
        "{'SS':['b','','a','']} | One or more parameter values were invalid: Input collection"
            + " [b, , a, ] contains duplicates.",
        "{'BS':['/w==','AA==','AA==']} | One or more parameter values were invalid: Input"
            + " collection [/w==, AA==, AA==]of type BS contains duplicates."
      })
  void reportsInOlderWords(String json, String message) throws IOException {
    try (JsonParser parser = parser("{'a':" + json + "}")) {
      ValueReader reader = new ValueReader(parser, Wording.OLDER);
      reader.item();

      assertThat(reader.problem().map(Throwable::getMessage), is(Optional.of(message)));
    }
  }

  @Test
  void reportsEmptySetsWithTheTwoSpacesOfTheService() throws IOException {
    assertThat(problem("{'SS':[]}"), is(INVALID + "An string set  may not be empty"));
    assertThat(problem("{'NS':[]}"), is(INVALID + "An number set  may not be empty"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'S':'a','N':'b'} | The parameter cannot be converted to a numeric value: b",
        "{'NS':['1','b']} | The parameter cannot be converted to a numeric value: b",
        "{'NS':['b']} | The parameter cannot be converted to a numeric value: b",
        "{'NS':['1','1','b']} | The parameter cannot be converted to a numeric value: b",
        "{'N':'123456789012345678901234567890123456789'}"
            + " | Attempting to store more than 38 significant digits in a Number",
        "{'NS':['1e126']} | Number overflow. Attempting to store a number with magnitude larger"
            + " than supported range",
        "{'N':'1e-131'} | Number underflow. Attempting to store a number with magnitude smaller"
            + " than supported range"
      })
  void reportsInvalidNumbers(String json, String message) throws IOException {
    assertThat(problem(json), is(message));
  }

  @Test
  void keepsTheFirstProblemAndItsAttribute() throws IOException {
    ValueReader reader =
        item(
            "{'ok':{'S':'x'},'bad':{'M':{'in':{'L':[{'N':'x'}]}}},'worse':{'SS':[]},"
                + "'good':{'S':'y'}}");

    assertThat(
        reader.problem().map(Throwable::getMessage),
        is(Optional.of("The parameter cannot be converted to a numeric value: x")));
    assertThat(reader.problemAttribute(), is(Optional.of("bad")));
    assertThat(
        assertThrows(DynamoDbException.class, reader::check).type(), is("ValidationException"));
  }

  @Test
  void reportsAnEmptyNameBeforeTooManyLevelsBeforeAnInvalidValue() throws IOException {
    String deep = maps(40, "{'S':'leaf'}");
    String bad = "{'N':'b'}";

    assertThat(first("{'a':" + bad + ",'d':" + deep + "}"), is(TOO_DEEP));
    assertThat(first("{'m':{'M':{'':{'S':'x'}}},'d':" + deep + "}"), is(TOO_DEEP));
    assertThat(first("{'':{'S':'x'},'d':" + deep + "}"), is("Empty attribute name"));
    assertThat(
        first("{'a':" + bad + ",'d':" + deep + ",'':{'S':'x'}}"), is("Empty attribute name"));
    assertThat(
        first("{'a':" + bad + ",'a':" + deep + ",'':{'S':'x'}}"), is("Empty attribute name"));
    assertThat(first("{'m':{'M':{'':{'S':'x'}}}}"), is("Empty attribute name"));
    assertThat(item("{'a':" + bad + ",'d':" + deep + "}").problemAttribute(), is(Optional.of("d")));
  }

  @Test
  void leavesTheNamesOfExpressionValuesAlone() throws IOException {
    try (JsonParser json = parser("{'':{'S':'x'},':b':{'SS':[]}}")) {
      ValueReader reader = new ValueReader(json, Wording.OLDER);

      assertThat(reader.values().get(""), is(new Value.S("x")));
      assertThat(reader.problemAttribute(), is(Optional.of(":b")));
    }
  }

  @Test
  void hasNoProblemWithAValidItem() throws IOException {
    ValueReader reader = item("{'a':{'S':'b'}}");

    assertThat(reader.problem(), is(Optional.empty()));
    assertThat(reader.problemAttribute(), is(Optional.empty()));
    reader.check();
  }

  @Test
  void takes32LevelsAndNoMore() throws IOException {
    assertThat(item("{'a':" + maps(31, "{'S':'leaf'}") + "}").problem(), is(Optional.empty()));
    assertThat(problem(maps(32, "{'S':'leaf'}")), is(TOO_DEEP));
    assertThat(item("{'a':" + lists(31, "{'S':'leaf'}") + "}").problem(), is(Optional.empty()));
    assertThat(problem(lists(32, "{'S':'leaf'}")), is(TOO_DEEP));
    assertThat(item("{'a':" + maps(31, "{'M':{}}") + "}").problem(), is(Optional.empty()));
  }

  @Test
  void readsToTheEndOfWhatIsTooDeep() throws IOException {
    assertThat(problem(maps(400, "{'S':'leaf'}")), is(TOO_DEEP));
    assertThat(problem(lists(40, "{'N':'b'}")), is(TOO_DEEP));
  }

  private static String maps(int levels, String leaf) {
    return "{'M':{'n':".repeat(levels) + leaf + "}}".repeat(levels);
  }

  private static String lists(int levels, String leaf) {
    return "{'L':[".repeat(levels) + leaf + "]}".repeat(levels);
  }

  private static String problem(String json) throws IOException {
    ValueReader reader = item("{'a':" + json + "}");
    assertThat(
        reader.problem().map(DynamoDbException::type), is(Optional.of("ValidationException")));
    assertThat(reader.problemAttribute(), is(Optional.of("a")));
    return reader.problem().orElseThrow().getMessage();
  }

  private static String first(String json) throws IOException {
    return item(json).problem().orElseThrow().getMessage();
  }

  private static ValueReader item(String text) throws IOException {
    try (JsonParser json = parser(text)) {
      ValueReader reader = new ValueReader(json, Wording.CURRENT);
      reader.item();
      return reader;
    }
  }

  private static JsonParser parser(String text) throws IOException {
    JsonParser json = JSON.createParser(text.replace('\'', '"'));
    json.nextToken();
    return json;
  }
}

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
  private static final String STRUCTURE = "Start of structure or map found where not expected";

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
        "{'SS':[null]}",
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
        "{'SS':['a','a']} | Input collection [a, a] contains duplicates.",
        "{'SS':['b','','a','']} | Input collection [b, , a, ] contains duplicates.",
        "{'BS':['Yg==','Yg==']} | Input collection [Yg==, Yg==]of type BS contains duplicates.",
        "{'BS':['','']} | Input collection [, ]of type BS contains duplicates.",
        "{'L':[{'BS':[]}]} | Binary sets should not be empty",
        "{'M':{'a':{'L':[{'NULL':false}]}}}"
            + " | Null attribute value types must have the value of true"
      })
  void reportsInvalidValues(String json, String message) throws IOException {
    assertThat(problem(json), is(INVALID + message));
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
        "{'N':''} | The parameter cannot be converted to a numeric value",
        "{'S':'','N':''} | The parameter cannot be converted to a numeric value",
        "{'S':'a','N':'b'} | The parameter cannot be converted to a numeric value: b",
        "{'NS':['1','']} | The parameter cannot be converted to a numeric value",
        "{'NS':['1','b']} | The parameter cannot be converted to a numeric value: b",
        "{'NS':['b']} | The parameter cannot be converted to a numeric value: b",
        "{'NS':['1','1','b']} | The parameter cannot be converted to a numeric value: b",
        "{'NS':['1','1']} | Input collection contains duplicates",
        "{'NS':['1','1.0']} | Input collection contains duplicates",
        "{'NS':['0','-0']} | Input collection contains duplicates",
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'a' | Unexpected value type in payload",
        "23 | Unexpected value type in payload",
        "true | Unexpected value type in payload",
        "34.56 | Unexpected value type in payload",
        "[] | Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue",
        "{'S':true} | TRUE_VALUE cannot be converted to String",
        "{'S':false} | FALSE_VALUE cannot be converted to String",
        "{'S':23} | NUMBER_VALUE cannot be converted to String",
        "{'S':34.56} | DECIMAL_VALUE cannot be converted to String",
        "{'S':[]} | Unrecognized collection type class java.lang.String",
        "{'S':{}} | Start of structure or map found where not expected",
        "{'N':23} | NUMBER_VALUE cannot be converted to String",
        "{'N':[]} | Unrecognized collection type class java.lang.String",
        "{'B':true} | only base-64-encoded strings are convertible to bytes",
        "{'B':23} | only base-64-encoded strings are convertible to bytes",
        "{'B':34.56} | only base-64-encoded strings are convertible to bytes",
        "{'B':[]} | Unrecognized collection type class java.nio.ByteBuffer",
        "{'B':{}} | Start of structure or map found where not expected",
        "{'BOOL':'23'} | Unexpected token received from parser",
        "{'BOOL':''} | Unexpected token received from parser",
        "{'BOOL':23} | NUMBER_VALUE cannot be converted to Boolean",
        "{'BOOL':34.56} | DECIMAL_VALUE cannot be converted to Boolean",
        "{'BOOL':[]} | Unrecognized collection type class java.lang.Boolean",
        "{'BOOL':{}} | Start of structure or map found where not expected",
        "{'NULL':23} | NUMBER_VALUE cannot be converted to Boolean",
        "{'SS':'a'} | Unexpected field type",
        "{'SS':true} | Unexpected field type",
        "{'SS':{}} | Start of structure or map found where not expected",
        "{'SS':[1]} | NUMBER_VALUE cannot be converted to String",
        "{'SS':[[]]} | Unrecognized collection type class java.lang.String",
        "{'NS':'1'} | Unexpected field type",
        "{'NS':[1]} | NUMBER_VALUE cannot be converted to String",
        "{'BS':23} | Unexpected field type",
        "{'BS':['a']} | Base64 encoded length is expected a multiple of 4 bytes but found: 1",
        "{'BS':[true]} | only base-64-encoded strings are convertible to bytes",
        "{'L':'a'} | Unexpected field type",
        "{'L':{}} | Start of structure or map found where not expected",
        "{'L':['a']} | Unexpected value type in payload",
        "{'L':[[]]} |"
            + " Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue",
        "{'L':[{'BS':[{}]}]} | Start of structure or map found where not expected",
        "{'M':'a'} | Unexpected field type",
        "{'M':23} | Unexpected field type",
        "{'M':[]} | Unrecognized collection type java.util.Map<java.lang.String,"
            + " com.amazonaws.dynamodb.v20120810.AttributeValue>",
        "{'M':{'a':'b'}} | Unexpected value type in payload",
        "{'M':{'a':{'BS':'b'}}} | Unexpected field type"
      })
  void throwsForWrongTypes(String json, String message) {
    assertThat(serialization("{'a':" + json + "}"), is(message));
  }

  @Test
  void throwsForAnItemThatIsNoMap() {
    assertThat(
        serialization("[]"),
        is(
            "Unrecognized collection type java.util.Map<java.lang.String,"
                + " com.amazonaws.dynamodb.v20120810.AttributeValue>"));
    assertThat(serialization("'a'"), is("Unexpected field type"));
    assertThat(serialization("23"), is("Unexpected field type"));
  }

  @Test
  void throwsForWrongTypesBehindInvalidValues() {
    assertThat(serialization("{'a':{'N':'b'},'c':{'S':{}}}"), is(STRUCTURE));
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
    assertThat(serialization("{'a':" + maps(40, "{'S':{}}") + "}"), is(STRUCTURE));
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

  private static String serialization(String json) {
    DynamoDbException e = assertThrows(DynamoDbException.class, () -> item(json));
    assertThat(e.type(), is("SerializationException"));
    return e.getMessage();
  }

  private static ValueReader item(String text) throws IOException {
    try (JsonParser json = parser(text)) {
      ValueReader reader = new ValueReader(json);
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

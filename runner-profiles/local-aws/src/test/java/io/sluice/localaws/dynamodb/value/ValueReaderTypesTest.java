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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueReaderTypesTest {

  private static final JsonFactory JSON = new JsonFactory();

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
    assertThat(
        serialization("{'a':{'N':'b'},'c':{'S':{}}}"),
        is("Start of structure or map found where not expected"));
  }

  @Test
  void throwsForWrongTypesBelowTooManyLevels() {
    assertThat(
        serialization("{'a':" + "{'M':{'n':".repeat(40) + "{'S':{}}" + "}}".repeat(40) + "}"),
        is("Start of structure or map found where not expected"));
  }

  private static String serialization(String json) {
    DynamoDbException e = assertThrows(DynamoDbException.class, () -> read(json));
    assertThat(e.type(), is("SerializationException"));
    return e.getMessage();
  }

  private static void read(String text) throws IOException {
    try (JsonParser json = JSON.createParser(text.replace('\'', '"'))) {
      json.nextToken();
      new ValueReader(json, Wording.CURRENT).item();
    }
  }
}

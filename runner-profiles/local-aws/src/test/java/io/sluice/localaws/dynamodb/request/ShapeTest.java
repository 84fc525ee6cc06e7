/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.request;

import static io.sluice.localaws.dynamodb.request.Shape.atLeast;
import static io.sluice.localaws.dynamodb.request.Shape.list;
import static io.sluice.localaws.dynamodb.request.Shape.oneOf;
import static io.sluice.localaws.dynamodb.request.Shape.optional;
import static io.sluice.localaws.dynamodb.request.Shape.required;
import static io.sluice.localaws.dynamodb.request.Shape.struct;
import static io.sluice.localaws.dynamodb.request.Shape.text;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {

  private static final Shape.Struct SHAPE =
      struct(
          "Thing",
          required("Name", text("[a-z]+", 3, 5)),
          optional("Kind", oneOf("BIG", "SMALL")),
          optional("Units", atLeast(1)),
          optional("Limit", new Shape.Whole("Integer", 1, 100)),
          optional("Open", new Shape.Flag()),
          optional(
              "Parts",
              new Shape.ListOf(
                  struct("Part", required("Name", text()), optional("Size", atLeast(0))), 1, 2)),
          optional("Words", list(text())),
          optional("Inner", struct("Inner", required("Flag", new Shape.Flag()))));

  @Test
  void convertsWhatHasTheForm() throws IOException {
    Fields fields =
        convert(
            "{'Name':'abc','Other':1,'Units':2.9,'Open':'TRUE','Parts':[{'Size':3,'Name':'p'}],"
                + "'Words':['a','b'],'Inner':{'Flag':false},'Kind':null}");

    assertThat(fields.text("Name"), is(Optional.of("abc")));
    assertThat(fields.text("Kind"), is(Optional.empty()));
    assertThat(fields.whole("Units"), is(OptionalLong.of(2)));
    assertThat(fields.whole("Limit"), is(OptionalLong.empty()));
    assertThat(fields.flag("Open"), is(Optional.of(true)));
    assertThat(
        fields.list("Parts"), is(List.of(new Fields("Part", Map.of("Name", "p", "Size", 3L)))));
    assertThat(fields.texts("Words"), is(List.of("a", "b")));
    assertThat(fields.fields("Inner"), is(Optional.of(new Fields("Inner", Map.of("Flag", false)))));
    assertThat(fields.has("Other"), is(false));
    violations(fields).check();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Name':1}|NUMBER_VALUE cannot be converted to String",
        "{'Name':1.5}|DECIMAL_VALUE cannot be converted to String",
        "{'Name':true}|TRUE_VALUE cannot be converted to String",
        "{'Name':['a']}|Unrecognized collection type class java.lang.String",
        "{'Name':{}}|Start of structure or map found where not expected",
        "{'Units':'1'}|STRING_VALUE cannot be converted to Long",
        "{'Units':false}|FALSE_VALUE cannot be converted to Long",
        "{'Limit':'1'}|STRING_VALUE cannot be converted to Integer",
        "{'Open':1}|NUMBER_VALUE cannot be converted to Boolean",
        "{'Open':'maybe'}|Unexpected token received from parser",
        "{'Parts':'a'}|Unexpected field type",
        "{'Parts':{}}|Start of structure or map found where not expected",
        "{'Parts':['a']}|Unexpected value type in payload",
        "{'Parts':[[]]}|Unrecognized collection type class com.amazonaws.dynamodb.v20120810.Part",
        "{'Inner':'a'}|Unexpected field type",
      })
  void reportsAnotherType(String json, String message) {
    DynamoDbException error = assertThrows(DynamoDbException.class, () -> convert(json));

    assertThat(error.type(), is("SerializationException"));
    assertThat(error.getMessage(), is(message));
  }

  @Test
  void reportsAllConstraintsInTheOrderOfTheShape() throws IOException {
    Fields fields =
        convert(
            "{'Limit':101,'Units':0,'Kind':'HUGE','Parts':[{'Name':'p'},{'Size':-1},{'Name':'q',"
                + "'Size':7}],'Inner':{}}");

    DynamoDbException error =
        assertThrows(DynamoDbException.class, () -> violations(fields).check());

    assertThat(error.type(), is("ValidationException"));
    assertThat(
        error.getMessage(),
        is(
            "8 validation errors detected: Value null at 'name' failed to satisfy constraint: "
                + "Member must not be null; Value 'HUGE' at 'kind' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [BIG, SMALL]; Value '0' at 'units' failed "
                + "to satisfy constraint: Member must have value greater than or equal to 1; "
                + "Value '101' at 'limit' failed to satisfy constraint: Member must have value "
                + "less than or equal to 100; Value '[Part(name=p), Part(size=-1), Part(name=q, "
                + "size=7)]' at 'parts' failed to satisfy constraint: Member must have length "
                + "less than or equal to 2; Value null at 'parts.2.member.name' failed to satisfy "
                + "constraint: Member must not be null; Value '-1' at 'parts.2.member.size' "
                + "failed to satisfy constraint: Member must have value greater than or equal to "
                + "0; Value null at 'inner.flag' failed to satisfy constraint: Member must not be "
                + "null"));
  }

  @Test
  void reportsPatternAndLengthOfAString() throws IOException {
    Fields fields = convert("{'Name':'A'}");

    assertThat(
        assertThrows(DynamoDbException.class, () -> violations(fields).check()).getMessage(),
        is(
            "2 validation errors detected: Value 'A' at 'name' failed to satisfy constraint: "
                + "Member must satisfy regular expression pattern: [a-z]+; Value 'A' at 'name' "
                + "failed to satisfy constraint: Member must have length greater than or equal to "
                + "3"));
  }

  @Test
  void reportsOneConstraintInTheSingular() throws IOException {
    Fields fields = convert("{'Name':'abcdef'}");

    assertThat(
        assertThrows(DynamoDbException.class, () -> violations(fields).check()).getMessage(),
        is(
            "1 validation error detected: Value 'abcdef' at 'name' failed to satisfy constraint: "
                + "Member must have length less than or equal to 5"));
  }

  @Test
  void reportsTenConstraintsAtMost() {
    Violations violations = new Violations();
    Collections.nCopies(12, "v").forEach(value -> violations.add(value, "p", "c"));

    assertThat(
        assertThrows(DynamoDbException.class, violations::check).getMessage(),
        is(
            "10 validation errors detected: "
                + String.join(
                    "; ",
                    Collections.nCopies(10, "Value 'v' at 'p' failed to satisfy constraint: c"))));
  }

  private static Violations violations(Fields fields) {
    Violations violations = new Violations();
    SHAPE.check(fields, "", violations);
    return violations;
  }

  private static Fields convert(String json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json.replace('\'', '"'))) {
      return SHAPE.convert(JsonTree.read(parser));
    }
  }
}

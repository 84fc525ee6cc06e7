/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import static io.sluice.format.csv.CsvFiles.FORMAT;
import static io.sluice.format.csv.CsvFiles.ab;
import static io.sluice.format.csv.CsvFiles.message;
import static io.sluice.format.csv.CsvFiles.only;
import static io.sluice.format.csv.CsvFiles.reason;
import static io.sluice.format.csv.CsvFiles.typed;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.format.csv.CsvValues.EmptyAs;
import io.sluice.format.stream.ColumnText;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The values of the fields of a CSV file: their types, and the meaning of an empty one. */
class CsvValuesTest {
  private static CsvFormat number() {
    return typed(Map.of("n", ColumnText.Type.N), EmptyAs.OMIT, null);
  }

  @Test
  void emptyFieldsAreLeftOut() throws IOException {
    assertThat(only(FORMAT, "a,b\n,\"\"\n"), is(Map.of()));
    assertThat(only(FORMAT, "a,b\n ,x\n"), is(ab(" ", "x")));
    assertThat(
        "the name of nothing is text unless it is said",
        only(FORMAT, "a,b\nNULL,x\n"),
        is(ab("NULL", "x")));
  }

  @Test
  void emptyFieldsByType() throws IOException {
    Map<String, ColumnText.Type> columns =
        Map.of(
            "s",
            ColumnText.Type.S,
            "n",
            ColumnText.Type.N,
            "l",
            ColumnText.Type.BOOL,
            "b",
            ColumnText.Type.B);
    String file = "s,n,l,b\n,,,\n";
    assertThat(only(typed(columns, EmptyAs.OMIT, null), file), is(Map.of()));
    AttributeValue nul = fromNul(true);
    assertThat(
        only(typed(columns, EmptyAs.NULL, null), file),
        is(Map.of("s", nul, "n", nul, "l", nul, "b", nul)));
    assertThat(
        only(typed(columns, EmptyAs.EMPTY, null), "s,n,l,b\n,1,f,\n"),
        is(
            Map.of(
                "s", fromS(""),
                "n", fromN("1"),
                "l", fromBool(false),
                "b", fromB(SdkBytes.fromByteArray(new byte[0])))));
    assertThat(
        reason(typed(columns, EmptyAs.EMPTY, null), "s,n,l,b\n,,f,\n"), is(Reason.NOT_OF_TYPE));
    assertThat(
        reason(typed(columns, EmptyAs.EMPTY, null), "s,n,l,b\n,1,,\n"), is(Reason.NOT_OF_TYPE));
  }

  @Test
  void nestedValuesAreJson() throws IOException {
    Map<String, ColumnText.Type> columns =
        Map.of(
            "a", ColumnText.Type.JSON,
            "l", ColumnText.Type.L,
            "m", ColumnText.Type.M,
            "ss", ColumnText.Type.SS,
            "ns", ColumnText.Type.NS,
            "bs", ColumnText.Type.BS);
    CsvFormat format = typed(columns, EmptyAs.OMIT, null);
    String header = "a,l,m,ss,ns,bs\n";
    assertThat(
        only(
            format,
            header
                + "1.50,\"[\"\"x\"\", null]\",\"{\"\"city\"\":\"\"Rom\"\"}\","
                + "\"[\"\"x\"\"]\",\"[1,2e3]\",\"[\"\"AQL/\"\"]\"\n"),
        is(
            Map.of(
                "a", fromN("1.50"),
                "l", AttributeValue.fromL(List.of(fromS("x"), fromNul(true))),
                "m", AttributeValue.fromM(Map.of("city", fromS("Rom"))),
                "ss", AttributeValue.fromSs(List.of("x")),
                "ns", AttributeValue.fromNs(List.of("1", "2000")),
                "bs",
                    AttributeValue.fromBs(
                        List.of(SdkBytes.fromByteArray(new byte[] {1, 2, -1}))))));
    assertThat(only(format, header + ",,,,,\n"), is(Map.of()));
    assertThat(reason(format, header + "x,,,,,\n"), is(Reason.NOT_OF_TYPE));
    assertThat(reason(format, header + ",{},,,,\n"), is(Reason.NOT_OF_TYPE));
    assertThat(reason(format, header + ",,[],,,\n"), is(Reason.NOT_OF_TYPE));
    assertThat(reason(format, header + ",,,[1],,\n"), is(Reason.NOT_OF_TYPE));
    assertThat(reason(format, header + ",,,,[1e400],\n"), is(Reason.NUMBER_RANGE));
    assertThat(
        message(format, header + ",,,,,1 1\n"),
        is(
            "column 'bs' is no BS (an array of Base64 strings in JSON): text after the JSON value,"
                + " near byte 2 of the record"));
  }

  @Test
  void aTextMayStandForAnEmptyField() throws IOException {
    Map<String, ColumnText.Type> columns = Map.of("b", ColumnText.Type.N);
    String file = "a,b\nNULL,\"NULL\"\n";
    assertThat(only(typed(columns, EmptyAs.OMIT, "NULL"), file), is(Map.of()));
    assertThat(
        only(typed(columns, EmptyAs.NULL, "NULL"), file),
        is(Map.of("a", fromNul(true), "b", fromNul(true))));
    assertThat(
        only(typed(Map.of(), EmptyAs.EMPTY, "NULL"), "a,b\nNULL,null\n"), is(ab("", "null")));
    assertThat(
        "an empty field stays one",
        only(typed(columns, EmptyAs.OMIT, "NULL"), "a,b\n,\n"),
        is(Map.of()));
    assertThat(
        "in a column without a name",
        only(typed(Map.of(), EmptyAs.OMIT, "NULL"), "a,\nx,NULL\n"),
        is(Map.of("a", fromS("x"))));
  }

  @ParameterizedTest
  @CsvSource({
    "40.719382000000003, 40.719382000000003",
    ".50, 0.5",
    "+5, 5",
    "-.5, -0.5",
    "5., 5",
    "007, 7",
    "1e5, 100000",
    "1E-7, 0.0000001",
    "' 12 ', 12",
    "-0, 0",
    "0.0, 0",
    "0e99999999999, 0",
    "99999999999999999999999999999999999999, 99999999999999999999999999999999999999",
    "1e125, 1E125",
    "-73.99999999999999999999999999999999999, -73.99999999999999999999999999999999999"
  })
  void numbersKeepTheirValue(String text, String number) throws IOException {
    assertThat(
        only(number(), "a,n\nx," + text + "\n"), is(Map.of("a", fromS("x"), "n", fromN(number))));
  }

  @ParameterizedTest
  @CsvSource({
    "999999999999999999999999999999999999999, NUMBER_RANGE",
    "1e126, NUMBER_RANGE",
    "1e-131, NUMBER_RANGE",
    "1e99999999999, NUMBER_RANGE",
    "1 000, NOT_OF_TYPE",
    "0x10, NOT_OF_TYPE",
    "NaN, NOT_OF_TYPE",
    "' ', NOT_OF_TYPE",
    "1d, NOT_OF_TYPE",
    "\u0661, NOT_OF_TYPE",
    "-, NOT_OF_TYPE"
  })
  void textsThatAreNoNumbers(String text, Reason reason) throws IOException {
    assertThat(reason(number(), "a,n\nx," + text + "\n"), is(reason));
    assertThat(message(number(), "a,n\nx," + text + "\n"), containsString("column 'n'"));
  }

  @Test
  void withoutATypeANumberIsText() throws IOException {
    assertThat(only(FORMAT, "a,b\n1.0,+5\n"), is(ab("1.0", "+5")));
  }

  @Test
  void booleans() throws IOException {
    CsvFormat format = typed(Map.of("l", ColumnText.Type.BOOL), EmptyAs.OMIT, null);
    for (String text : List.of("true", "T", "Yes", "y", "1", " TRUE ")) {
      assertThat(only(format, "l\n" + text + "\n"), is(Map.of("l", fromBool(true))));
    }
    for (String text : List.of("false", "F", "No", "n", "0")) {
      assertThat(only(format, "l\n" + text + "\n"), is(Map.of("l", fromBool(false))));
    }
    for (String text : List.of("2", "on", "wahr", " ")) {
      assertThat(reason(format, "l,a\n" + text + ",x\n"), is(Reason.NOT_OF_TYPE));
    }
  }

  @Test
  void binary() throws IOException {
    CsvFormat format = typed(Map.of("b", ColumnText.Type.B), EmptyAs.OMIT, null);
    assertThat(
        only(format, "b\nAQL/\n"),
        is(Map.of("b", fromB(SdkBytes.fromByteArray(new byte[] {1, 2, -1})))));
    assertThat(reason(format, "b\nA*L/\n"), is(Reason.NOT_OF_TYPE));
    assertThat(message(format, "b\nA*L/\n"), not(containsString("*")));
  }

  @Test
  void keysHaveTheTypesOfTheTable() throws IOException {
    KeySchema schema = new KeySchema(KeyAttribute.parse("id:N"), KeyAttribute.parse("at:B"));
    CsvFormat format = (CsvFormat) FORMAT.withKeySchema(schema);
    assertThat(
        only(format, "id,at,x\n01,AQ==,1\n"),
        is(
            Map.of(
                "id", fromN("1"),
                "at", fromB(SdkBytes.fromByteArray(new byte[] {1})),
                "x", fromS("1"))));
    assertThat("they need not be there", only(format, "x\n1\n"), is(Map.of("x", fromS("1"))));
    CsvFormat said =
        (CsvFormat)
            typed(Map.of("id", ColumnText.Type.S), EmptyAs.OMIT, null).withKeySchema(schema);
    assertThat(
        "what is said of a column counts", only(said, "id\n01\n"), is(Map.of("id", fromS("01"))));
  }
}

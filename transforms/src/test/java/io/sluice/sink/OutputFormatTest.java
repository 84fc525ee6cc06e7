/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.schema.TableSchema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutputFormatTest {

  @Test
  void isFoundByItsName() {
    for (OutputFormat format : OutputFormat.values()) {
      assertThat(OutputFormat.parse(format.name()), is(format));
    }
    assertThat(OutputFormat.parse("parquet"), is(OutputFormat.PARQUET));
  }

  @Test
  void anotherNameIsRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> OutputFormat.parse("ORC"));
    assertThat(
        e.getMessage(),
        is("the format is ORC, must be one of [PARQUET, AVRO, JSON, CSV, DYNAMODB_JSON]"));
  }

  private static TableSchema schema(String fields) {
    String json = "{'type':'record','name':'r','fields':[" + fields + "]}";
    return TableSchema.parse(json.replace('\'', '"'));
  }

  private static String refusal(OutputFormat format, String fields) {
    return assertThrows(IllegalArgumentException.class, () -> format.check(schema(fields)))
        .getMessage();
  }

  @Test
  void aSchemaIsCheckedBeforeAnItemIsWritten() {
    String alone = "{'name':'n','type':'null'}";
    OutputFormat.AVRO.check(schema(alone));
    OutputFormat.JSON.check(schema(alone));
    assertThat(
        refusal(OutputFormat.PARQUET, alone),
        is("field n is of Avro type NULL, which Parquet has no type for"));
    OutputFormat.PARQUET.check(schema("{'name':'n','type':['null','long']}"));
  }

  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "AVRO"})
  void aSchemaThatHoldsItselfIsRefused(OutputFormat format) {
    for (String type :
        List.of(
            "['null','r']",
            "{'type':'map','values':'r'}",
            "{'type':'array','items':['null',"
                + "{'type':'record','name':'s','fields':[{'name':'r','type':'r'}]}]}")) {
      assertThat(
          refusal(format, "{'name':'m','type':" + type + "}"),
          is("the record r contains itself, which neither Parquet nor a catalog has a type for"));
    }
    format.check(
        schema(
            "{'name':'a','type':{'type':'record','name':'s','fields':[{'name':'n','type':'int'}]}},"
                + "{'name':'b','type':'s'}"));
  }
}

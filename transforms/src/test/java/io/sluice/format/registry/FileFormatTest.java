/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.registry;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.ReaderSettings;
import io.sluice.format.json.JsonFormat;
import io.sluice.format.json.RecordPath;
import io.sluice.format.rejects.RejectsFormat;
import io.sluice.schema.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileFormatTest {

  @Test
  void isFoundByItsName() {
    for (FileFormat format : FileFormat.written()) {
      assertThat(FileFormat.parseWritten(format.name()), is(format));
    }
    assertThat(FileFormat.parseWritten("parquet"), is(FileFormat.PARQUET));
  }

  @Test
  void anotherNameIsRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> FileFormat.parseWritten("ORC"));
    assertThat(
        e.getMessage(),
        is("the format is ORC, must be one of [PARQUET, AVRO, DYNAMODB_JSON, ION, JSON, CSV]"));
  }

  @Test
  void oneThatIsOnlyReadIsRefused() {
    for (FileFormat format : List.of(FileFormat.TEXT, FileFormat.REJECTS)) {
      assertThrows(IllegalArgumentException.class, () -> FileFormat.parseWritten(format.name()));
      assertThrows(IllegalArgumentException.class, format::output);
    }
  }

  /** Rejections name the format of their records, with which they are read again. */
  @ParameterizedTest
  @EnumSource
  void aReaderHasTheNameOfItsFormat(FileFormat format) {
    assertThat(format.reader(ReaderSettings.NONE).name(), is(format.name()));
    ReaderSettings within = ReaderSettings.NONE.with(RecordPath.parse("data.rows"));
    assertThat(format.reader(within).name(), is(format.name()));
  }

  @Test
  void recordsOfEveryTextFormatAreReadFromRejections() {
    RejectsFormat rejects =
        (RejectsFormat)
            FileFormat.REJECTS.reader(ReaderSettings.NONE.with(RecordPath.parse("data.rows")));
    assertThat(
        rejects.formats().keySet(),
        is(Set.of("CSV", "TEXT", "JSON", "DYNAMODB_JSON", "ION", "DATA_PIPELINE")));
    assertThat(rejects.formats().get("JSON"), is(JsonFormat.withColumns(Map.of())));
  }

  private static TableSchema schema(String fields) {
    String json = "{'type':'record','name':'r','fields':[" + fields + "]}";
    return TableSchema.parse(json.replace('\'', '"'));
  }

  private static String refusal(FileFormat format, String fields) {
    return assertThrows(IllegalArgumentException.class, () -> format.output().check(schema(fields)))
        .getMessage();
  }

  @Test
  void aSchemaIsCheckedBeforeAnItemIsWritten() {
    String alone = "{'name':'n','type':'null'}";
    FileFormat.AVRO.output().check(schema(alone));
    FileFormat.JSON.output().check(schema(alone));
    assertThat(
        refusal(FileFormat.PARQUET, alone),
        is("field n is of Avro type NULL, which Parquet has no type for"));
    FileFormat.PARQUET.output().check(schema("{'name':'n','type':['null','long']}"));
  }

  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "AVRO"})
  void aSchemaThatHoldsItselfIsRefused(FileFormat format) {
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
    format
        .output()
        .check(
            schema(
                "{'name':'a','type':{'type':'record','name':'s','fields':[{'name':'n','type':'int'}]}},"
                    + "{'name':'b','type':'s'}"));
  }
}

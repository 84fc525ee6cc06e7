/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.stream.FileRecords;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that are added to CSV files. */
class CsvColumnsTest {
  private static final List<String> ADDED = List.of("x", "y");

  private static CsvColumns columns(CsvFormat format, String head, String... there)
      throws IOException {
    return CsvColumns.of(format, head.getBytes(UTF_8), List.of(there), ADDED);
  }

  private static String record(CsvColumns columns, String record, @Nullable String... values)
      throws InvalidItemException {
    return new String(columns.toRecord(record.getBytes(UTF_8), Arrays.asList(values)), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b\n", "a,b\r\n", "a,b", "\uFEFF# c\na,b\n"})
  void namesComeBehindTheOthersOfTheHeader(String head) throws IOException {
    byte[] longer = columns(CsvFormat.PLAIN, head, "a", "b").toHead(head.getBytes(UTF_8));
    assertThat(new String(longer, UTF_8), is(head.replace("a,b", "a,b,x,y")));
  }

  @Test
  void aFileWithoutAHeaderGetsNone() throws IOException {
    CsvFormat named = CsvFormat.PLAIN.withHeader(List.of("a", "b"));
    assertThat(columns(named, "", "a", "b").toHead(new byte[0]).length, is(0));
  }

  @Test
  void valuesAreQuotedWhereTheyMustBe() throws Exception {
    CsvColumns columns = columns(CsvFormat.PLAIN, "a,b\n", "a", "b");
    assertThat(record(columns, "1,2", "plain text", "7"), is("1,2,plain text,7"));
    assertThat(
        record(columns, "1,2", "say \"x\", y", "a\r\nb"),
        is("1,2,\"say \"\"x\"\", y\",\"a\r\nb\""));
    assertThat(record(columns, "\"1\",\"2,2\"", null, ""), is("\"1\",\"2,2\",,"));
    assertThat("an empty last field", record(columns, "1,", "v", "w"), is("1,,v,w"));
  }

  @Test
  void aRecordWithMoreFieldsThanTheHeaderIsRefused() throws Exception {
    CsvColumns columns = columns(CsvFormat.PLAIN, "a,b\n", "a", "b");
    for (String record : List.of("1,2,", "1,2,\"\"", "1,2,,")) {
      InvalidItemException e =
          assertThrows(InvalidItemException.class, () -> record(columns, record, null, "7"));
      assertThat(e.reason(), is(Reason.FIELD_COUNT));
    }
  }

  /** Whatever the dialect, its reader finds the old and the new values. */
  @Test
  void theDialectReadsWhatWasAdded() throws Exception {
    List<String> values =
        List.of("a;b", "\\", "\"", "\\\"", "a||b", "tab\t", "\n", "#", " ", "ü", "x\\");
    for (CsvDialect dialect :
        List.of(
            CsvDialect.of(","),
            CsvDialect.of("\t"),
            CsvDialect.of("||"),
            new CsvDialect(";", '\\', null, 0, null),
            new CsvDialect(",", null, '#', 0, null))) {
      CsvFormat format =
          new CsvFormat(null, dialect, CsvFormat.QuotedNewlines.ALLOWED, CsvValues.STRINGS);
      String head = "a" + dialect.delimiter() + "b\n";
      CsvColumns columns = columns(format, head, "a", "b");
      StringBuilder file = new StringBuilder();
      file.append(new String(columns.toHead(head.getBytes(UTF_8)), UTF_8));
      for (String value : values) {
        file.append(record(columns, "1" + dialect.delimiter() + "2", value, value)).append('\n');
      }
      assertThat(dialect.toString(), read(format, file.toString(), "x"), is(values));
      assertThat(dialect.toString(), read(format, file.toString(), "y"), is(values));
    }
  }

  @Test
  void theDelimiterIsTheOneThatTheFileNames() throws Exception {
    CsvColumns columns = columns(CsvFormat.PLAIN, "sep=;\na;b\n", "a", "b");
    assertThat(record(columns, "1;2", "1,5", "a;b"), is("1;2;1,5;\"a;b\""));
  }

  private static List<String> read(CsvFormat format, String file, String column) throws Exception {
    FileRecords records = format.open(new ByteArrayInputStream(file.getBytes(UTF_8)));
    List<String> values = new ArrayList<>();
    while (records.splitter().next()) {
      values.add(records.parser().parse(records.splitter().record()).get(column).s());
    }
    return values;
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import static io.sluice.format.csv.CsvFiles.FORMAT;
import static io.sluice.format.csv.CsvFiles.ab;
import static io.sluice.format.csv.CsvFiles.format;
import static io.sluice.format.csv.CsvFiles.message;
import static io.sluice.format.csv.CsvFiles.only;
import static io.sluice.format.csv.CsvFiles.read;
import static io.sluice.format.csv.CsvFiles.reason;
import static io.sluice.format.csv.CsvFiles.typed;
import static io.sluice.source.Records.item;
import static io.sluice.source.Records.refused;
import static io.sluice.source.Records.skipped;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.format.csv.CsvFormat.QuotedNewlines;
import io.sluice.format.csv.CsvValues.EmptyAs;
import io.sluice.format.stream.ColumnText;
import io.sluice.format.stream.RecordSplitter;
import io.sluice.item.Reason;
import io.sluice.source.Records;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The oddities of CSV files in real buckets: headers, lines, quotes and fields. */
class CsvFormatTest {
  private static CsvFormat delimitedBy(char delimiter) {
    return new CsvFormat(null, delimiter, QuotedNewlines.ALLOWED, CsvValues.STRINGS);
  }

  @Test
  void theHeaderNamesTheFields() throws IOException {
    assertThat(read("a,b\n1,2\n3,4\n"), contains(item(4, ab("1", "2")), item(8, ab("3", "4"))));
    assertThat("the last line is not ended", read("a,b\n1,2"), contains(item(4, ab("1", "2"))));
  }

  @Test
  void lineEndsMayBeMixed() throws IOException {
    assertThat(
        "the header ends in LF, the rows in CRLF",
        read("a,b\n1,2\r\n3,4\r\n"),
        contains(item(4, ab("1", "2")), item(9, ab("3", "4"))));
    assertThat(read("a,b\r\n1,2\n"), contains(item(5, ab("1", "2"))));
  }

  @Test
  void blankLinesAreSkipped() throws IOException {
    assertThat(
        "behind the header", read("a,b\n\n1,2\n"), contains(skipped(4), item(5, ab("1", "2"))));
    assertThat("before it", read("\n\r\na,b\n1,2\n"), contains(item(7, ab("1", "2"))));
    assertThat(read("a,b\n  \n1,2\n\n"), contains(skipped(4), item(7, ab("1", "2")), skipped(11)));
    assertThat(
        "one column", read("a\n\nx\n"), contains(skipped(2), item(3, Map.of("a", fromS("x")))));
    assertThat(
        "of one column a space is a value", only(FORMAT, "a\n \n"), is(Map.of("a", fromS(" "))));
  }

  @Test
  void spacesAroundHeaderNamesAreNoPartOfThem() throws IOException {
    assertThat(only(FORMAT, " a, b\t\n1, 2\n"), is(ab("1", " 2")));
  }

  @ParameterizedTest
  @EnumSource(QuotedNewlines.class)
  void byteOrderMarks(QuotedNewlines quotedNewlines) throws IOException {
    assertThat(read(format(quotedNewlines), "\ufeffa,b\n1,2\n"), contains(item(7, ab("1", "2"))));
    assertThat(
        read(format(quotedNewlines), "\ufeff\"a\",b\n1,2\n"), contains(item(9, ab("1", "2"))));
  }

  @ParameterizedTest
  @ValueSource(chars = {';', '\t', '|', ' ', ':'})
  void delimiters(char d) throws IOException {
    String file = "a;b\n1;2\n\"x;\ny\";\"z\"\"\"\n".replace(';', d);
    assertThat(
        read(delimitedBy(d), file),
        contains(item(4, ab("1", "2")), item(8, ab("x" + d + "\ny", "z\""))));
  }

  @Test
  void delimitersThatCannotBe() {
    for (char delimiter : new char[] {'"', '\n', '\r', '\u00a7'}) {
      assertThrows(IllegalArgumentException.class, () -> delimitedBy(delimiter));
    }
  }

  @Test
  void quotes() throws IOException {
    assertThat(only(FORMAT, "a,b\n\"x,\r\ny\",\"\"\"\"\n"), is(ab("x,\r\ny", "\"")));
    assertThat(
        "within a field", only(FORMAT, "a,b\n5\" pipe,x\"\"\n"), is(ab("5\" pipe", "x\"\"")));
    assertThat("behind a space", only(FORMAT, "a,b\n \"x\",y\n"), is(ab(" \"x\"", "y")));
    assertThat(
        "in the header",
        only(FORMAT, "\"a,\n\",b\n1,2\n"),
        is(Map.of("a,", fromS("1"), "b", fromS("2"))));
  }

  @Test
  void brokenQuotesCostOneRecordOnly() throws IOException {
    assertThat(
        read("a,b\n\"x\"y,z\n1,2\n"),
        contains(refused(4, Reason.MALFORMED), item(11, ab("1", "2"))));
    assertThat(
        "text with a quote behind a closing quote",
        read("a,b\n\"x\"y\",z\n1,2\n"),
        contains(refused(4, Reason.MALFORMED), item(12, ab("1", "2"))));
    assertThat(
        read("a,b\n1,2\n3,\"4\n"), contains(item(4, ab("1", "2")), refused(8, Reason.MALFORMED)));
    assertThat(
        message(format(QuotedNewlines.NEVER), "a,b\n1,\"secret\n"), not(containsString("secret")));
  }

  @Test
  void aLoneCarriageReturnIsNoLineEnd() throws IOException {
    assertThat(
        read("a,b\n1,2\r3,4\n5,6\n"),
        contains(refused(4, Reason.MALFORMED), item(12, ab("5", "6"))));
    assertThat("in quotes", only(FORMAT, "a,b\n\"1\r\",2\n"), is(ab("1\r", "2")));
    assertThat("twice at the end", only(FORMAT, "a,b\n1,2\r\r\n"), is(ab("1", "2")));
  }

  @Test
  void withoutQuotedNewlinesALineIsARecord() throws IOException {
    CsvFormat never = format(QuotedNewlines.NEVER);
    assertThat(
        read(never, "a,b\n1,\"2\n3,4\n"),
        contains(refused(4, Reason.MALFORMED), item(9, ab("3", "4"))));
    assertThat("quotes mean the same", only(never, "a,b\n\"1,\"\"\",2\n"), is(ab("1,\"", "2")));
    assertThat(never.splittable(new byte[0]), is(true));
    assertThat(FORMAT.splittable(new byte[0]), is(false));
  }

  @Test
  void surplusFields() throws IOException {
    assertThat("empty ones", only(FORMAT, "a,b\n1,2,,\n"), is(ab("1", "2")));
    assertThat("with something", reason(FORMAT, "a,b\n1,2,,x\n"), is(Reason.FIELD_COUNT));
    assertThat(reason(FORMAT, "a,b\n1,2,\" \"\n"), is(Reason.FIELD_COUNT));
  }

  @Test
  void missingFields() throws IOException {
    assertThat(
        "the last line is cut short",
        read("a,b\n1,2\n3"),
        contains(item(4, ab("1", "2")), refused(8, Reason.FIELD_COUNT)));
    assertThat(message(FORMAT, "a,b,c\n1,2\n"), is("the record has 2 fields, the header 3"));
  }

  @Test
  void columnsWithoutAName() throws IOException {
    assertThat("nothing in it", only(FORMAT, "a,,b,\n1,,2,\n"), is(ab("1", "2")));
    assertThat(
        "something in it",
        read("a,,b\n1,x,2\n3,,4\n"),
        contains(refused(5, Reason.HEADER), item(11, ab("3", "4"))));
    assertThat(message(FORMAT, "a,,b\n1,x,2\n"), containsString("column 2"));
  }

  @Test
  void aNameThatComesTwiceIsRefusedWithAllRecords() throws IOException {
    assertThat(
        read("a,b, a\n1,2,3\n\n4,5,6\n"),
        contains(refused(7, Reason.HEADER), skipped(13), refused(14, Reason.HEADER)));
    assertThat(
        message(FORMAT, "a,b, a\n1,2,3\n"), containsString("columns 1 and 3 have the same name"));
  }

  @Test
  void aColumnThatIsAskedForMustBeThere() throws IOException {
    CsvFormat format =
        typed(Map.of("n", ColumnText.Type.N, "a", ColumnText.Type.S), EmptyAs.OMIT, null);
    assertThat(read(format, "a,b\n1,2\n"), contains(refused(4, Reason.HEADER)));
    assertThat(message(format, "a,b\n1,2\n"), containsString("no column 'n'"));
  }

  @Test
  void aHeaderThatCannotBeReadIsRefusedItself() throws IOException {
    assertThat(
        "its quote takes the whole file",
        read("a,\"b\n1,2\n3,4\n"),
        contains(refused(0, Reason.MALFORMED)));
    assertThat(
        "lines end in CR only", read("a,b\r1,2\r3,4\r"), contains(refused(0, Reason.HEADER)));
    assertThat(
        read(format(QuotedNewlines.NEVER), "a,\"b\n1,2\n"),
        contains(refused(0, Reason.HEADER), refused(5, Reason.HEADER)));
    byte[] latin1 = "a,b\n1,2\n".getBytes(UTF_8);
    latin1[0] = (byte) 0xE9;
    assertThat(
        Records.of(FORMAT, latin1), contains(refused(0, Reason.HEADER), refused(4, Reason.HEADER)));
    assertThat(
        "longer than any record",
        Records.of(
            FORMAT, ("a" + " ".repeat(RecordSplitter.MAX_RECORD_BYTES) + "\nx\n").getBytes(UTF_8)),
        contains(
            refused(0, Reason.RECORD_TOO_LONG),
            refused(RecordSplitter.MAX_RECORD_BYTES + 2, Reason.HEADER)));
  }

  @Test
  void noRecords() throws IOException {
    for (String file : List.of("", "\n", "\ufeff", "a,b", "a,b\n", "\r\n\n")) {
      assertThat(file, read(file), empty());
      assertThat(file, read(typed(Map.of(), EmptyAs.OMIT, "NULL"), file), empty());
    }
  }

  @Test
  void aGivenHeaderStandsForTheFirstLine() throws IOException {
    CsvFormat format =
        new CsvFormat(List.of("a", "b"), ',', QuotedNewlines.ALLOWED, CsvValues.STRINGS);
    assertThat(
        read(format, "1,2\n\na,b\n"),
        contains(item(0, ab("1", "2")), skipped(4), item(5, ab("a", "b"))));
    CsvFormat twice =
        new CsvFormat(List.of("a", "a"), ',', QuotedNewlines.ALLOWED, CsvValues.STRINGS);
    assertThat(read(twice, "1,2\n"), contains(refused(0, Reason.HEADER)));
  }

  @Test
  void notUtf8() throws IOException {
    byte[] file = "a,b\nx,y\n1,2\n".getBytes(UTF_8);
    file[4] = (byte) 0xE9;
    assertThat(
        Records.of(FORMAT, file), contains(refused(4, Reason.NOT_UTF8), item(8, ab("1", "2"))));
    assertThat(only(FORMAT, "a,b\n\u00e9,\ud83d\ude00\n"), is(ab("\u00e9", "\ud83d\ude00")));
  }

  @Test
  void theFieldsOfARecordMayBeMany() throws IOException {
    String names =
        String.join(",", java.util.stream.IntStream.range(0, 5000).mapToObj(i -> "c" + i).toList());
    assertThat(only(FORMAT, names + "\n" + "x,".repeat(4999) + "x\n").size(), is(5000));
  }

  @Test
  void fromTheMiddle() throws IOException {
    CsvFormat never = format(QuotedNewlines.NEVER);
    byte[] file = "\ufeff\n\na,b\n1,2\r\n3,4\n".getBytes(UTF_8);
    for (int start = 4; start <= 9; start++) {
      assertThat(
          Records.between(never, file, start, file.length),
          contains(item(9, ab("1", "2")), item(14, ab("3", "4"))));
    }
    for (int start = 10; start <= 14; start++) {
      assertThat(
          Records.between(never, file, start, file.length), contains(item(14, ab("3", "4"))));
    }
    assertThat(Records.between(never, file, 0, 9), empty());
    assertThat(Records.between(never, file, 0, 10), contains(item(9, ab("1", "2"))));
  }
}

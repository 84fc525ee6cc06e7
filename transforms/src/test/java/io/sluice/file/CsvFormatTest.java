/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import static io.sluice.file.Records.item;
import static io.sluice.file.Records.refused;
import static io.sluice.file.Records.skipped;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.file.CsvFormat.ColumnType;
import io.sluice.file.CsvFormat.EmptyAs;
import io.sluice.file.CsvFormat.QuotedNewlines;
import io.sluice.file.CsvFormat.Values;
import io.sluice.item.InvalidItemException;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import io.sluice.testing.ShortReads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The oddities of CSV files as they lie in buckets. */
class CsvFormatTest {
  private static final CsvFormat FORMAT = format(QuotedNewlines.ALLOWED);

  private static CsvFormat format(QuotedNewlines quotedNewlines) {
    return new CsvFormat(null, ',', quotedNewlines, Values.STRINGS);
  }

  private static CsvFormat delimitedBy(char delimiter) {
    return new CsvFormat(null, delimiter, QuotedNewlines.ALLOWED, Values.STRINGS);
  }

  private static CsvFormat typed(
      Map<String, ColumnType> columns, EmptyAs emptyAs, @Nullable String nullValue) {
    return new CsvFormat(
        null, ',', QuotedNewlines.ALLOWED, new Values(columns, Map.of(), emptyAs, nullValue));
  }

  private static CsvFormat number() {
    return typed(Map.of("n", ColumnType.N), EmptyAs.OMIT, null);
  }

  /** The records, which are the same however few bytes a read gives. */
  private static List<Records.Result> read(CsvFormat format, String file) throws IOException {
    List<Records.Result> results = Records.of(format, file);
    for (int most : new int[] {1, 2, 3, 7}) {
      assertThat(Records.of(format, new ShortReads(file.getBytes(UTF_8), most)), equalTo(results));
    }
    return results;
  }

  private static List<Records.Result> read(String file) throws IOException {
    return read(FORMAT, file);
  }

  private static Map<String, AttributeValue> ab(String a, String b) {
    return Map.of("a", fromS(a), "b", fromS(b));
  }

  private static Map<String, AttributeValue> only(CsvFormat format, String file)
      throws IOException {
    List<Records.Result> results = read(format, file);
    assertThat(results.size(), is(1));
    assertThat(results.get(0).reason(), is((Reason) null));
    return results.get(0).item();
  }

  private static Reason reason(CsvFormat format, String file) throws IOException {
    List<Records.Result> results = read(format, file);
    assertThat(results.size(), is(1));
    return results.get(0).reason();
  }

  private static String message(CsvFormat format, String file) throws IOException {
    FileRecords records = format.open(new ByteArrayInputStream(file.getBytes(UTF_8)));
    assertThat(records.splitter().next(), is(true));
    return assertThrows(
            InvalidItemException.class, () -> records.parser().parse(records.splitter().record()))
        .getMessage();
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
    CsvFormat format = typed(Map.of("n", ColumnType.N, "a", ColumnType.S), EmptyAs.OMIT, null);
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
        new CsvFormat(List.of("a", "b"), ',', QuotedNewlines.ALLOWED, Values.STRINGS);
    assertThat(
        read(format, "1,2\n\na,b\n"),
        contains(item(0, ab("1", "2")), skipped(4), item(5, ab("a", "b"))));
    CsvFormat twice = new CsvFormat(List.of("a", "a"), ',', QuotedNewlines.ALLOWED, Values.STRINGS);
    assertThat(read(twice, "1,2\n"), contains(refused(0, Reason.HEADER)));
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
    Map<String, ColumnType> columns =
        Map.of("s", ColumnType.S, "n", ColumnType.N, "l", ColumnType.BOOL, "b", ColumnType.B);
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
  void aTextMayStandForAnEmptyField() throws IOException {
    Map<String, ColumnType> columns = Map.of("b", ColumnType.N);
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
    CsvFormat format = typed(Map.of("l", ColumnType.BOOL), EmptyAs.OMIT, null);
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
    CsvFormat format = typed(Map.of("b", ColumnType.B), EmptyAs.OMIT, null);
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
        (CsvFormat) typed(Map.of("id", ColumnType.S), EmptyAs.OMIT, null).withKeySchema(schema);
    assertThat(
        "what is said of a column counts", only(said, "id\n01\n"), is(Map.of("id", fromS("01"))));
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

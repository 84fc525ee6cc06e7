/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import static io.sluice.format.csv.CsvFiles.ab;
import static io.sluice.format.csv.CsvFiles.read;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.format.csv.CsvFormat.QuotedNewlines;
import io.sluice.format.csv.CsvValues.EmptyAs;
import io.sluice.format.stream.ColumnText;
import io.sluice.item.Reason;
import io.sluice.source.Records;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** CSV that differs from RFC 4180. */
class CsvDialectTest {
  private static final CsvDialect PLAIN = CsvDialect.of(",");

  private static CsvFormat format(CsvDialect dialect, QuotedNewlines newlines) {
    return new CsvFormat(null, dialect, newlines, CsvValues.STRINGS);
  }

  private static CsvFormat format(CsvDialect dialect) {
    return format(dialect, QuotedNewlines.ALLOWED);
  }

  private static CsvDialect escaped(String delimiter) {
    return new CsvDialect(delimiter, '\\', null, 0, null);
  }

  private static List<Map<String, AttributeValue>> items(CsvFormat format, String file)
      throws IOException {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (Records.Result result : read(format, file)) {
      assertThat(result.toString(), result.reason(), is((Reason) null));
      if (result.item() != null) {
        items.add(result.item());
      }
    }
    return items;
  }

  @Test
  void escapesInsideAndOutsideQuotes() throws IOException {
    CsvFormat csv = format(escaped(","));
    assertThat(
        items(
            csv,
            "a,b\n"
                + "\"x\\\"y\",\"1,2\\\\\"\n"
                + "x\\,y,p\\\nq\n"
                + "\"two\nlines\",\"a\"\"b\"\n"
                + "t\\tn\\n,\\a\\Z\n"),
        contains(
            ab("x\"y", "1,2\\"),
            ab("x,y", "p\nq"),
            ab("two\nlines", "a\"b"),
            ab("t\tn\n", "a\u001a")));
    assertThat("no value", items(csv, "a,b\nx,\\N\n"), contains(Map.of("a", fromS("x"))));
    assertThat("quoted", items(csv, "a,b\nx,\"\\N\"\n"), contains(ab("x", "N")));
    assertThat("a part", items(csv, "a,b\nx,\\Nil\n"), contains(ab("x", "Nil")));
    assertThat(items(format(escaped("||")), "a||b\nx\\|\\|y||z|\n"), contains(ab("x||y", "z|")));
  }

  @Test
  void whatAnEscapeCannotMend() throws IOException {
    for (String record : List.of("\"x,y\n", "\"x\"y,z\n", "x,y\\", "\"x\\\",y\n")) {
      List<Records.Result> results = read(format(escaped(",")), "a,b\n" + record);
      assertThat(record, results, contains(Records.refused(4, Reason.MALFORMED)));
    }
  }

  @Test
  void withoutAnEscapeABackslashIsACharacter() throws IOException {
    assertThat(items(format(PLAIN), "a,b\nx\\,\\N\n"), contains(ab("x\\", "\\N")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"||", "::", "~|~", "\t\t", "<=====>x"})
  void delimitersOfSeveralCharacters(String d) throws IOException {
    assertThat(
        items(format(CsvDialect.of(d)), "a%sb\n\"x%s\ny\"%s\"q\"\"\"\nx%s\n%sz\n".replace("%s", d)),
        contains(ab("x" + d + "\ny", "q\""), Map.of("a", fromS("x")), Map.of("b", fromS("z"))));
  }

  /** A quote after a part of a delimiter is a character like any other. */
  @Test
  void aPartOfADelimiterIsNone() throws IOException {
    assertThat(
        items(format(CsvDialect.of("||")), "a||b\nx|||\"y\n1||2\n"),
        contains(ab("x", "|\"y"), ab("1", "2")));
  }

  @ParameterizedTest
  @EnumSource(QuotedNewlines.class)
  void commentsAndLinesBeforeTheHeader(QuotedNewlines newlines) throws IOException {
    CsvDialect dialect = new CsvDialect(",", null, '#', 2, null);
    String file = "Report of \"May\nmade,by,us\n# c\n\na,b\n1,2\n# \"it's\n#\n3,#4\n";
    assertThat(
        read(format(dialect, newlines), file),
        contains(
            Records.item(35, ab("1", "2")),
            Records.skipped(39),
            Records.skipped(47),
            Records.item(49, ab("3", "#4"))));
    assertThat(read(format(dialect, newlines), "only"), is(List.of()));
  }

  @ParameterizedTest
  @EnumSource(QuotedNewlines.class)
  void aFirstLineThatSaysTheDelimiter(QuotedNewlines newlines) throws IOException {
    CsvFormat csv = format(PLAIN, newlines);
    for (String first : List.of("sep=;\n", "\ufeffsep=;\r\n")) {
      List<Records.Result> results = read(csv, first + "a;b\n1,5;2\n");
      assertThat(results.size(), is(1));
      assertThat(results.get(0).item(), equalTo(ab("1,5", "2")));
    }
    assertThat(items(csv, "sep=x\n1\n"), contains(Map.of("sep=x", fromS("1"))));
    assertThat(items(csv, "sep=;b\n1\n"), contains(Map.of("sep=;b", fromS("1"))));
    assertThat(items(csv, "sep,b\n1,2\n"), contains(Map.of("sep", fromS("1"), "b", fromS("2"))));
    assertThat(read(csv, "sep=;"), is(List.of()));
  }

  @Test
  void slicesOfADialectHaveTheRecordsOfTheWhole() throws IOException {
    CsvFormat csv = format(new CsvDialect("||", null, '#', 1, null), QuotedNewlines.NEVER);
    byte[] file = "skip\n#c\na||b\n1||2\n#x\n3||\"4\"\n".getBytes(UTF_8);
    List<Records.Result> whole = Records.of(csv, file);
    assertThat(whole.size(), is(3));
    for (int cut = 4; cut < file.length; cut++) {
      List<Records.Result> together = new ArrayList<>(Records.between(csv, file, 0, cut));
      together.addAll(Records.between(csv, file, cut, file.length));
      assertThat("cut at " + cut, together, equalTo(whole));
    }
  }

  private static List<Map<String, AttributeValue>> encoded(String encoding, byte[] file)
      throws IOException {
    CsvDialect dialect = new CsvDialect(",", null, null, 0, encoding);
    return Records.of(format(dialect), file).stream().map(Records.Result::item).toList();
  }

  @Test
  void characterSets() throws IOException {
    String text = "a,b\n\u00e9,\u20ac\n";
    assertThat(
        encoded("windows-1252", text.getBytes(Charset.forName("windows-1252"))),
        contains(ab("\u00e9", "\u20ac")));
    assertThat(
        encoded("ISO-8859-1", "a,b\n\u00e9,x\n".getBytes(ISO_8859_1)), contains(ab("\u00e9", "x")));
    assertThat(encoded("UTF-16LE", text.getBytes(UTF_16LE)), contains(ab("\u00e9", "\u20ac")));
    // Longer than any buffer, with characters of two and of four bytes.
    String many = "a,b\n" + "\u20ac,\ud83d\ude00\n".repeat(20_000);
    for (Charset charset : List.of(UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE"))) {
      byte[] marked = ("\ufeff" + many).getBytes(charset);
      List<Map<String, AttributeValue>> items = encoded(null, marked);
      assertThat(items.size(), is(20_000));
      assertThat(items.get(19_999), is(ab("\u20ac", "\ud83d\ude00")));
    }
  }

  /** The offset is the one in the text as UTF-8. */
  @Test
  void bytesThatAreNoCharactersRejectTheirRecord() throws IOException {
    byte[] file = "a,b\n\u00e9,1\n\u0081,2\nx,3\n".getBytes(ISO_8859_1);
    CsvFormat csv = format(new CsvDialect(",", null, null, 0, "windows-1252"));
    assertThat(
        Records.of(csv, file),
        contains(
            Records.item(4, ab("\u00e9", "1")),
            Records.refused(9, Reason.NOT_UTF8),
            Records.item(13, ab("x", "3"))));
    byte[] odd = "\ufeffa,b\n1,2\n".getBytes(UTF_16LE);
    List<Records.Result> cut =
        Records.of(format(PLAIN), java.util.Arrays.copyOf(odd, odd.length - 1));
    assertThat(cut.get(0).reason(), is(Reason.NOT_UTF8));
  }

  @Test
  void otherCharacterSetsAreReadFromTheBeginning() {
    CsvFormat lines = format(PLAIN, QuotedNewlines.NEVER);
    assertThat(lines.splittable("a,b\n".getBytes(UTF_8)), is(true));
    assertThat(lines.splittable("\ufeffa,b\n".getBytes(UTF_16LE)), is(false));
    CsvFormat latin =
        format(new CsvDialect(",", null, null, 0, "windows-1252"), QuotedNewlines.NEVER);
    assertThat(latin.splittable("a,b\n".getBytes(UTF_8)), is(false));
  }

  @Test
  void numbersWithAComma() throws IOException {
    CsvFormat csv =
        new CsvFormat(
            null,
            ';',
            QuotedNewlines.ALLOWED,
            new CsvValues(Map.of("n", ColumnText.Type.N), Map.of(), EmptyAs.OMIT, null, true));
    assertThat(
        items(csv, "n;s\n-1234,50;1,5\n"),
        contains(Map.of("n", fromN("-1234.5"), "s", fromS("1,5"))));
    for (String n : List.of("1.234,5", "1.234", "1,2,3")) {
      assertThat(n, read(csv, "n;s\n" + n + ";x\n").get(0).reason(), is(Reason.NOT_OF_TYPE));
    }
  }

  /** FastCSV itself accepts 16,384 columns, and reports more by an exception. */
  @Test
  void manyColumns() throws IOException {
    String names =
        IntStream.range(0, 20_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    Map<String, AttributeValue> item =
        Records.of(format(PLAIN), names + "\n" + "1,".repeat(19_999) + "1\n").get(0).item();
    assertThat(item.size(), is(20_000));
    assertThat(new HashMap<>(item).get("c19999"), is(fromS("1")));
  }

  @Test
  void settingsThatCannotBe() {
    for (String delimiter : List.of("", "a\"", "\n", "123456789", "\u00a7")) {
      assertThrows(IllegalArgumentException.class, () -> CsvDialect.of(delimiter));
    }
    for (char c : new char[] {'"', '\n', ',', '\u00a7'}) {
      assertThrows(IllegalArgumentException.class, () -> new CsvDialect(",", c, null, 0, null));
      assertThrows(IllegalArgumentException.class, () -> new CsvDialect(",", null, c, 0, null));
    }
    assertThrows(IllegalArgumentException.class, () -> new CsvDialect(",", null, null, -1, null));
    for (String encoding : List.of("klingon", "", "a b")) {
      assertThrows(
          IllegalArgumentException.class, () -> new CsvDialect(",", null, null, 0, encoding));
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.stream.LineSplitter;
import io.sluice.format.stream.RecordSplitter;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import io.sluice.testing.ShortReads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplittersTest {
  private static final int MAX = RecordSplitter.MAX_RECORD_BYTES;

  /** Opens a splitter on bytes. */
  private interface Opening {
    LineSplitter open(InputStream in) throws IOException;
  }

  private static LineSplitter csv(InputStream in) throws IOException {
    return CsvSplitter.quoted(in, CsvDialect.of(","));
  }

  /** Returns the records as {@code offset:text}, followed by {@code !} if they are not whole. */
  private static List<String> records(LineSplitter splitter) throws IOException {
    List<String> records = new ArrayList<>();
    while (splitter.next()) {
      String text = splitter.offset() + ":" + new String(splitter.record(), ISO_8859_1);
      try {
        splitter.checkWhole();
        records.add(text);
      } catch (InvalidItemException e) {
        records.add(text + "!" + e.reason());
      }
    }
    assertThat("there is nothing behind the end", splitter.next(), is(false));
    return records;
  }

  /** Returns the records of a text, which are the same however few bytes a read returns. */
  private static List<String> records(Opening opening, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    List<String> records = records(opening.open(new ByteArrayInputStream(bytes)));
    for (int most : new int[] {1, 2, 3, 7}) {
      assertThat(records(opening.open(new ShortReads(bytes, most))), equalTo(records));
    }
    return records;
  }

  private static List<String> lines(String text) throws IOException {
    return records(LineSplitter::lines, text);
  }

  private static List<String> csv(String text) throws IOException {
    return records(LineSplittersTest::csv, text);
  }

  @Test
  void lineEnds() throws IOException {
    assertThat(lines("a\nbc\n"), contains("0:a", "2:bc"));
    assertThat(lines("a\r\nbc\r\n"), contains("0:a", "3:bc"));
    assertThat(lines("a\nbc\r\nd\n"), contains("0:a", "2:bc", "6:d"));
    assertThat("a CR within a line", lines("a\rb\n"), contains("0:a\rb"));
    assertThat("only one CR belongs to the end", lines("a\r\r\n"), contains("0:a\r"));
  }

  @Test
  void theLastLineMayLackItsEnd() throws IOException {
    assertThat(lines("a\nb"), contains("0:a", "2:b"));
    assertThat(lines("a\nb\r"), contains("0:a", "2:b"));
    assertThat(lines("\r"), contains("0:"));
  }

  @Test
  void emptyLinesAreRecords() throws IOException {
    assertThat(lines("\n\r\na\n\n"), contains("0:", "1:", "3:a", "5:"));
  }

  @Test
  void anEmptyFileHasNoRecord() throws IOException {
    assertThat(lines(""), empty());
    assertThat(csv(""), empty());
    assertThat("only a byte order mark", lines("\ufeff"), empty());
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
    assertThat(lines("\ufeffa\nb"), contains("3:a", "5:b"));
    assertThat(csv("\ufeff\"a\nb\",c\nd"), contains("3:\"a\nb\",c", "11:d"));
  }

  @Test
  void halfAByteOrderMarkIsText() throws IOException {
    byte[] half = {(byte) 0xEF, (byte) 0xBB, 'a', '\n'};
    for (int most : new int[] {1, 2, 3, 7}) {
      assertThat(
          records(LineSplitter.lines(new ShortReads(half, most))), contains("0:\u00ef\u00bba"));
    }
    assertThat(
        records(LineSplitter.lines(new ByteArrayInputStream(new byte[] {(byte) 0xEF}))),
        contains("0:\u00ef"));
  }

  @Test
  void quotedNewlinesEndNoRecord() throws IOException {
    assertThat(csv("\"a\nb\",c\nd,e\n"), contains("0:\"a\nb\",c", "8:d,e"));
    assertThat(csv("x,\"a\r\nb\"\r\ny\r\n"), contains("0:x,\"a\r\nb\"", "10:y"));
    assertThat(csv("\"\n\"\n\"\n\""), contains("0:\"\n\"", "4:\"\n\""));
  }

  @Test
  void doubledQuotesStayQuoted() throws IOException {
    assertThat(csv("\"a\"\"\nb\"\nc"), contains("0:\"a\"\"\nb\"", "8:c"));
    assertThat(csv("\"\"\"\n\"\nc"), contains("0:\"\"\"\n\"", "6:c"));
    assertThat("an empty quoted field", csv("\"\"\nc"), contains("0:\"\"", "3:c"));
  }

  @Test
  void aQuoteWithinAnUnquotedFieldMeansNothing() throws IOException {
    assertThat(csv("5\" pipe,a\nb\n"), contains("0:5\" pipe,a", "10:b"));
    assertThat(csv(" \"a\nb\n"), contains("0: \"a", "4:b"));
    assertThat("behind a closing quote", csv("\"a\"b\"\nc\n"), contains("0:\"a\"b\"", "6:c"));
  }

  @Test
  void anUnclosedQuoteIsNotWhole() throws IOException {
    assertThat(csv("a\n\"b\nc\n"), contains("0:a", "2:\"b\nc\n!MALFORMED"));
    assertThat("the next file's state is its own", csv("\"a\"\nb\n"), contains("0:\"a\"", "4:b"));
  }

  @Test
  void linesKnowNoQuotes() throws IOException {
    assertThat(lines("\"a\nb\"\n"), contains("0:\"a", "3:b\""));
  }

  @Test
  void theDelimiterBeginsAField() throws IOException {
    assertThat(
        records(in -> CsvSplitter.quoted(in, CsvDialect.of(";")), "a;\"b\nc\"\nd,\"e\nf\"\n"),
        contains("0:a;\"b\nc\"", "8:d,\"e", "13:f\""));
  }

  @Test
  void fromTheMiddleOfAFile() throws IOException {
    String file = "ab\ncd\r\n\nef";
    assertThat(from(1, file), contains("3:cd", "7:", "8:ef"));
    assertThat("the line end before is part of it", from(3, file), contains("3:cd", "7:", "8:ef"));
    assertThat(from(4, file), contains("7:", "8:ef"));
    assertThat(from(7, file), contains("7:", "8:ef"));
    assertThat(from(9, file), empty());
    assertThat(from(10, file), empty());
  }

  private static List<String> from(int offset, String file) throws IOException {
    return records(in -> LineSplitter.linesFrom(in, offset), file.substring(offset - 1));
  }

  @Property(tries = 500)
  void theSameWhateverAReadGives(
      @ForAll @Chars({'a', '"', ',', '\n', '\r', '\u00e9'}) @StringLength(max = 40) String text,
      @ForAll @IntRange(min = 1, max = 8) int most)
      throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    assertThat(
        records(LineSplitter.lines(new ShortReads(bytes, most))),
        equalTo(records(LineSplitter.lines(new ByteArrayInputStream(bytes)))));
    assertThat(
        records(csv(new ShortReads(bytes, most))),
        equalTo(records(csv(new ByteArrayInputStream(bytes)))));
  }

  @ParameterizedTest
  @ValueSource(ints = {65_535, 65_536, 65_537, 1 << 17, MAX - 1, MAX})
  void longLines(int length) throws Exception {
    for (String end : new String[] {"", "\n", "\r\n"}) {
      LineSplitter splitter =
          LineSplitter.lines(new ByteArrayInputStream(line('x', length, end, "tail\n")));
      assertThat(splitter.next(), is(true));
      splitter.checkWhole();
      assertThat(splitter.record(), equalTo(filled('x', length)));
      if (!end.isEmpty()) {
        assertThat(records(splitter), contains((length + end.length()) + ":tail"));
      }
    }
  }

  /** A read may end before, within or after the line end, and lines are dropped between reads. */
  @ParameterizedTest
  @ValueSource(ints = {1_000_003, MAX - 1, MAX, MAX + 1, MAX + 2})
  void theLongestLineIsWholeWhateverAReadGives(int cut) throws Exception {
    for (byte letter : new byte[] {'x', '\r'}) {
      byte[] bytes = line(letter, MAX, "\r\n", "tail\n");
      LineSplitter splitter = LineSplitter.lines(inTwo(bytes, cut));
      assertThat(splitter.next(), is(true));
      splitter.checkWhole();
      assertThat(Arrays.equals(splitter.record(), filled(letter, MAX)), is(true));
      assertThat(records(splitter), contains((MAX + 2) + ":tail"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void aLongerLineIsCutAndReported(int more) throws Exception {
    for (int length : new int[] {MAX + 1, MAX + 2, 3 * MAX}) {
      byte[] bytes = line('x', length, "\r\n", "tail\n");
      LineSplitter splitter = LineSplitter.lines(inTwo(bytes, length - 1 + more));
      assertThat(splitter.next(), is(true));
      InvalidItemException e = assertThrows(InvalidItemException.class, splitter::checkWhole);
      assertThat(e.reason(), is(Reason.RECORD_TOO_LONG));
      assertThat(e.getMessage(), containsString(" " + length + " bytes"));
      assertThat(splitter.record(), equalTo(filled('x', RecordSplitter.KEPT_OF_TOO_LONG)));
      assertThat(records(splitter), contains((length + 2) + ":tail"));
    }
  }

  @Test
  void aLongQuotedRecordIsCutToo() throws Exception {
    byte[] bytes = line('\n', MAX + 100, "\"\n", "tail\n");
    bytes[0] = '"';
    LineSplitter splitter = csv(new ByteArrayInputStream(bytes));
    assertThat(splitter.next(), is(true));
    InvalidItemException e = assertThrows(InvalidItemException.class, splitter::checkWhole);
    assertThat(e.reason(), is(Reason.RECORD_TOO_LONG));
    assertThat(records(splitter), contains((MAX + 102) + ":tail"));
  }

  @Test
  void theRestOfALongLineIsPassedOver() throws IOException {
    byte[] bytes = line('x', 3 * MAX, "\n", "tail\n");
    assertThat(
        records(LineSplitter.linesFrom(new ByteArrayInputStream(bytes), 1001)),
        contains((1000 + 3 * MAX + 1) + ":tail"));
  }

  /** Returns a stream that is read in large pieces up to a position, and then byte by byte. */
  private static InputStream inTwo(byte[] bytes, int cut) {
    return new SequenceInputStream(
        new ByteArrayInputStream(bytes, 0, cut),
        new ShortReads(Arrays.copyOfRange(bytes, cut, bytes.length), 1));
  }

  private static byte[] filled(int letter, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) letter);
    return bytes;
  }

  private static byte[] line(int letter, int length, String end, String rest) {
    byte[] tail = (end + rest).getBytes(UTF_8);
    byte[] bytes =
        Arrays.copyOf(filled(letter, length), length + (end.isEmpty() ? 0 : tail.length));
    if (!end.isEmpty()) {
      System.arraycopy(tail, 0, bytes, length, tail.length);
    }
    return bytes;
  }
}

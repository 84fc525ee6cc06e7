/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts in a page: those that it can hold, and those that it cannot. */
class ParquetCountsTest {

  private static ColumnDescriptor column(String field) {
    return MessageTypeParser.parseMessageType("message m { " + field + " }").getColumns().get(0);
  }

  private static ByteBuffer hex(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex == null ? "" : hex.replace(" ", "")));
  }

  private static void assertSound(boolean sound, Executable check) throws IOException {
    if (sound) {
      try {
        check.execute();
      } catch (Throwable e) {
        throw new AssertionError("is sound", e);
      }
    } else {
      assertThrows(IOException.class, check);
    }
  }

  /** The width of a number, and then runs: of one value, or of groups of eight. */
  @ParameterizedTest
  @CsvSource({
    "8, 03 1005, true",
    "8, 03 feffffff0f05, true",
    "8, 03 03 88c6fa, true",
    "8, 03 03 88c6fa 77, true",
    "16, 03 03 88c6fa 1005, true",
    "8, , true",
    // An empty run, forever.
    "8, 03 0005, false",
    "8, 03 01, false",
    "8, 03 10, false",
    // 2^31 - 8 numbers.
    "8, 03 ffffffff01 88c6fa, false",
    "2147483647, 03 ffffffff01 88c6fa, false",
    "2147483647, 20 ffffffff01 88c6fa, false",
    // Numbers of no bits: one group, and 2^31 - 8 numbers.
    "8, 00 03, true",
    "2147483647, 00 ffffffff01, false",
    "8, 21 03 88c6fa, false",
    // The last group without its padding, and with too much omitted.
    "5, 08 03 0102030405, true",
    "13, 08 05 0102030405060708090a0b0c0d, true",
    "64, 08 11 0102030405060708090a0b0c0d, false",
    "8, 03 ffffffffff01, false"
  })
  void numbersOfADictionary(int values, String page, boolean sound) throws IOException {
    ParquetCounts counts = new ParquetCounts(column("required int32 v;"), values, hex(page));
    assertSound(sound, () -> counts.values(Encoding.RLE_DICTIONARY, true, 0));
  }

  @Test
  void numbersOfADictionaryThatIsMissing() {
    ParquetCounts counts = new ParquetCounts(column("required int32 v;"), 8, hex("03 1005"));
    assertThrows(IOException.class, () -> counts.values(Encoding.RLE_DICTIONARY, false, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "02000000 1001, true",
    "02000000 03ff 1005, true",
    "ffffff7f 1001, false",
    "ffffffff 1001, false",
    "020000, false",
    "05000000 ffffffff01, false"
  })
  void definitionLevels(String page, boolean sound) throws IOException {
    ParquetCounts counts = new ParquetCounts(column("optional int32 v;"), 8, hex(page));
    assertSound(sound, () -> counts.definitions(Encoding.RLE));
  }

  /** The levels are followed by the values, here indexes into a dictionary. */
  @ParameterizedTest
  @CsvSource({"RLE, 04000000 03ff 1005", "BIT_PACKED, ff"})
  void valuesBehindLevels(Encoding levels, String page) throws IOException {
    for (boolean sound : new boolean[] {true, false}) {
      String values = sound ? "03 1005" : "03 ffffffff01 88c6fa";
      ByteBuffer bytes = hex(page + values);
      ParquetCounts counts = new ParquetCounts(column("optional int32 v;"), 8, bytes);
      assertThat(counts.repetitions(Encoding.RLE, true), is(0L));
      counts.definitions(levels);
      assertSound(sound, () -> counts.values(Encoding.PLAIN_DICTIONARY, true, 0));
    }
  }

  /** A level of 0 begins a record; bits are stored from the lowest. */
  @ParameterizedTest
  @CsvSource({
    "1, 8, 1000, 8",
    "1, 8, 03aa, 4",
    "1, 7, 03aa, 4",
    "1, 6, 03aa, 3",
    "1, 12, 03aa 0801, 4",
    "1, 20, 07aa0ff5, 10",
    "2, 8, 03 2418, 4",
    "2, 7, 03 2418, 3",
    "4, 8, 03 884620, 3",
    "4, 5, 03 8846, 1"
  })
  void recordsThatBegin(int lists, int values, String page, long records) throws IOException {
    String nested = "repeated group a { ".repeat(lists - 1) + "repeated int32 v;";
    ColumnDescriptor column = column(nested + " }".repeat(lists - 1));
    assertThat(new ParquetCounts(column, values, hex(page)).repetitionRuns(true), is(records));
  }

  @ParameterizedTest
  @CsvSource({"1001", "0355"})
  void aListThatGoesOnBeforeItBegins(String page) throws IOException {
    ColumnDescriptor column = column("repeated int32 v;");
    IOException e =
        assertThrows(
            IOException.class, () -> new ParquetCounts(column, 8, hex(page)).repetitionRuns(true));
    assertThat(e.getMessage(), is("a list that goes on before it begins"));
    long records = new ParquetCounts(column, 8, hex(page)).repetitionRuns(false);
    assertThat(records, is(page.equals("1001") ? 0L : 4L));
  }

  /** The size of a block, its parts, the count, and the first number, followed by blocks. */
  @ParameterizedTest
  @CsvSource({
    "8001 04 01 02, true",
    "8001 04 00 00, true",
    "8001 04 05 02  02 00000000, true",
    "8001 04 05 02  02 01000000 00000000, true",
    "8010 08 05 02  02 0000000000000000, true",
    "8001 04 05 02  02 01000000 000000, false",
    "8001 04 05 02  02 41000000 00000000, false",
    "8001 04 05 02  02 0000, false",
    "8001 04 05 02, false",
    // More than the values of the page; 2^31 - 1; -1.
    "8001 04 09 02  02 00000000, false",
    "8001 04 ffffffff07 02  02 00000000, false",
    "8001 04 ffffffff0f 02  02 00000000, false",
    // Blocks of 2^31 - 1 and 2^30 numbers, of 2^28 parts, of none, and parts of 4.
    "ffffffff07 01 05 02  02 00, false",
    "8080808004 01 05 02  02 00, false",
    "8001 8080808001 05 02  02 00000000, false",
    "8001 00 05 02  02 00000000, false",
    "10 04 05 02  02 00000000, false"
  })
  void numbersThatAreDeltas(String page, boolean sound) throws IOException {
    ParquetCounts counts = new ParquetCounts(column("required int64 v;"), 8, hex(page));
    assertSound(sound, () -> counts.values(Encoding.DELTA_BINARY_PACKED, false, 0));
    ParquetCounts lengths = new ParquetCounts(column("required binary v;"), 8, hex(page));
    assertSound(sound, () -> lengths.values(Encoding.DELTA_LENGTH_BYTE_ARRAY, false, 0));
  }

  private static byte[] deltas(int... numbers) throws IOException {
    try (var writer =
        new DeltaBinaryPackingValuesWriterForInteger(
            64, 1 << 10, HeapByteBufferAllocator.getInstance())) {
      for (int number : numbers) {
        writer.writeInteger(number);
      }
      return writer.getBytes().toByteArray();
    }
  }

  /** Each text begins with that many bytes of the one before, the last one of another page. */
  @ParameterizedTest
  @CsvSource({
    "0, 3, 0, true",
    "0, 2147483647, 0, false",
    "0, 1000000, 0, false",
    "0, -1, 0, false",
    "1000, 3, 0, false",
    "1000, 3, 1000, true"
  })
  void textsThatBeginWithTheOneBefore(int first, int second, long before, boolean sound)
      throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    page.write(deltas(first, second));
    page.write(deltas(3, 1));
    page.writeBytes(new byte[] {'a', 'b', 'c', 'd'});
    ParquetCounts counts =
        new ParquetCounts(column("required binary v;"), 2, ByteBuffer.wrap(page.toByteArray()));
    assertSound(sound, () -> counts.values(Encoding.DELTA_BYTE_ARRAY, false, before));
  }

  @Test
  void lengthsOfTextsThatBeginWithTheOneBefore() throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    page.write(deltas(0, 0));
    page.write(HexFormat.of().parseHex("800104ffffffff0702"));
    ParquetCounts counts =
        new ParquetCounts(column("required binary v;"), 2, ByteBuffer.wrap(page.toByteArray()));
    assertThrows(IOException.class, () -> counts.values(Encoding.DELTA_BYTE_ARRAY, false, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "02000000 1001, true",
    "ffffff7f 1001, false",
    "06000000 ffffffff01 01, false",
    "0200, false"
  })
  void booleans(String page, boolean sound) throws IOException {
    ParquetCounts counts = new ParquetCounts(column("required boolean v;"), 8, hex(page));
    assertSound(sound, () -> counts.values(Encoding.RLE, false, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "int32 v, 2, 8",
    "float v, 2, 8",
    "int64 v, 2, 16",
    "double v, 2, 16",
    "int96 v, 2, 24",
    "fixed_len_byte_array(5) v, 2, 10",
    "boolean v, 16, 2"
  })
  void valuesOfADictionary(String field, int values, int bytes) throws IOException {
    ColumnDescriptor column = column("required " + field + ";");
    ByteBuffer page = ByteBuffer.allocate(bytes);
    ParquetCounts.checkDictionary(column, values, page);
    for (int more : new int[] {values * 3 / 2 + 1, Integer.MAX_VALUE, -1}) {
      assertThrows(
          IOException.class, () -> ParquetCounts.checkDictionary(column, more, page.duplicate()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, , true",
    "2, 01000000 61 00000000, true",
    "2, 01000000 61 00000000 62, true",
    "3, 01000000 61 00000000, false",
    "2, 01000000 61 ffffff7f, false",
    "2, 01000000 61 ffffffff, false",
    "2147483647, 01000000 61 00000000, false"
  })
  void textsOfADictionary(int values, String page, boolean sound) throws IOException {
    ColumnDescriptor column = column("required binary v;");
    assertSound(sound, () -> ParquetCounts.checkDictionary(column, values, hex(page)));
  }

  @ParameterizedTest
  @CsvSource({
    "BYTE_STREAM_SPLIT, BINARY",
    "BYTE_STREAM_SPLIT, BOOLEAN",
    "BYTE_STREAM_SPLIT, INT96",
    "DELTA_BINARY_PACKED, DOUBLE",
    "DELTA_LENGTH_BYTE_ARRAY, INT32",
    "DELTA_BYTE_ARRAY, FLOAT",
    "RLE, INT64",
    "BIT_PACKED, INT32",
    "RLE_DICTIONARY, BOOLEAN"
  })
  void anEncodingThatIsNotReadOfAType(Encoding encoding, String type) {
    ColumnDescriptor column = column("required group g { required " + type + " v; }");
    ParquetCounts counts = new ParquetCounts(column, 1, ByteBuffer.allocate(100));
    IOException e =
        assertThrows(
            ParquetSupport.NotSupportedException.class, () -> counts.values(encoding, true, 0));
    assertThat(
        e.getMessage(),
        is(
            "in its column g.v the encoding %s of %s is not supported; have the program that wrote"
                    .formatted(encoding, type)
                + " the file rewrite it with the encoding PLAIN"));
  }
}

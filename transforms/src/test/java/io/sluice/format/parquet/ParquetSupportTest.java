/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static io.sluice.format.columnar.ColumnarFiles.failure;
import static io.sluice.format.columnar.ColumnarFiles.read;
import static io.sluice.format.columnar.ColumnarFiles.writeParquet;
import static io.sluice.format.parquet.ParquetBrokenFilesTest.mend;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.sluice.format.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Intact files with something that is not supported: the message names it and a remedy. */
class ParquetSupportTest {
  private static final Format PARQUET = new ParquetFormat();

  private static final String BY_DUCKDB =
      "; DuckDB can rewrite the file: copy (from 'old.parquet') to 'new.parquet' (compression zstd)";

  private static final String BY_WRITER = "; have the program that wrote the file rewrite it with ";

  /** A column's path in the footer, which is between its encodings and its codec. */
  private static final String PATH = "19 18 02 6964 15";

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message m { optional int64 id; }");
    Group record = new SimpleGroup(schema);
    record.add("id", 7L);
    file = writeParquet(folder.resolve("a.parquet"), schema, record);
    assertThat(read(PARQUET, file).get(0).json(), is("{\"id\":7}"));
  }

  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex.replace(" ", "")), ISO_8859_1);
  }

  /**
   * Replaces the byte at a distance from a sequence of bytes that occurs once, counted from its
   * beginning if negative, else from its end.
   */
  private void put(String by, int where, String hex) throws IOException {
    String text = Files.readString(file, ISO_8859_1);
    int at = text.indexOf(bytes(hex));
    assertThat(at, is(greaterThan(0)));
    assertThat(at, is(text.lastIndexOf(bytes(hex))));
    at += where < 0 ? where : bytes(hex).length() + where;
    String mended = text.substring(0, at) + bytes(by) + text.substring(at + 1);
    Files.writeString(file, mended, ISO_8859_1);
  }

  private void assertRefused(String problem) {
    assertThat(failure(PARQUET, file), is("FILE cannot be read: " + problem));
  }

  @ParameterizedTest
  @CsvSource({
    "LZO, LZO, ",
    "BROTLI, BROTLI, DuckDB",
    "LZ4, 'LZ4, which LZ4_RAW replaced,', DuckDB"
  })
  void codecsThatAreNotRead(CompressionCodec codec, String name, String reader) throws IOException {
    mend(
        file,
        footer -> footer.getRow_groups().get(0).getColumns().get(0).getMeta_data().setCodec(codec));
    assertRefused(
        "its codec "
            + name
            + " is not supported"
            + (reader == null ? BY_WRITER + "ZSTD" : BY_DUCKDB));
  }

  @Test
  void aCodecOfAVersionToCome() throws IOException {
    put("12", 0, PATH);
    assertRefused("its codec number 9 is not known to this version of Sluice" + BY_WRITER + "ZSTD");
  }

  @Test
  void anEncodingOfAVersionToCome() throws IOException {
    put("14", -1, PATH);
    assertRefused(
        "its encoding number 10 is not known to this version of Sluice"
            + BY_WRITER
            + "the encoding PLAIN");
  }

  @Test
  void aTypeOfAVersionToCome() throws IOException {
    put("10", -1, "25 02 18 02 6964");
    assertRefused(
        "its type number 8 is not known to this version of Sluice; have the program that wrote the"
            + " file leave out the columns of that type");
  }

  /** A number that no future version will have is damage. */
  @ParameterizedTest
  @ValueSource(strings = {"7f", "03"})
  void aNumberThatStandsForNothing(String codec) throws IOException {
    put(codec, 0, PATH);
    assertRefused("its footer is damaged");
  }

  /** In a page header: one value, PLAIN, and levels in RLE. */
  @ParameterizedTest
  @CsvSource({
    "14, the encoding number 10 is not known to this version of Sluice",
    "0c, the encoding DELTA_LENGTH_BYTE_ARRAY of INT64 is not supported",
    "08, the encoding BIT_PACKED of INT64 is not supported"
  })
  void pagesOfEncodingsThatAreNotRead(String encoding, String problem) throws IOException {
    put(encoding, -1, "15 06 15 08 00 00");
    assertRefused("in its column id " + problem + BY_WRITER + "the encoding PLAIN");
  }

  @Test
  void levelsOfAnEncodingThatIsNotRead() throws IOException {
    put("0a", -1, "15 08 00 00 02 00 00 00");
    assertRefused(
        "in its column id the encoding DELTA_BINARY_PACKED of levels is not supported"
            + BY_WRITER
            + "the encoding PLAIN");
  }
}

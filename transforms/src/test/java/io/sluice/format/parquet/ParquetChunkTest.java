/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.FileSlice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.IndexPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of a column, separated by their headers. */
class ParquetChunkTest {
  private static final int START = 4;

  @TempDir Path folder;

  private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();

  private static byte[] body(int size) {
    byte[] body = new byte[size];
    for (int i = 0; i < size; i++) {
      body[i] = (byte) (i * 31 + size);
    }
    return body;
  }

  private static PageHeader data(int values, int size) {
    PageHeader header = new PageHeader(PageType.DATA_PAGE, size * 2, size);
    header.setData_page_header(
        new DataPageHeader(values, Encoding.PLAIN, Encoding.RLE, Encoding.BIT_PACKED));
    return header;
  }

  private void add(PageHeader header, byte[] body) throws IOException {
    Util.writePageHeader(header, chunk);
    chunk.write(body);
  }

  /** Writes the chunk to a file of its own, and reads it. */
  private ParquetChunk read(int size, long values) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("PAR1".getBytes(UTF_8));
    out.write(chunk.toByteArray());
    out.writeBytes(new byte[] {0, 1, 0, 0, 0});
    out.writeBytes("PAR1".getBytes(UTF_8));
    Path file = Files.write(folder.resolve("a.parquet"), out.toByteArray());
    FileSlice slice =
        FileSlice.whole(FileSystems.matchNewResource(file.toString(), false), out.size());
    try (ParquetInput input = ParquetInput.open(slice)) {
      return ParquetChunk.read(input, START, size, values);
    }
  }

  private static List<Integer> sizes(ParquetChunk chunk) {
    List<Integer> sizes = new ArrayList<>();
    for (ParquetChunk.Page page : chunk.pages()) {
      assertThat(ByteBuffer.wrap(page.bytes()), is(ByteBuffer.wrap(body(page.bytes().length))));
      sizes.add(page.bytes().length);
    }
    return sizes;
  }

  @Test
  void whatAHeaderSays() throws IOException {
    PageHeader dictionary = new PageHeader(PageType.DICTIONARY_PAGE, 30, 10);
    dictionary.setDictionary_page_header(new DictionaryPageHeader(3, Encoding.PLAIN_DICTIONARY));
    add(dictionary, body(10));
    add(data(5, 20), body(20));
    DataPageHeaderV2 v2 = new DataPageHeaderV2(6, 1, 4, Encoding.RLE_DICTIONARY, 7, 8);
    v2.setIs_compressed(false);
    PageHeader second = new PageHeader(PageType.DATA_PAGE_V2, 50, 30);
    second.setData_page_header_v2(v2);
    second.setCrc(-5);
    add(second, body(30));

    ParquetChunk read = read(chunk.size(), 11);

    ParquetPageHeader header = read.dictionary().header();
    assertThat(header.values(), is(3));
    assertThat(header.encoding(), is(Encoding.PLAIN_DICTIONARY.getValue()));
    assertThat(header.size(), is(30));
    assertThat(sizes(read), is(List.of(20, 30)));

    header = read.pages().poll().header();
    assertThat(header.type(), is(ParquetPageHeader.DATA));
    assertThat(header.size(), is(40));
    assertThat(header.values(), is(5));
    assertThat(header.definitions(), is(Encoding.RLE.getValue()));
    assertThat(header.repetitions(), is(Encoding.BIT_PACKED.getValue()));
    assertThat(header.hasChecksum(), is(false));

    header = read.pages().poll().header();
    assertThat(header.type(), is(ParquetPageHeader.DATA_V2));
    assertThat(header.values(), is(6));
    assertThat(header.nulls(), is(1));
    assertThat(header.rows(), is(4));
    assertThat(header.encoding(), is(Encoding.RLE_DICTIONARY.getValue()));
    assertThat(header.definitions(), is(7));
    assertThat(header.repetitions(), is(8));
    assertThat(header.isCompressed(), is(false));
    assertThat(header.hasChecksum(), is(true));
    assertThat(header.checksum(), is(-5));
  }

  /** Wherever pages and headers are relative to the buffer. */
  @Test
  void pagesAndHeadersOfAllSizes() throws IOException {
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int size = i * i * 37 % 70_000;
      PageHeader header = data(1, size);
      int statistics = i % 10 == 9 ? i * 3_000 : i;
      header.getData_page_header().setStatistics(new Statistics().setMax_value(body(statistics)));
      add(header, body(size));
      sizes.add(size);
    }
    assertThat(sizes(read(chunk.size(), 60)), is(sizes));
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 40, 3_000})
  void aChunkThatIsLargerThanItsSize(int less) throws IOException {
    add(data(1, 5_000), body(5_000));
    add(data(1, 2_000), body(2_000));
    assertThat(sizes(read(chunk.size() - less, 2)), is(List.of(5_000, 2_000)));
  }

  @Test
  void pagesOfNoValuesAndOfAnIndexArePassedOver() throws IOException {
    add(data(0, 10), body(10));
    PageHeader index = new PageHeader(PageType.INDEX_PAGE, 10, 10);
    index.setIndex_page_header(new IndexPageHeader());
    add(index, body(10));
    add(data(2, 20), body(20));
    assertThat(sizes(read(chunk.size(), 2)), is(List.of(20)));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, 1 << 30, 1_000, -1, Integer.MIN_VALUE})
  void aPageThatIsLargerThanTheFile(int size) throws IOException {
    add(data(1, size), body(100));
    IOException e = assertThrows(IOException.class, () -> read(chunk.size(), 1));
    assertThat(e.getMessage(), is("a page that is beyond the file"));
  }

  /** Statistics with a length that the header cannot hold. */
  @Test
  void aHeaderThatIsLargerThanTheFile() throws IOException {
    PageHeader header = data(1, 10);
    header.getData_page_header().setStatistics(new Statistics().setMax_value(body(3)));
    Util.writePageHeader(header, chunk);
    byte[] bytes = chunk.toByteArray();
    int length = bytes.length - 7;
    assertThat(bytes[length], is((byte) 3));
    chunk.reset();
    chunk.write(bytes, 0, length);
    chunk.writeBytes(new byte[] {-1, -1, -1, -1, 7, 1, 2, 3, 0, 0, 0});
    chunk.writeBytes(body(10));
    IOException e = assertThrows(IOException.class, () -> read(chunk.size(), 1));
    assertThat(e.getMessage(), is("a size beyond its end"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, -1, Integer.MAX_VALUE})
  void pagesOfOtherNumbersOfValuesThanTheColumn(int values) throws IOException {
    add(data(values, 10), body(10));
    assertThrows(IOException.class, () -> read(chunk.size(), 2));
  }

  @Test
  void twoDictionaries() throws IOException {
    PageHeader dictionary = new PageHeader(PageType.DICTIONARY_PAGE, 10, 10);
    dictionary.setDictionary_page_header(new DictionaryPageHeader(3, Encoding.PLAIN));
    add(dictionary, body(10));
    add(dictionary, body(10));
    add(data(1, 10), body(10));
    IOException e = assertThrows(IOException.class, () -> read(chunk.size(), 1));
    assertThat(e.getMessage(), is("more than one dictionary"));
  }

  @Test
  void checksums() throws IOException {
    CRC32 crc = new CRC32();
    crc.update(body(10));
    for (int off = 0; off < 2; off++) {
      chunk.reset();
      add(data(1, 10).setCrc((int) crc.getValue() + off), body(10));
      ParquetChunk.Page page = read(chunk.size(), 1).pages().poll();
      if (off == 0) {
        page.check();
      } else {
        assertThrows(IOException.class, page::check);
      }
    }
  }
}

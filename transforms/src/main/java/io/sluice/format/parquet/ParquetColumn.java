/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.format.columnar.BlockCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ParquetDecodingException;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Returns the pages of a column of a row group one by one, decompressed, with counts checked
 * against their contents.
 */
final class ParquetColumn implements PageReader {
  private final ColumnDescriptor column;
  private final BlockCodec codec;
  private final long values;
  private final long rows;
  private final ParquetChunk chunk;

  /** The total size of the pages so far. */
  private long bytes;

  /** How many records begin in the pages so far. */
  private long begun;

  private boolean isFirst = true;

  private ParquetColumn(
      ColumnDescriptor column, BlockCodec codec, long values, long rows, ParquetChunk chunk) {
    this.column = column;
    this.codec = codec;
    this.values = values;
    this.rows = rows;
    this.chunk = chunk;
  }

  /**
   * Reads a column of a row group.
   *
   * @param metadata of a column that lies within the file
   * @throws IOException when its pages are damaged, or the file cannot be read
   */
  static ParquetColumn read(
      ParquetInput input, ColumnDescriptor column, ColumnChunkMetaData metadata, long rows)
      throws IOException {
    BlockCodec codec = ParquetSupport.codec(metadata.getCodec().getParquetCompressionCodec());
    long values = metadata.getValueCount();
    ParquetChunk chunk =
        ParquetChunk.read(input, metadata.getStartingPos(), metadata.getTotalSize(), values);
    return new ParquetColumn(column, codec, values, rows, chunk);
  }

  @Override
  public long getTotalValueCount() {
    return values;
  }

  @Override
  public @Nullable DictionaryPage readDictionaryPage() {
    ParquetChunk.Page page = chunk.dictionary();
    try {
      return page == null ? null : dictionary(page);
    } catch (IOException e) {
      throw new ParquetDecodingException(e);
    }
  }

  private DictionaryPage dictionary(ParquetChunk.Page page) throws IOException {
    page.check();
    ParquetPageHeader header = page.header();
    Encoding encoding = ParquetSupport.encoding(column, header.encoding());
    if (encoding != Encoding.PLAIN && encoding != Encoding.PLAIN_DICTIONARY) {
      throw ParquetSupport.notSupported(column, encoding, "a dictionary");
    }
    byte[] plain = decompress(page.bytes(), header.size());
    ParquetCounts.checkDictionary(column, header.values(), ByteBuffer.wrap(plain));
    return new DictionaryPage(BytesInput.from(plain), header.values(), Encoding.PLAIN);
  }

  @Override
  public @Nullable DataPage readPage() {
    ParquetChunk.Page page = chunk.pages().poll();
    if (page == null) {
      return null;
    }
    try {
      page.check();
      DataPage read =
          page.header().type() == ParquetPageHeader.DATA
              ? first(page.header(), page.bytes())
              : second(page.header(), page.bytes());
      isFirst = false;
      boolean repeats = column.getMaxRepetitionLevel() > 0;
      if (repeats && chunk.pages().isEmpty() && begun > rows) {
        throw new IOException("more records than the row group has");
      }
      return read;
    } catch (IOException e) {
      throw new ParquetDecodingException(e);
    }
  }

  /** Decodes a page of version 1, which is compressed as a whole. */
  private DataPage first(ParquetPageHeader header, byte[] stored) throws IOException {
    byte[] plain = decompress(stored, header.size());
    Encoding encoding = ParquetSupport.encoding(column, header.encoding());
    Encoding repetitions = levels(column.getMaxRepetitionLevel(), header.repetitions());
    Encoding definitions = levels(column.getMaxDefinitionLevel(), header.definitions());
    ParquetCounts counts = new ParquetCounts(column, header.values(), ByteBuffer.wrap(plain));
    begun += counts.repetitions(repetitions, isFirst);
    counts.definitions(definitions);
    counts.values(encoding, chunk.dictionary() != null, bytes);
    bytes += plain.length;
    return new DataPageV1(
        BytesInput.from(plain),
        header.values(),
        header.size(),
        null,
        repetitions,
        definitions,
        encoding);
  }

  /** Returns the encoding of levels; where only one level is possible, none are stored. */
  private Encoding levels(int max, int number) throws IOException {
    Encoding encoding = max == 0 ? Encoding.RLE : ParquetSupport.encoding(column, number);
    if (encoding != Encoding.RLE && encoding != Encoding.BIT_PACKED) {
      throw ParquetSupport.notSupported(column, encoding, "levels");
    }
    return encoding;
  }

  /** Decodes a page of version 2, whose uncompressed levels precede its values. */
  private DataPage second(ParquetPageHeader header, byte[] stored) throws IOException {
    int repetitions = header.repetitions();
    int definitions = header.definitions();
    int levels = repetitions + definitions;
    if (repetitions < 0 || definitions < 0 || levels < 0 || levels > stored.length) {
      throw new IOException("levels beyond the page");
    }
    Encoding encoding = ParquetSupport.encoding(column, header.encoding());
    byte[] plain = Arrays.copyOfRange(stored, levels, stored.length);
    if (header.isCompressed()) {
      plain = decompress(plain, header.size() - levels);
    }
    ByteBuffer bytesOfLevels = ByteBuffer.wrap(stored, 0, repetitions);
    begun += new ParquetCounts(column, header.values(), bytesOfLevels).repetitionRuns(isFirst);
    bytesOfLevels = ByteBuffer.wrap(stored, repetitions, definitions);
    new ParquetCounts(column, header.values(), bytesOfLevels).definitionRuns();
    new ParquetCounts(column, header.values(), ByteBuffer.wrap(plain))
        .values(encoding, chunk.dictionary() != null, bytes);
    bytes += plain.length;
    return DataPageV2.uncompressed(
        header.rows(),
        header.nulls(),
        header.values(),
        BytesInput.from(stored, 0, repetitions),
        BytesInput.from(stored, repetitions, definitions),
        encoding,
        BytesInput.from(plain),
        null);
  }

  private byte[] decompress(byte[] stored, int size) throws IOException {
    return codec == BlockCodec.NONE ? stored : codec.decompress(stored, size);
  }
}

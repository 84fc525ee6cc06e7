/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.format.FileStream;
import io.sluice.format.ItemSink;
import io.sluice.item.ItemCursor;
import io.sluice.schema.TableSchema;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Writes a Parquet file in the way of parquet-avro: its schema, with the properties, is in the
 * footer under {@value #SCHEMA_KEY}. It avoids all of Parquet's code that loads classes of Hadoop,
 * as ParquetWriter and parquet-avro do.
 */
public final class ParquetSink implements ItemSink {
  /** The footer key under which parquet-avro keeps the Avro schema. */
  static final String SCHEMA_KEY = "parquet.avro.schema";

  /** How many memory checks a row group takes, since items differ in size. */
  private static final int LOOKS = 32;

  private final FileStream out;
  private final long wantedBytes;
  private final RowGroupMemory heap;
  private final Schema avro;
  private final MessageType type;
  private final ParquetColumns items;
  private final ParquetFileWriter file;
  private final ZstdPages compressor;
  private final ParquetProperties.Builder wanted;

  /** Null once it is full, or when there is no probe. */
  private @Nullable DictionaryProbe sample;

  private ParquetProperties properties;
  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore columns;
  private long rows;
  private long unseenBytes;
  private long lookBytes;
  private boolean closed;

  /**
   * Begins a file.
   *
   * @param rowGroupBytes how large a row group should be if the heap has room for it
   * @param randomOrder whether the first items are a fair sample of all
   * @throws IllegalArgumentException when Parquet has no type for a field of the schema
   */
  public ParquetSink(
      FileStream out,
      TableSchema schema,
      long rowGroupBytes,
      boolean randomOrder,
      RowGroupMemory heap)
      throws IOException {
    this.out = out;
    this.wantedBytes = rowGroupBytes;
    this.heap = heap;
    this.avro = schema.avro();
    this.type = ParquetTypes.of(avro);
    this.items = ParquetColumns.of(schema, type);
    long most = heap.rowGroupBytes(rowGroupBytes);
    this.lookBytes = most / LOOKS;
    this.sample = randomOrder ? new DictionaryProbe(type, items) : null;
    this.wanted =
        ParquetProperties.builder()
            .withDictionaryPageSize(RowGroupMemory.dictionaryBytes(most, type.getColumns().size()))
            .withPageWriteChecksumEnabled(true);
    this.properties = wanted.build();
    this.file =
        new ParquetFileWriter(
            new Output(out),
            type,
            ParquetFileWriter.Mode.CREATE,
            rowGroupBytes,
            0,
            properties.getColumnIndexTruncateLength(),
            properties.getStatisticsTruncateLength(),
            properties.getPageWriteChecksumEnabled());
    file.start();
    this.compressor = new ZstdPages();
    if (sample == null) {
      openRowGroup();
    }
    heap.join();
  }

  /** Begins the columns with the items that the probe held back. */
  private void begin(DictionaryProbe first) {
    first.tellUnrepeated(column -> wanted.withDictionaryEncoding(column, false));
    properties = wanted.build();
    sample = null;
    openRowGroup();
    first.forEach(
        item -> {
          items.write(item);
          rows++;
        });
    unseenBytes = first.bytes();
  }

  private void openRowGroup() {
    pages =
        new ColumnChunkPageWriteStore(
            compressor,
            type,
            properties.getAllocator(),
            properties.getColumnIndexTruncateLength(),
            properties.getPageWriteChecksumEnabled());
    columns = properties.newColumnWriteStore(type, pages, pages);
    items.open(columns);
    rows = 0;
  }

  @Override
  public void write(ItemCursor item) throws IOException {
    if (sample != null) {
      sample.add(item);
      if (sample.isFull()) {
        begin(sample);
      }
      return;
    }
    unseenBytes += item.bytes().remaining();
    items.write(item);
    rows++;
    if (unseenBytes >= lookBytes) {
      unseenBytes = 0;
      long most = heap.rowGroupBytes(wantedBytes);
      lookBytes = most / LOOKS;
      if (columns.getBufferedSize() >= most) {
        writeRowGroup();
        openRowGroup();
      }
    }
  }

  private void writeRowGroup() throws IOException {
    if (rows > 0) {
      file.startBlock(rows);
      columns.flush();
      pages.flushToFileWriter(file);
      file.endBlock();
    }
    columns.close();
  }

  @Override
  public long bytes() {
    return out.position() + (sample == null ? columns.getBufferedSize() : sample.bytes());
  }

  @Override
  public void finish() throws IOException {
    if (sample != null) {
      begin(sample);
    }
    writeRowGroup();
    file.end(Map.of(SCHEMA_KEY, FooterSchema.of(avro), "writer.model.name", "avro"));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      heap.leave();
      compressor.release();
    }
  }

  /** Adapts the stream to Parquet's interface. */
  private record Output(FileStream out) implements OutputFile {

    @Override
    public PositionOutputStream create(long blockSize) {
      return new Position(out);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
      return create(blockSize);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  private static final class Position extends PositionOutputStream {
    private final FileStream out;

    Position(FileStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return out.position();
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    /** Does nothing: whoever opened the file closes it. */
    @Override
    public void close() {}
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.format.FileStream;
import io.sluice.format.ItemSink;
import io.sluice.format.PageThreads;
import io.sluice.item.ItemCursor;
import io.sluice.item.page.ItemPage;
import io.sluice.schema.TableSchema;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.avro.Schema;
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

  private final FileStream out;
  private final Schema avro;
  private final ParquetFileWriter file;
  private final Function<AtomicLong, RowGroups> maker;

  /** The row groups of this thread; null when it writes no items itself. */
  private @Nullable RowGroups own;

  private final PageThreads threads;
  private final boolean isParallel;
  private volatile long written;
  private boolean closed;

  /**
   * Begins a file.
   *
   * @param rowGroupBytes how large a row group should be if the heap has room for it
   * @param randomOrder whether the first items are a fair sample of all
   * @param threads by which pages are written; 1 for none besides the caller's
   * @throws IllegalArgumentException when Parquet has no type for a field of the schema
   */
  public ParquetSink(
      FileStream out,
      TableSchema schema,
      long rowGroupBytes,
      boolean randomOrder,
      int threads,
      RowGroupMemory heap)
      throws IOException {
    this.out = out;
    this.avro = schema.avro();
    MessageType type = ParquetTypes.of(avro);
    this.maker =
        buffered ->
            new RowGroups(schema, type, rowGroupBytes, randomOrder, heap, this::append, buffered);
    this.isParallel = threads > 1;
    this.threads = new PageThreads(threads, maker);
    ParquetProperties properties =
        RowGroups.properties(heap.rowGroupBytes(rowGroupBytes), type).build();
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
    written = out.position();
  }

  private synchronized void append(long rows, ColumnChunkPageWriteStore pages) throws IOException {
    file.startBlock(rows);
    pages.flushToFileWriter(file);
    file.endBlock();
    written = out.position();
  }

  @Override
  public void write(ItemPage page) throws IOException {
    if (isParallel) {
      threads.write(page);
    } else {
      page.walk(this::write);
    }
  }

  @Override
  public void write(ItemCursor item) throws IOException {
    if (own == null) {
      own = maker.apply(new AtomicLong());
    }
    own.write(item);
  }

  @Override
  public long bytes() {
    return written + threads.bytes() + (own == null ? 0 : own.bytes());
  }

  @Override
  public void finish() throws IOException {
    threads.finish();
    if (own != null) {
      own.finish();
    }
    file.end(Map.of(SCHEMA_KEY, FooterSchema.of(avro), "writer.model.name", "avro"));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      threads.abandon();
      if (own != null) {
        own.close();
      }
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

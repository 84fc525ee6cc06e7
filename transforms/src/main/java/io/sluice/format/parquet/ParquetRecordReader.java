/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.failure.PayloadFormat;
import io.sluice.format.FileSlice;
import io.sluice.format.RecordReader;
import io.sluice.format.columnar.ColumnarJson;
import io.sluice.format.columnar.DraftedColumns;
import io.sluice.format.columnar.ItemFromColumns;
import io.sluice.format.columnar.RoundTripItems;
import io.sluice.format.parquet.ParquetSupport.NotSupportedException;
import io.sluice.format.parquet.record.RecordCells;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDraft;
import io.sluice.item.KeyAttribute;
import io.sluice.item.Origin;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the row groups of a Parquet file that begin in a slice, one in memory at a time. It avoids
 * all of Parquet's code that loads classes of Hadoop.
 */
final class ParquetRecordReader implements RecordReader {
  private final String name;
  private final FileSlice slice;
  private final List<KeyAttribute> keys;
  private final ParquetInput input;
  private final FileMetaData file;
  private final MessageType schema;
  private final @Nullable RoundTripItems marked;
  private final ParquetDecoder decoder;

  /** The current record. */
  private final RecordCells record;

  private final DraftedColumns drafted;
  private final List<BlockMetaData> groups;
  private final long[] starts;

  private int nextGroup;
  private long nextIndex;
  private org.apache.parquet.io.@Nullable RecordReader<RecordCells> group;
  private long left;

  private ParquetRecordReader(FileSlice slice, List<KeyAttribute> keys, ParquetInput input)
      throws IOException {
    this.name = slice.file().toString();
    this.slice = slice;
    this.keys = keys;
    this.input = input;
    try {
      ParquetMetadata footer = new ParquetMetadataConverter().readParquetMetadata(input.footer());
      this.file = footer.getFileMetaData();
      this.schema = file.getSchema();
      this.groups = footer.getBlocks();
    } catch (IOException | RuntimeException e) {
      throw unreadable("its footer is damaged", e);
    }
    this.marked = RoundTripItems.ofParquet(file.getKeyValueMetaData());
    this.decoder = new ParquetDecoder(schema);
    this.record = decoder.getCurrentRecord();
    this.drafted =
        marked == null
            ? ItemFromColumns.drafted(record.cells(), keys)
            : marked.drafted(record.cells());
    try {
      this.starts = starts(schema, groups, input.length());
    } catch (RuntimeException e) {
      throw unreadable("its footer is damaged", e);
    }
  }

  static ParquetRecordReader open(FileSlice slice, List<KeyAttribute> keys) throws IOException {
    ParquetInput input = ParquetInput.open(slice);
    try {
      return new ParquetRecordReader(slice, keys, input);
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  private IOException unreadable(String what, Exception e) {
    IOException failure = input.failure();
    if (failure != null) {
      return failure;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ParquetCryptoRuntimeException) {
        return new IOException("it is encrypted", e);
      }
      if (cause instanceof NotSupportedException) {
        return new IOException(cause.getMessage(), e);
      }
    }
    return new IOException(what, e);
  }

  @Override
  public List<String> columns() {
    return marked == null ? schema.getFields().stream().map(Type::getName).toList() : List.of();
  }

  @Override
  public boolean next() throws IOException {
    while (left == 0) {
      if (!openGroup()) {
        return false;
      }
    }
    try {
      group.read();
    } catch (RuntimeException e) {
      throw unreadable("its row group " + nextGroup + " is damaged", e);
    }
    left--;
    nextIndex++;
    return true;
  }

  /** Advances to the next row group that begins in the slice; false when there is none. */
  private boolean openGroup() throws IOException {
    while (nextGroup < groups.size()) {
      int number = nextGroup++;
      long rows = groups.get(number).getRowCount();
      long start = starts[number];
      if (rows > 0 && start >= slice.start() && start < slice.end()) {
        read(number);
        left = rows;
        return true;
      }
      nextIndex += rows;
    }
    return false;
  }

  private void read(int number) throws IOException {
    try {
      ParquetRowGroup pages = ParquetRowGroup.read(input, schema, groups.get(number));
      group =
          new ColumnIOFactory(file.getCreatedBy())
              .getColumnIO(schema)
              .getRecordReader(pages, decoder);
    } catch (IOException | RuntimeException e) {
      throw unreadable("its row group " + nextGroup + " is damaged", e);
    }
  }

  /**
   * Returns where each row group begins. Every reader of the file checks all of them: a row group
   * at a position in no slice would be read by no reader.
   */
  private static long[] starts(MessageType schema, List<BlockMetaData> groups, long length)
      throws IOException {
    long[] starts = new long[groups.size()];
    for (int i = 0; i < starts.length; i++) {
      BlockMetaData group = groups.get(i);
      for (ColumnChunkMetaData column : group.getColumns()) {
        if (!holds(schema, column, group.getRowCount())) {
          throw new IOException("its row group " + (i + 1) + " is damaged");
        }
        if (column.getValueCount() > 0 && !lies(column, length)) {
          throw new IOException("its row group " + (i + 1) + " lies beyond the file");
        }
      }
      starts[i] = group.getColumns().isEmpty() ? 0 : group.getStartingPos();
    }
    return starts;
  }

  /** Whether a column is within the file. */
  private static boolean lies(ColumnChunkMetaData column, long length) {
    long start = column.getStartingPos();
    long size = column.getTotalSize();
    return start >= 0 && start < length && size >= 0 && size <= length - start;
  }

  /**
   * Whether a column has enough values for this many records: one each, or more where values
   * repeat.
   */
  private static boolean holds(MessageType schema, ColumnChunkMetaData column, long records) {
    String[] path = column.getPath().toArray();
    boolean repeats = schema.getColumnDescription(path).getMaxRepetitionLevel() > 0;
    long values = column.getValueCount();
    return records >= 0 && (repeats ? values >= records : values == records);
  }

  @Override
  public Origin origin() {
    return new Origin(name, nextIndex - 1);
  }

  @Override
  public byte[] record() {
    return ColumnarJson.of(record.fields());
  }

  @Override
  public PayloadFormat recordFormat() {
    return ColumnarJson.FORMAT;
  }

  @Override
  public boolean isPoorerThanItem() {
    return marked != null;
  }

  @Override
  public boolean draft(ItemDraft item) {
    return drafted.draft(item);
  }

  @Override
  public Map<String, AttributeValue> parse() throws InvalidItemException {
    Map<String, Object> fields = record.fields();
    return marked == null ? ItemFromColumns.of(fields, keys) : marked.item(fields);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}

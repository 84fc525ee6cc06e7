/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.MessageType;

/**
 * Holds the pages of a row group in memory.
 *
 * <p>parquet-hadoop's class is not used: it allocates memory for whatever sizes and counts a file
 * states, and cannot name an encoding that is newer than itself.
 */
final class ParquetRowGroup implements PageReadStore {
  private final long rows;
  private final Map<ColumnDescriptor, ParquetColumn> columns = new HashMap<>();

  private ParquetRowGroup(long rows) {
    this.rows = rows;
  }

  /**
   * Reads a row group front to back.
   *
   * @param group whose columns lie within the file
   * @throws IOException when it is damaged, or the file cannot be read
   */
  static ParquetRowGroup read(ParquetInput input, MessageType schema, BlockMetaData group)
      throws IOException {
    ParquetRowGroup pages = new ParquetRowGroup(group.getRowCount());
    List<ColumnChunkMetaData> columns = new ArrayList<>(group.getColumns());
    columns.sort(Comparator.comparingLong(ColumnChunkMetaData::getStartingPos));
    for (ColumnChunkMetaData column : columns) {
      ColumnDescriptor type = schema.getColumnDescription(column.getPath().toArray());
      ParquetColumn read = ParquetColumn.read(input, type, column, group.getRowCount());
      if (pages.columns.put(type, read) != null) {
        throw new IOException("a column that is there twice");
      }
    }
    return pages;
  }

  @Override
  public PageReader getPageReader(ColumnDescriptor column) {
    ParquetColumn pages = columns.get(column);
    if (pages == null) {
      throw new ParquetDecodingException("a column that has no pages");
    }
    return pages;
  }

  @Override
  public long getRowCount() {
    return rows;
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.RecordReader;
import io.sluice.item.KeyAttribute;
import java.io.IOException;
import java.util.List;

/**
 * Parquet files of any schema: a record an item, a column an attribute.
 *
 * <p>A file is split by row groups: each is read, as a whole in memory, by the reader of the slice
 * in which it begins. A record's offset is how many records are before it in its file. A record has
 * no text of its own: what a made key is computed from, and what a rejection keeps, is its JSON,
 * with the fields in the schema's order, null fields left out, and binary as Base64.
 *
 * <p>A file whose schema is a marked {@link io.sluice.schema.TableSchema} gives exactly the items
 * that it was written from.
 *
 * @param keys the key attributes whose types those of an item take: numbers for digits in strings,
 *     and strings for whole numbers; empty when they take their own; of no effect on files with a
 *     marked schema
 */
public record ParquetFormat(List<KeyAttribute> keys) implements Format {

  /** Parquet files for a table of any key. */
  public ParquetFormat() {
    this(List.of());
  }

  @Override
  public String name() {
    return "PARQUET";
  }

  @Override
  public boolean splittable(byte[] head) {
    return true;
  }

  @Override
  public RecordReader open(FileSlice slice) throws IOException {
    return ParquetRecordReader.open(slice, keys);
  }

  @Override
  public ParquetFormat withKeys(List<KeyAttribute> ofTable) {
    return new ParquetFormat(ofTable);
  }
}

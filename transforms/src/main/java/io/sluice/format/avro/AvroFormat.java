/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.avro;

import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.RecordReader;
import io.sluice.item.KeyAttribute;
import java.io.IOException;
import java.util.List;

/**
 * Avro object container files of any schema: a record an item, a field an attribute.
 *
 * <p>A record's offset is how many records are before it in its file. Since only reading a file
 * from its beginning tells that, a file is read by one reader. A record has no text of its own:
 * what a made key is computed from, and what a rejection keeps, is its JSON, with the fields in the
 * schema's order, null fields left out, and binary as Base64.
 *
 * <p>A file whose schema is a marked {@link io.sluice.schema.TableSchema} gives exactly the items
 * that it was written from.
 *
 * @param keys the key attributes whose types those of an item take: numbers for digits in strings,
 *     and strings for whole numbers; empty when they take their own; of no effect on files with a
 *     marked schema
 */
public record AvroFormat(List<KeyAttribute> keys) implements Format {

  /** Avro files for a table of any key. */
  public AvroFormat() {
    this(List.of());
  }

  @Override
  public String name() {
    return "AVRO";
  }

  @Override
  public boolean splittable(byte[] head) {
    return false;
  }

  @Override
  public RecordReader open(FileSlice slice) throws IOException {
    return AvroRecordReader.open(slice, keys);
  }

  @Override
  public AvroFormat withKeys(List<KeyAttribute> ofTable) {
    return new AvroFormat(ofTable);
  }
}

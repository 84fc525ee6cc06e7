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
 * Avro object container files with any schema: each record is an item, each field an attribute.
 *
 * <p>A record's offset is the number of records before it in its file. It is known only by reading
 * from the beginning, so a file is read by one reader. A record has no text of its own: made keys
 * are computed from its JSON, and rejections keep its JSON, with fields in the order of the schema,
 * null fields left out, and binary as Base64.
 *
 * <p>A file whose schema is a marked {@link io.sluice.schema.TableSchema} yields exactly the items
 * from which it was written.
 *
 * @param keys key attributes whose types the item's attributes take: strings of digits become
 *     numbers, and whole numbers become strings; empty to keep the types of the file; no effect on
 *     files with a marked schema
 */
public record AvroFormat(List<KeyAttribute> keys) implements Format {

  /** Reads Avro files for a table with any key. */
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

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.rejects;

import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.RecordReader;
import io.sluice.format.stream.StreamFormat;
import io.sluice.item.KeyAttribute;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rejections of a run, as written by {@code WriteRejections}: each line contains a record and the
 * name of its format; a line of columns precedes the first record that has them. A record that was
 * rejected while reading is read again; an item that a later step refused is taken unchanged, with
 * the key that was made for it. Origins remain those of the original files.
 *
 * @param formats the formats of the records, by name; a record of any other format is rejected
 *     again
 */
public record RejectsFormat(Map<String, StreamFormat> formats) implements Format {
  public RejectsFormat {
    formats = Map.copyOf(formats);
  }

  @Override
  public String name() {
    return RejectsReader.FORMAT;
  }

  @Override
  public boolean splittable(byte[] head) {
    return true;
  }

  @Override
  public RecordReader open(FileSlice slice) throws IOException {
    return RejectsReader.open(formats, slice);
  }

  @Override
  public Format withKeys(List<KeyAttribute> keys) {
    Map<String, StreamFormat> keyed = new HashMap<>();
    formats.forEach((name, format) -> keyed.put(name, (StreamFormat) format.withKeys(keys)));
    return new RejectsFormat(keyed);
  }
}

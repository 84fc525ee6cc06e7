/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import io.sluice.format.stream.FileRecords;
import io.sluice.format.stream.RecordParser;
import io.sluice.format.stream.StreamFormat;
import io.sluice.item.KeyAttribute;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A JSON format whose records are the elements of one list within a document. Such a file is read
 * by one reader from its beginning, and never held in memory as a whole.
 *
 * @param records how an element is read: JSON or DYNAMODB_JSON
 * @param path names of members, and list indexes from 0, that lead to the list; one or more
 */
public record RecordPathFormat(StreamFormat records, List<String> path) implements StreamFormat {

  /**
   * @throws IllegalArgumentException when the path is empty
   */
  public RecordPathFormat {
    path = List.copyOf(path);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a path has one name or more");
    }
  }

  @Override
  public String name() {
    return records.name();
  }

  @Override
  public boolean isData(String filename) {
    return records.isData(filename);
  }

  @Override
  public RecordPathFormat withKeys(List<KeyAttribute> keys) {
    return new RecordPathFormat((StreamFormat) records.withKeys(keys), path);
  }

  @Override
  public boolean splittable(byte[] head) {
    return false;
  }

  @Override
  public @Nullable String changesIn(byte[] head) {
    return records.changesIn(head);
  }

  @Override
  public FileRecords open(InputStream file) throws IOException {
    RecordParser parser = records.open(InputStream.nullInputStream()).parser();
    return new FileRecords(new JsonPathSplitter(file, path), parser);
  }

  @Override
  public FileRecords openMiddle(InputStream middle, long offset, InputStream head) {
    throw new IllegalStateException("a document is read from its beginning");
  }
}

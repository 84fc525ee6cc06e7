/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Lists the formats that have every type of value. */
public enum ItemFormat {
  DYNAMODB_JSON("json") {
    @Override
    public RecordWriter writer(OutputStream out) throws IOException {
      return new JsonRecordWriter(out);
    }

    @Override
    public RecordReader reader(InputStream in) {
      return new JsonRecordReader(in);
    }
  },
  ION("ion") {
    @Override
    public RecordWriter writer(OutputStream out) {
      return new IonRecordWriter(out);
    }

    @Override
    public RecordReader reader(InputStream in) throws IOException {
      return new IonRecordReader(in);
    }
  };

  private final String suffix;

  ItemFormat(String suffix) {
    this.suffix = suffix;
  }

  /** Gives what file names end with, without a dot and compression. */
  public String suffix() {
    return suffix;
  }

  /** Writes records to {@code out}, which is closed with the writer. */
  public abstract RecordWriter writer(OutputStream out) throws IOException;

  /** Reads records from {@code in}, which is closed with the reader. */
  public abstract RecordReader reader(InputStream in) throws IOException;
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.avro;

import io.sluice.format.FileStream;
import io.sluice.format.ItemSink;
import io.sluice.item.ItemCursor;
import java.io.IOException;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Writes an Avro object container file. */
public final class AvroSink implements ItemSink {
  /** Blocks of this length compress well, and a reader holds one in memory. */
  private static final int BLOCK_BYTES = 256 << 10;

  /** The same level as for pages of Parquet. */
  private static final int ZSTD_LEVEL = 3;

  private final FileStream out;
  private final Function<ItemCursor, GenericRecord> records;
  private final DataFileWriter<GenericRecord> writer;

  public AvroSink(FileStream out, Schema schema, Function<ItemCursor, GenericRecord> records)
      throws IOException {
    this.out = out;
    this.records = records;
    this.writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))
            .setCodec(CodecFactory.zstandardCodec(ZSTD_LEVEL))
            .setSyncInterval(BLOCK_BYTES);
    writer.setFlushOnEveryBlock(false);
    writer.create(schema, new Unclosed(out));
  }

  @Override
  public void write(ItemCursor item) throws IOException {
    writer.append(records.apply(item));
  }

  @Override
  public long bytes() {
    return out.position();
  }

  @Override
  public void finish() throws IOException {
    writer.close();
  }

  /** Does nothing: the writer holds only memory. */
  @Override
  public void close() {}
}

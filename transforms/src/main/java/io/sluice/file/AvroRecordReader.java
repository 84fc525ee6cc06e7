/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import io.sluice.item.InvalidItemException;
import io.sluice.item.KeySchema;
import java.io.IOException;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the records of an Avro file, a block in memory at a time. */
final class AvroRecordReader implements RecordReader {
  private final AvroBlocks blocks;
  private final AvroDecoder.Decoder decoder;
  private final @Nullable KeySchema schema;
  private AvroInput block = new AvroInput(new byte[0]);
  private long left;
  private long index = -1;
  private @Nullable Object record;

  private AvroRecordReader(AvroBlocks blocks, @Nullable KeySchema schema) {
    this.blocks = blocks;
    this.decoder = AvroDecoder.of(blocks.schema());
    this.schema = schema;
  }

  static AvroRecordReader open(FileSlice slice, @Nullable KeySchema schema) throws IOException {
    return new AvroRecordReader(AvroBlocks.open(InputFiles.open(slice)), schema);
  }

  @Override
  public boolean next() throws IOException {
    while (left == 0) {
      if (!block.isAtEnd()) {
        throw blocks.damaged(new IOException("bytes behind its last record"));
      }
      if (!blocks.next()) {
        return false;
      }
      block = new AvroInput(blocks.data());
      left = blocks.count();
    }
    try {
      record = decoder.read(block);
    } catch (AvroInput.TooDeepException e) {
      throw e;
    } catch (IOException e) {
      throw blocks.damaged(e);
    }
    left--;
    index++;
    return true;
  }

  @Override
  public long offset() {
    return index;
  }

  @Override
  public byte[] record() {
    return ForeignJson.of(record);
  }

  @Override
  public Map<String, AttributeValue> parse() throws InvalidItemException {
    return ForeignItem.of(record, schema);
  }

  @Override
  public void close() throws IOException {
    blocks.close();
  }
}

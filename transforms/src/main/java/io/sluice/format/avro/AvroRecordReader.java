/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.avro;

import io.sluice.failure.PayloadFormat;
import io.sluice.format.FileSlice;
import io.sluice.format.RecordReader;
import io.sluice.format.columnar.ColumnarJson;
import io.sluice.format.columnar.ItemFromColumns;
import io.sluice.format.columnar.RoundTripItems;
import io.sluice.item.InvalidItemException;
import io.sluice.item.KeyAttribute;
import io.sluice.item.Origin;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the records of an Avro file, with one block in memory at a time. */
final class AvroRecordReader implements RecordReader {
  private final String file;
  private final AvroBlocks blocks;
  private final AvroDecoder.Decoder decoder;
  private final List<KeyAttribute> keys;
  private final @Nullable RoundTripItems marked;
  private AvroInput block = new AvroInput(new byte[0]);
  private long left;
  private long index = -1;
  private @Nullable Object record;

  private AvroRecordReader(String file, AvroBlocks blocks, List<KeyAttribute> keys)
      throws IOException {
    this.file = file;
    this.blocks = blocks;
    this.decoder = AvroDecoder.of(blocks.schema());
    this.keys = keys;
    this.marked = RoundTripItems.of(blocks.schema());
  }

  static AvroRecordReader open(FileSlice slice, List<KeyAttribute> keys) throws IOException {
    AvroBlocks blocks = AvroBlocks.open(slice.open());
    try {
      return new AvroRecordReader(slice.file().toString(), blocks, keys);
    } catch (IOException | RuntimeException e) {
      blocks.close();
      throw e;
    }
  }

  @Override
  public List<String> columns() {
    Schema schema = blocks.schema();
    return marked == null && schema.getType() == Schema.Type.RECORD
        ? schema.getFields().stream().map(Schema.Field::name).toList()
        : List.of();
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
      try {
        block.checkRecords(left);
      } catch (IOException e) {
        throw blocks.damaged(e);
      }
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
  public Origin origin() {
    return new Origin(file, index);
  }

  @Override
  public byte[] record() {
    return ColumnarJson.of(record);
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
  public Map<String, AttributeValue> parse() throws InvalidItemException {
    return marked == null ? ItemFromColumns.of(record, keys) : marked.item(record);
  }

  @Override
  public void close() throws IOException {
    blocks.close();
  }
}

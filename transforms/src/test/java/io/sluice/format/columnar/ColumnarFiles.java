/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.RecordReader;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import io.sluice.item.json.ItemJson;
import io.sluice.source.KeyFrom;
import io.sluice.source.SliceReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes files as other programs do, and reads them as we do. */
public final class ColumnarFiles {
  private ColumnarFiles() {}

  /** The result of reading a record: an item or a refusal. */
  public record Read(
      long offset,
      String json,
      @Nullable Map<String, AttributeValue> item,
      @Nullable InvalidItemException refusal) {}

  public static List<Read> read(Format format, Path file) throws IOException {
    return read(format, file, 0, Long.MAX_VALUE);
  }

  public static List<Read> read(Format format, Path file, long start, long end) throws IOException {
    FileSlice slice =
        new FileSlice(
            FileSystems.matchNewResource(file.toString(), false), start, end, end - start);
    List<Read> reads = new ArrayList<>();
    try (RecordReader reader = format.open(slice)) {
      while (reader.next()) {
        String json = new String(reader.record(), UTF_8);
        try {
          reads.add(new Read(reader.origin().offset(), json, reader.parse(), null));
        } catch (InvalidItemException e) {
          reads.add(new Read(reader.origin().offset(), json, null, e));
        }
      }
    }
    return reads;
  }

  /** Reads a file with one valid record. */
  public static Map<String, AttributeValue> readItem(Format format, Path file) throws IOException {
    List<Read> reads = read(format, file);
    assertThat(reads.size(), is(1));
    assertThat(reads.get(0).refusal(), is((InvalidItemException) null));
    return reads.get(0).item();
  }

  public static void assertRefused(Read read, Reason reason, String message) {
    assertThat(read.refusal().getMessage(), is(message));
    assertThat(read.refusal().reason(), is(reason));
  }

  /** Reads an unreadable file as the steps of a pipeline do; returns the message. */
  public static String failure(Format format, Path file) {
    SliceReader.Recipe recipe = new SliceReader.Recipe(format, KeyFrom.RECORD, null, List.of());
    FileSlice slice = FileSlice.whole(FileSystems.matchNewResource(file.toString(), false), 1);
    IOException e =
        assertThrows(
            IOException.class,
            () -> {
              try (SliceReader reader = SliceReader.open(recipe, slice)) {
                while (reader.next() != null) {}
              }
            });
    return e.getMessage().replace(file.toString(), "FILE");
  }

  /** Parses an item in DynamoDB JSON. */
  public static Map<String, AttributeValue> item(String json) {
    byte[] utf8 = json.getBytes(UTF_8);
    try {
      return ItemJson.parseRecord(utf8, 0, utf8.length);
    } catch (InvalidItemException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  public static Schema schema(String json) {
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  public static Path writeAvro(Path file, Schema schema, Object... records) throws IOException {
    return writeAvro(file, CodecFactory.nullCodec(), schema, records);
  }

  public static Path writeAvro(Path file, CodecFactory codec, Schema schema, Object... records)
      throws IOException {
    try (var writer = new DataFileWriter<>(new GenericDatumWriter<Object>(schema))) {
      writer.setCodec(codec).create(schema, file.toFile());
      for (Object record : records) {
        writer.append(record);
      }
    }
    return file;
  }

  /** Returns a writer of Parquet that can be configured further. */
  public static ExampleParquetWriter.Builder parquet(Path file, MessageType schema) {
    return ExampleParquetWriter.builder(output(file)).withType(schema);
  }

  public static Path writeParquet(Path file, MessageType schema, Group... records)
      throws IOException {
    try (ParquetWriter<Group> writer = parquet(file, schema).build()) {
      for (Group record : records) {
        writer.write(record);
      }
    }
    return file;
  }

  /** Writes records as parquet-avro does, with lists of three levels. */
  public static Path writeParquet(Path file, Schema schema, List<GenericRecord> records)
      throws IOException {
    Configuration conf = new Configuration(false);
    conf.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
    try (ParquetWriter<GenericRecord> writer =
        AvroParquetWriter.<GenericRecord>builder(output(file))
            .withSchema(schema)
            .withConf(conf)
            .build()) {
      for (GenericRecord record : records) {
        writer.write(record);
      }
    }
    return file;
  }

  public static OutputFile output(Path file) {
    return new OutputFile() {
      @Override
      public PositionOutputStream create(long blockSize) throws IOException {
        return new Positioned(new BufferedOutputStream(Files.newOutputStream(file)));
      }

      @Override
      public PositionOutputStream createOrOverwrite(long blockSize) throws IOException {
        return create(blockSize);
      }

      @Override
      public boolean supportsBlockSize() {
        return false;
      }

      @Override
      public long defaultBlockSize() {
        return 0;
      }
    };
  }

  private static final class Positioned extends PositionOutputStream {
    private final OutputStream out;
    private long position;

    Positioned(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      position += length;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}

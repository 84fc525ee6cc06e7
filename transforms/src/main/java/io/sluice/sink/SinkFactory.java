/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import io.sluice.format.FileStream;
import io.sluice.format.ItemSink;
import io.sluice.format.avro.AvroSink;
import io.sluice.format.csv.CsvLines;
import io.sluice.format.json.JsonLines;
import io.sluice.format.parquet.ParquetSink;
import io.sluice.format.parquet.RowGroupMemory;
import io.sluice.format.stream.LineSink;
import io.sluice.schema.ItemRecords;
import io.sluice.schema.TableSchema;
import java.io.IOException;

/** Begins files of one format and schema, one behind the other. */
interface SinkFactory {

  /** Begins to write items into a stream; who opened the stream closes it. */
  ItemSink open(FileStream out) throws IOException;

  /**
   * Of a format that needs no schema.
   *
   * @throws IllegalArgumentException when the format needs one
   */
  static SinkFactory of(OutputFormat format) {
    return switch (format) {
      case JSON -> out -> new LineSink(out, JsonLines::new);
      case DYNAMODB_JSON -> out -> new LineSink(out, LineSink::dynamoDbJson);
      default -> throw new IllegalArgumentException(format + " needs a schema");
    };
  }

  /**
   * Of any format.
   *
   * @param rowGroupBytes how much of a file of Parquet to hold back at most
   * @param randomOrder whether the first items of a file are a fair sample of all
   * @throws IllegalArgumentException when the format has no type for a field of the schema
   */
  static SinkFactory of(
      OutputFormat format, TableSchema schema, long rowGroupBytes, boolean randomOrder) {
    return switch (format) {
      case PARQUET -> {
        ItemRecords records = ItemRecords.of(schema);
        yield out ->
            new ParquetSink(
                out,
                records.schema(),
                records::record,
                rowGroupBytes,
                randomOrder,
                RowGroupMemory.OF_JVM);
      }
      case AVRO -> {
        ItemRecords records = ItemRecords.of(schema);
        yield out -> new AvroSink(out, records.schema(), records::record);
      }
      case CSV -> out -> new LineSink(out, lines -> new CsvLines(lines, schema));
      case JSON, DYNAMODB_JSON -> of(format);
    };
  }
}

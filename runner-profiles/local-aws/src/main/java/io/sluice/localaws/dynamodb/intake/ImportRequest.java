/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.intake;

import io.sluice.localaws.dynamodb.bucket.Compression;
import io.sluice.localaws.dynamodb.format.CsvFormat;
import io.sluice.localaws.dynamodb.format.ItemFormat;
import io.sluice.localaws.dynamodb.format.RecordReader;
import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what an ImportTable request says.
 *
 * @param tree the request itself
 * @param prefix of the keys of the objects to read; empty for all
 * @param format CSV, or one of {@link ItemFormat}
 */
record ImportRequest(
    Map<String, Object> tree,
    String token,
    String bucket,
    Optional<String> owner,
    String prefix,
    String format,
    Optional<Fields> csv,
    Compression compression) {

  private static final String CSV = "CSV";

  /**
   * Reads a request.
   *
   * @throws DynamoDbException if it is not valid, but for its TableCreationParameters
   */
  static ImportRequest read(Map<String, Object> tree) {
    Fields request = ImportShapes.IMPORT.read(tree);
    Fields source = request.fields("S3BucketSource").orElseThrow();
    String format = request.text("InputFormat").orElseThrow();
    Optional<Fields> csv = request.fields("InputFormatOptions").flatMap(all -> all.fields("Csv"));
    if (csv.isPresent() && !format.equals(CSV)) {
      throw DynamoDbException.validation(
          "Invalid Request: Unsupported InputFormatOptions for the given input format: "
              + format
              + ".");
    }
    return new ImportRequest(
        tree,
        request.text("ClientToken").orElseThrow(),
        source.text("S3Bucket").orElseThrow(),
        source.text("S3BucketOwner"),
        source.text("S3KeyPrefix").orElse(""),
        format,
        csv,
        request.text("InputCompressionType").map(Compression::valueOf).orElse(Compression.NONE));
  }

  /** Gives the CreateTable request for the new table. */
  @SuppressWarnings("unchecked")
  Map<String, Object> table() {
    return (Map<String, Object>) tree.get("TableCreationParameters");
  }

  /** Opens the records of a decompressed object. */
  RecordReader reader(InputStream object, TableDefinition table) throws IOException {
    if (!format.equals(CSV)) {
      return ItemFormat.valueOf(format).reader(object);
    }
    char delimiter = csv.flatMap(options -> options.text("Delimiter")).orElse(",").charAt(0);
    List<String> headers = csv.map(options -> options.texts("HeaderList")).orElse(List.of());
    return new CsvFormat(delimiter, headers, table.attributes()).reader(object);
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.dynamodbjson;

import io.sluice.format.ExportLayout;
import io.sluice.format.OutputDefinition;
import io.sluice.format.SinkFactory;
import io.sluice.format.SinkSettings;
import io.sluice.format.catalog.ColumnType;
import io.sluice.format.catalog.ColumnType.Decimal;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.ColumnType.Scalar;
import io.sluice.format.catalog.ColumnType.Struct;
import io.sluice.format.catalog.Dialects;
import io.sluice.format.catalog.DuckDbNames;
import io.sluice.format.catalog.DuckDbScan;
import io.sluice.format.catalog.HiveSerde;
import io.sluice.format.catalog.JsonKeys;
import io.sluice.format.catalog.PlainColumns;
import io.sluice.format.nativeexport.NativeLayout;
import io.sluice.format.stream.LineSink;
import io.sluice.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes one line of DynamoDB JSON per item, compressed with gzip, in the layout of DynamoDB's own
 * exports; an import restores the items exactly.
 */
final class DynamoDbJsonOutput implements OutputDefinition {

  @Override
  public String suffix() {
    return ".json.gz";
  }

  @Override
  public boolean isLossless() {
    return true;
  }

  @Override
  public boolean needsSchema() {
    return false;
  }

  @Override
  public SinkFactory sinks(SinkSettings settings) {
    return out -> new LineSink(out, LineSink::dynamoDbJson);
  }

  @Override
  public List<Field> columns(TableSchema schema) {
    return TypedColumns.of(schema);
  }

  /** Selects each attribute without its type if the type is known, else as DynamoDB JSON. */
  @Override
  public List<Field> queriedColumns(TableSchema schema) {
    return DuckDbScan.numbered(PlainColumns.of(schema));
  }

  @Override
  public HiveSerde serde(TableSchema schema, List<Field> named) {
    return HiveSerde.ofJsonLines(JsonKeys.properties(columns(schema), named));
  }

  @Override
  public DuckDbScan duckDb(TableSchema schema, String files) {
    List<String> columns = new ArrayList<>();
    List<Field> plain = queriedColumns(schema);
    List<Field> typed = ((Struct) columns(schema).get(0).type()).fields();
    for (int i = 0; i < plain.size(); i++) {
      columns.add(
          "%s AS %s"
              .formatted(
                  value(typed.get(i), plain.get(i).type()),
                  DuckDbNames.quoted(plain.get(i).name())));
    }
    return new DuckDbScan(
        String.join(",\n  ", columns),
        """
        read_json(%s, format = 'newline_delimited', hive_partitioning = false,
          columns = {'%s': 'JSON'})"""
            .formatted(files, TypedColumns.ITEM));
  }

  private static String value(Field attribute, ColumnType plain) {
    String pointer = "/" + attribute.name().replace("~", "~0").replace("/", "~1");
    String at = TypedColumns.ITEM + "->" + DuckDbScan.text(pointer);
    List<Field> types = ((Struct) attribute.type()).fields();
    boolean flat = plain instanceof Decimal || plain instanceof Scalar;
    if (!flat || types.size() > 1) {
      return at;
    }
    String type = types.get(0).name();
    String value = at + "->>'/" + type + "'";
    if (type.equals("B")) {
      return "from_base64(" + value + ")";
    }
    return plain == Scalar.STRING
        ? value
        : "CAST(%s AS %s)".formatted(value, plain.in(Dialects.DUCKDB));
  }

  @Override
  public Optional<ExportLayout> layout() {
    return Optional.of(new NativeLayout("DYNAMODB_JSON"));
  }
}

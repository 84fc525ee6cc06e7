/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import io.sluice.format.catalog.ColumnType;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.Dialects;
import io.sluice.format.catalog.HiveSerde;
import io.sluice.snapshot.TableFolder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the statements that define a snapshot in Athena, each ending in a semicolon. */
public final class AthenaSql {
  /** Characters that an editor may not show. */
  private static final Pattern PRIVATE_USE = Pattern.compile("[\uE000-\uF8FF]");

  private AthenaSql() {}

  static String of(CatalogTable table) {
    return """
        -- Snapshots of the DynamoDB table %s. Run these one by one, in the database of your choice.
        -- If attributes were added since the table was created, DROP TABLE `%s` first:
        -- that removes no files; %s.
        -- If the format is another one, DROP TABLE as well, and do not repair it: snapshots of the other
        -- format need a table of their own, with a partition added for each.

        %s
        %s
        %s"""
        .formatted(
            table.manifest().table(),
            table.snapshots(),
            earlier(table),
            create(table),
            partition(table),
            "CREATE OR REPLACE VIEW \"%s\" AS\n%s;\n".formatted(table.name(), view(table)));
  }

  /**
   * Warns about data in a format's own folders, which is at a deeper level than Athena searches.
   */
  private static String earlier(CatalogTable table) {
    return table.manifest().format().output().layout().isPresent()
        ? "earlier snapshots are to be added again"
        : "earlier snapshots come back by MSCK REPAIR TABLE `" + table.snapshots() + "`";
  }

  private static String create(CatalogTable table) {
    HiveSerde serde = table.serde();
    StringBuilder sql = new StringBuilder();
    sql.append("CREATE EXTERNAL TABLE IF NOT EXISTS `").append(table.snapshots()).append("` (\n");
    sql.append(
        table.columns().stream()
            .map(c -> "  `%s` %s".formatted(c.name(), table.type(c, Dialects.HIVE)))
            .collect(Collectors.joining(",\n")));
    sql.append("\n)\nPARTITIONED BY (`").append(TableFolder.TIME_COLUMN).append("` string)\n");
    sql.append("ROW FORMAT SERDE ").append(text(serde.className())).append('\n');
    sql.append(properties("WITH SERDEPROPERTIES", serde.properties()));
    sql.append("STORED AS INPUTFORMAT ").append(text(serde.inputFormat())).append('\n');
    sql.append("  OUTPUTFORMAT ").append(text(serde.outputFormat())).append('\n');
    sql.append("LOCATION ").append(text(table.folder())).append('\n');
    TreeMap<String, String> tableProperties = new TreeMap<>(serde.tableProperties());
    tableProperties.put("classification", serde.classification());
    sql.append(properties("TBLPROPERTIES", tableProperties).stripTrailing());
    return sql.append(";\n").toString();
  }

  private static String properties(String clause, Map<String, String> properties) {
    return properties.isEmpty()
        ? ""
        : properties.entrySet().stream()
            .map(e -> text(e.getKey()) + " = " + text(e.getValue()))
            .collect(Collectors.joining(", ", clause + " (", ")\n"));
  }

  /**
   * Replaces the partition: an existing one of the same time may belong to an overwritten snapshot,
   * with other columns and, for DYNAMODB_JSON, in another folder.
   */
  public static String partition(CatalogTable table) {
    String partition =
        "PARTITION (`%s` = %s)".formatted(TableFolder.TIME_COLUMN, text(table.time()));
    return """
        ALTER TABLE `%s` DROP IF EXISTS %s;

        ALTER TABLE `%s` ADD %s
          LOCATION %s;
        """
        .formatted(
            table.snapshots(), partition, table.snapshots(), partition, text(table.location()));
  }

  /** Returns the query of the view of the latest snapshot. */
  static String view(CatalogTable table) {
    String columns =
        Stream.concat(table.columns().stream().map(Field::name), Stream.of(TableFolder.TIME_COLUMN))
            .map(name -> "\"" + name + "\"")
            .collect(Collectors.joining(", "));
    return "SELECT %s%nFROM \"%s\"%nWHERE \"%s\" = '%s'"
        .formatted(columns, table.snapshots(), TableFolder.TIME_COLUMN, table.time());
  }

  /** Quotes a text for Hive. */
  public static String text(String text) {
    String escaped = text.replace("\\", "\\\\").replace("'", "\\'");
    return "'"
        + PRIVATE_USE
            .matcher(escaped)
            .replaceAll(c -> "\\\\u%04X".formatted((int) c.group().charAt(0)))
        + "'";
  }

  /** Returns the columns of the view, including the time. */
  static List<Field> viewColumns(CatalogTable table) {
    return Stream.concat(
            table.columns().stream().map(c -> new Field(c.name(), table.type(c))),
            Stream.of(new Field(TableFolder.TIME_COLUMN, ColumnType.Scalar.STRING)))
        .toList();
  }
}

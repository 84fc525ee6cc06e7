/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.format.registry.FileFormat;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.TableFolder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the texts for catalogs of an output: {@code _catalog/athena/<name>.sql}, {@code
 * _catalog/duckdb/<name>.sql}, and {@code _catalog/tables/<name>.json}, which records the table
 * that has the name. A name stays with its table; if two tables take the same new name at the same
 * moment, the later one wins.
 */
public final class CatalogFiles {
  /** The beginning of the name of a table with the captured changes that commits list. */
  public static final String COMMITTED = "committed_";

  /** The beginning of the name of a view of captured changes. */
  public static final String DELTAS = "deltas_";

  private static final List<String> NOT_FOR_TABLES = List.of(TableFolder.PREFIX, COMMITTED, DELTAS);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TableFolder folder;
  private final Folder files;

  public CatalogFiles(TableFolder folder) {
    this.folder = folder;
    this.files = Folder.of(folder.catalog());
  }

  /**
   * Returns the table's name in catalogs: the folded name, with a number appended if another table
   * of this output has it. The view of a table {@code snapshots_x} gets another name, because that
   * is the name of the table of all snapshots of {@code x}; so do those of the tables {@code
   * committed_x} and {@code deltas_x}.
   */
  public String takeName() throws IOException {
    String folded = CatalogNames.folded(folder.table());
    if (NOT_FOR_TABLES.stream().anyMatch(folded::startsWith)) {
      folded = "table_" + folded;
    }
    for (int i = 1; ; i++) {
      String name = i == 1 ? folded : folded + "_" + i;
      Optional<byte[]> owner = files.read(ownerFile(name));
      if (owner.isEmpty()) {
        byte[] json = JSON.writeValueAsBytes(Map.of("table", folder.table()));
        files.write(ownerFile(name), json, "application/json");
        return name;
      }
      if (tableOf(name, owner.get()).equals(folder.table())) {
        return name;
      }
    }
  }

  private static String ownerFile(String name) {
    return "tables/" + name + ".json";
  }

  private String tableOf(String name, byte[] json) throws IOException {
    try {
      JsonNode table = JSON.readTree(json).path("table");
      if (table.isTextual()) {
        return table.textValue();
      }
    } catch (JsonProcessingException e) {
      // Reported below.
    }
    throw new PublishException(files + ownerFile(name) + " does not name a table");
  }

  /** Writes the texts, replacing those of an earlier snapshot. */
  public void write(CatalogTable table) throws IOException {
    if (table.isInS3()) {
      write("athena", table.name(), AthenaSql.of(table));
    }
    write("duckdb", table.name(), duckDb(table));
  }

  /**
   * Writes a text, replacing an earlier one.
   *
   * @param reader the folder for those who read it, such as {@code athena}
   * @param name of the table or view
   */
  public void write(String reader, String name, String text) throws IOException {
    files.write(reader + "/" + name + ".sql", text.getBytes(UTF_8), "text/plain");
  }

  private static String duckDb(CatalogTable table) {
    StringBuilder sql = new StringBuilder();
    sql.append(
        "-- The latest snapshot of the DynamoDB table %s.%n".formatted(table.manifest().table()));
    if (table.isInS3()) {
      sql.append(DuckDbSql.S3);
    }
    FileFormat format = table.manifest().format();
    format
        .output()
        .duckDbExtension()
        .ifPresent(
            name ->
                sql.append(
                    "-- %s is read with an extension: INSTALL %s; LOAD %s;%n"
                        .formatted(format, name, name)));
    String snapshot = table.folder() + TableFolder.TIME_COLUMN + "=" + table.time() + "/";
    return sql.append(DuckDbSql.view(table.manifest(), table.name(), snapshot)).toString();
  }
}

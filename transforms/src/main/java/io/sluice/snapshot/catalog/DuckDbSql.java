/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import io.sluice.format.OutputDefinition;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.Dialects;
import io.sluice.format.catalog.DuckDbNames;
import io.sluice.format.catalog.DuckDbScan;
import io.sluice.schema.TableSchema;
import io.sluice.sink.WriteFiles;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.TableFolder;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the view with which DuckDB reads a snapshot: the columns of the files and {@code
 * snapshot_timestamp}. DuckDB ignores the case of ASCII letters in names: of JSON attributes that
 * differ only in case, the first becomes a column.
 */
public final class DuckDbSql {
  /** What people have to know whose files are in S3. */
  public static final String S3 =
      """
      -- DuckDB reads from S3 with its extension httpfs, and credentials:
      -- INSTALL httpfs; LOAD httpfs; CREATE SECRET (TYPE s3, PROVIDER credential_chain);
      """;

  private static final String SEPARATOR = ",\n  ";

  private final Manifest manifest;
  private final OutputDefinition output;
  private final TableSchema schema;

  private DuckDbSql(Manifest manifest) {
    this.manifest = manifest;
    this.output = manifest.format().output();
    this.schema = manifest.schema();
  }

  /**
   * Returns the statement that creates a view of a snapshot.
   *
   * @param view its name, which may be any text
   * @param folder of the data files, ending in a slash; it may be a copy of the snapshot's folder
   */
  public static String view(Manifest manifest, String view, String folder) {
    return "CREATE OR REPLACE VIEW "
        + DuckDbNames.quoted(view)
        + " AS\n"
        + new DuckDbSql(manifest).select(folder)
        + ";\n";
  }

  private String select(String folder) {
    if (manifest.files().isEmpty()) {
      return none();
    }
    DuckDbScan scan = output.duckDb(schema, DuckDbScan.text(glob(folder)));
    boolean hasTime =
        output.queriedColumns(schema).stream()
            .anyMatch(column -> column.name().equalsIgnoreCase(TableFolder.TIME_COLUMN));
    String separator = scan.isAll() ? ", " : SEPARATOR;
    String time = hasTime ? "" : separator + time();
    return "SELECT %s%s%nFROM %s".formatted(scan.select(), time, scan.from());
  }

  private String time() {
    return DuckDbScan.text(manifest.time().toString()) + " AS " + TableFolder.TIME_COLUMN;
  }

  /** Returns a glob that matches every file of the manifest: their names begin and end alike. */
  private String glob(String folder) {
    String first = manifest.files().get(0).name();
    return folder + first.replaceFirst(WriteFiles.PART + "[^./]*", WriteFiles.PART + "*");
  }

  /** Returns a view without rows, since DuckDB refuses to read zero files. */
  private String none() {
    List<String> columns = new ArrayList<>();
    for (Field field : DuckDbScan.numbered(output.queriedColumns(schema))) {
      columns.add(
          "CAST(NULL AS %s) AS %s"
              .formatted(field.type().in(Dialects.DUCKDB), DuckDbNames.quoted(field.name())));
    }
    columns.add(time());
    return "SELECT " + String.join(SEPARATOR, columns) + "\nWHERE false";
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import io.sluice.format.OutputDefinition;
import io.sluice.format.catalog.ColumnType;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.HiveSerde;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Run;
import io.sluice.snapshot.TableFolder;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes a table's latest snapshot for catalogs: a table of all snapshots, partitioned by their
 * time, and a view of the latest.
 *
 * @param name the view's name, of {@code [a-z0-9_]}
 * @param folder of all snapshots of the table, ending in a slash
 * @param location the folder of this snapshot's data files, ending in a slash
 * @param columns with their names in the catalog
 * @param serde how Hive reads the files
 * @param notes messages for people about names that had to change
 */
public record CatalogTable(
    String name,
    Manifest manifest,
    String folder,
    String location,
    List<Field> columns,
    HiveSerde serde,
    List<String> notes) {

  /**
   * Describes a snapshot.
   *
   * @param name the table's name in the catalog
   * @param folder of the table's snapshots, as the file system names it
   * @param snapshot the folder of this one, as the file system names it
   */
  public static CatalogTable of(String name, Manifest manifest, Folder folder, Folder snapshot) {
    OutputDefinition output = manifest.format().output();
    List<Field> inFiles = output.columns(manifest.schema());
    CatalogColumns named = CatalogColumns.of(manifest.format(), inFiles);
    List<String> notes = new ArrayList<>();
    String folded = CatalogNames.folded(manifest.table());
    if (!name.equals(folded)) {
      notes.add(
          "the table %s is %s in catalogs, where the name %s is another's"
              .formatted(manifest.table(), name, folded));
    }
    if (isInS3(folder.path())) {
      notes.addAll(named.notes());
    }
    return new CatalogTable(
        name,
        manifest,
        folder.path(),
        snapshot.path() + dataFolder(manifest),
        named.columns(),
        output.serde(manifest.schema(), named.columns()),
        notes);
  }

  /** Whether Athena can read the table: it reads only S3. */
  public boolean isInS3() {
    return isInS3(folder);
  }

  private static boolean isInS3(String folder) {
    return folder.startsWith("s3://");
  }

  /** Returns the path of the data files within a snapshot's folder. */
  private static String dataFolder(Manifest manifest) {
    return manifest
        .format()
        .output()
        .layout()
        .map(layout -> layout.dataFolder(Run.parse(manifest.run()).exportId()))
        .orElse("");
  }

  /** Returns the name of the table of all snapshots. */
  String snapshots() {
    return TableFolder.PREFIX + name;
  }

  /** Returns the value of the partition column. */
  String time() {
    return manifest.time().toString();
  }

  /** Returns the type of a column; text for readers that know only text. */
  ColumnType type(Field column) {
    return serde.textOnly() ? ColumnType.Scalar.STRING : column.type();
  }

  /** Returns the name of that type in a dialect. */
  String type(Field column, ColumnType.Dialect dialect) {
    return type(column).in(dialect);
  }
}

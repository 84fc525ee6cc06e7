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
 * A table's latest snapshot as a catalog is to know it: a table of all snapshots, partitioned by
 * their time, and a view of the latest.
 *
 * @param name the view's name, of {@code [a-z0-9_]}
 * @param folder where all snapshots of the table are, with a slash at its end
 * @param location where the data files of this one are, with a slash at its end
 * @param columns with the names that the catalog has for them
 * @param serde how Hive reads the files
 * @param notes names that had to change, for people
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
   * @param name what the catalog calls the table
   * @param folder of the table's snapshots, as the file system names it
   * @param snapshot of this one, as the file system names it
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

  /** Whether Athena is told of the table: it reads nothing else than S3. */
  public boolean isInS3() {
    return isInS3(folder);
  }

  private static boolean isInS3(String folder) {
    return folder.startsWith("s3://");
  }

  /** Where in a snapshot's folder its data files are. */
  private static String dataFolder(Manifest manifest) {
    return manifest
        .format()
        .output()
        .layout()
        .map(layout -> layout.dataFolder(Run.parse(manifest.run()).exportId()))
        .orElse("");
  }

  /** The name of the table of all snapshots. */
  String snapshots() {
    return TableFolder.PREFIX + name;
  }

  /** The value of the partition column. */
  String time() {
    return manifest.time().toString();
  }

  /** What a column of the catalog's table is, in a dialect; some readers know only text. */
  String type(Field column, ColumnType.Dialect dialect) {
    ColumnType type = serde.textOnly() ? ColumnType.Scalar.STRING : column.type();
    return type.in(dialect);
  }
}

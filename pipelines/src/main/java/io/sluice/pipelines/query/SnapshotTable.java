/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.query;

import io.sluice.pipelines.cli.Console;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.catalog.DuckDbSql;
import java.io.IOException;
import java.sql.SQLException;

/** The latest snapshot of a DynamoDB table, under the name of that. */
record SnapshotTable(Snapshots.Snapshot snapshot, Console console) implements QueryTable {

  @Override
  public String name() {
    return snapshot.folder().table();
  }

  @Override
  public void addTo(DuckDb db, Copies copies) throws IOException, SQLException {
    Manifest manifest = snapshot.manifest();
    String name = manifest.table();
    if (manifest.format().output().duckDbExtension().isPresent()) {
      console.tell(
          "the latest snapshot of "
              + name
              + " is "
              + manifest.format()
              + ", which DuckDB cannot read by itself: it is left out");
      return;
    }
    String folder =
        copies.of(
            name,
            snapshot.place(),
            manifest.files().stream().map(Manifest.File::name).toList(),
            manifest.bytes());
    db.execute(DuckDbSql.view(manifest, name, folder));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.pipelines.cli.JobException;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.TableFolder;
import java.io.IOException;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The snapshots of one table, by the folder that a person named: that of the exports of all tables,
 * or the folder {@code snapshots_TABLE} in it.
 *
 * @param output the folder of the exports
 * @param table the table's name
 */
public record TableSnapshots(String output, String table) {

  /**
   * Finds out whose snapshots are meant.
   *
   * @param option as it was typed, for messages
   * @param folder its value
   * @param table the table's name or ARN; null when the folder says which
   * @throws JobException when neither says it
   */
  public static TableSnapshots in(String option, String folder, @Nullable String table) {
    String path = folder.replaceFirst("/+$", "");
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    if (name.startsWith(TableFolder.PREFIX)) {
      String output = slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
      return new TableSnapshots(output, name.substring(TableFolder.PREFIX.length()));
    }
    if (table == null) {
      throw new JobException(
          option
              + " is no snapshot: give the folder of one, the folder snapshots_TABLE of a table's"
              + " snapshots, or --table");
    }
    return new TableSnapshots(path, TableNames.plain(table));
  }

  /** Returns the snapshots, oldest first. */
  public List<Snapshots.Snapshot> all() throws IOException {
    return Snapshots.under(output).of(table);
  }
}

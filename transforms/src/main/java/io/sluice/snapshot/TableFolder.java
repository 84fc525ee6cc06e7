/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import io.sluice.schema.TableSchema;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * The folder of a table's snapshots, {@code <output>/snapshots_<table>/}, with a folder {@code
 * snapshot_timestamp=<time>/} for each. It has the table's name as in DynamoDB; the name in a
 * catalog may differ.
 *
 * @param output a folder of any Beam file system, without a slash at its end; on S3 it may be the
 *     bucket
 * @param table the table's name
 */
public record TableFolder(String output, String table) implements Serializable {
  public static final String PREFIX = "snapshots_";

  /** The column that distinguishes the snapshots of a table, in paths and catalogs. */
  public static final String TIME_COLUMN = TableSchema.TIME_COLUMN;

  private static final String STAGING = "_staging/";
  private static final Pattern TABLE = Pattern.compile("[a-zA-Z0-9_.-]{1,255}");

  /** Characters with which a file system would match several names. */
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[\\]{}\\\\]");

  public TableFolder {
    output = output.replaceFirst("/+$", "");
    if (output.isEmpty() || output.endsWith(":") || WILDCARD.matcher(output).find()) {
      throw new IllegalArgumentException(
          "the output '" + output + "' must name a folder, without any of * ? [ ] { } \\");
    }
    if (!isTable(table)) {
      throw new IllegalArgumentException(
          "'" + table + "' is no name of a table: letters, digits, '_', '-', '.', 255 at most");
    }
  }

  /** Whether this can be the name of a table. */
  static boolean isTable(String name) {
    return TABLE.matcher(name).matches();
  }

  /** Returns the folder of all snapshots of the table, ending in a slash. */
  public String path() {
    return output + "/" + PREFIX + table + "/";
  }

  /** Returns the folder of a snapshot, ending in a slash, whether it exists or not. */
  public String snapshot(SnapshotTime time) {
    return path() + TIME_COLUMN + "=" + time + "/";
  }

  /**
   * Returns the folder of files that are not published, ending in a slash. Readers ignore it,
   * because its name begins with an underscore.
   */
  public String staging() {
    return path() + STAGING;
  }

  /** Returns the folder in which a run stages its files, ending in a slash. */
  public String staging(Run run) {
    return staging() + run.id() + "/";
  }

  /**
   * Returns the folder of the texts for catalogs, of all tables of the output, ending in a slash.
   */
  public String catalog() {
    return output + "/_catalog/";
  }
}

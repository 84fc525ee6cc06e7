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
 * Where the snapshots of a table are: {@code <output>/snapshots_<table>/}, with a folder {@code
 * snapshot_timestamp=<time>/} for each. The table's name is in it as DynamoDB has it; what a
 * catalog calls it is another matter.
 *
 * @param output a folder of any Beam file system, without the slash at its end; on S3 it may be the
 *     bucket
 * @param table the table's name
 */
public record TableFolder(String output, String table) implements Serializable {
  public static final String PREFIX = "snapshots_";

  /** The column that tells the snapshots of a table apart, in a path and in catalogs. */
  public static final String TIME_COLUMN = TableSchema.TIME_COLUMN;

  private static final String STAGING = "_staging/";
  private static final Pattern TABLE = Pattern.compile("[a-zA-Z0-9_.-]{1,255}");

  /** What a file system takes for more than one name. */
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

  /** Whether a table can have the name. */
  static boolean isTable(String name) {
    return TABLE.matcher(name).matches();
  }

  /** The folder of all snapshots of the table, with a slash at its end. */
  public String path() {
    return output + "/" + PREFIX + table + "/";
  }

  /** The folder of a snapshot, with a slash at its end, whether it is there or not. */
  public String snapshot(SnapshotTime time) {
    return path() + TIME_COLUMN + "=" + time + "/";
  }

  /**
   * The folder of files that are not published, with a slash at its end. Readers pass over it: its
   * name begins with an underscore.
   */
  public String staging() {
    return path() + STAGING;
  }

  /** Where a run stages its files, with a slash at its end. */
  public String staging(Run run) {
    return staging() + run.id() + "/";
  }

  /** The folder of texts for catalogs, of all tables of the output, with a slash at its end. */
  public String catalog() {
    return output + "/_catalog/";
  }
}

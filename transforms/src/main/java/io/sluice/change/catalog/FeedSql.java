/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.catalog;

import io.sluice.change.feed.FeedFolder;
import io.sluice.format.catalog.DuckDbNames;
import io.sluice.format.catalog.DuckDbScan;
import io.sluice.snapshot.catalog.AthenaSql;
import io.sluice.snapshot.catalog.DuckDbSql;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the statements that define the changes of a feed in Athena and DuckDB. */
public final class FeedSql {
  /** Reads lines as they are; a line of JSON has no control character that would divide it. */
  static final String SERDE = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";

  /** Reads the files whose names are in files: so Amazon S3 has its inventories read, too. */
  static final String INPUT_FORMAT = "org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat";

  static final String OUTPUT_FORMAT = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

  /** The only column of the table. */
  static final String RECORD = "record";

  private FeedSql() {}

  /** Returns the statements for Athena, each ending in a semicolon. */
  static String athena(FeedTable table) {
    return """
        -- Changes of the DynamoDB table %s, as the commits of its feed list them. Run these one by one, in
        -- the database of your choice, and the second again when an hour has begun.

        CREATE EXTERNAL TABLE IF NOT EXISTS `%s` (
          `%s` string
        )
        PARTITIONED BY (`%s` string)
        ROW FORMAT SERDE %s
        STORED AS INPUTFORMAT %s
          OUTPUTFORMAT %s
        LOCATION %s;

        MSCK REPAIR TABLE `%s`;

        CREATE OR REPLACE VIEW "%s" AS
        %s;
        """
        .formatted(
            table.feed().table(),
            table.committed(),
            RECORD,
            FeedFolder.HOUR_COLUMN,
            AthenaSql.text(SERDE),
            AthenaSql.text(INPUT_FORMAT),
            AthenaSql.text(OUTPUT_FORMAT),
            AthenaSql.text(table.folder()),
            table.committed(),
            table.deltas(),
            athenaView(table));
  }

  /** Returns the query of the view. */
  static String athenaView(FeedTable table) {
    return "SELECT\n  %s\nFROM \"%s\"".formatted(DeltaColumn.athena(), table.committed());
  }

  /** Returns the statements for DuckDB, which find the files when they are run. */
  static String duckDb(FeedTable table) {
    String lists = DuckDbScan.text(table.folder() + FeedFolder.HOUR_COLUMN + "=*/*.txt");
    return """
        -- Changes of the DynamoDB table %s, as the commits of its feed listed them when this was run.
        %sSET VARIABLE %s = (
          SELECT list(file) FROM (
            SELECT unnest(string_split(rtrim(content, chr(10)), chr(10))) AS file
            FROM read_text(%s)));
        %s"""
        .formatted(
            table.feed().table(),
            table.isInS3() ? DuckDbSql.S3 : "",
            table.committed(),
            lists,
            duckDbView(table.deltas(), "getvariable('" + table.committed() + "')"));
  }

  /**
   * Returns the statement that creates a view of changes in DuckDB.
   *
   * @param view its name, which may be any text
   * @param files of changes, or copies of them in folders of the same names; may be none
   */
  public static String duckDbView(String view, List<String> files) {
    return duckDbView(
        view, files.stream().map(DuckDbScan::text).collect(Collectors.joining(", ", "[", "]")));
  }

  private static String duckDbView(String view, String files) {
    // DuckDB refuses to read zero files.
    String from =
        files.equals("[]")
            ? "(SELECT NULL::JSON AS json, '' AS filename WHERE false)"
            : "read_ndjson_objects(" + files + ", filename = true)";
    return "CREATE OR REPLACE VIEW %s AS%nSELECT%n  %s%nFROM %s;%n"
        .formatted(DuckDbNames.quoted(view), DeltaColumn.duckDb(), from);
  }
}

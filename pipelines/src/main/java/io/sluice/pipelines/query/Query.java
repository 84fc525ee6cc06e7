/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.query;

import io.sluice.change.feed.FeedFolder;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.Scratch;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.catalog.CatalogFiles;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;

/**
 * Queries the latest snapshots of exported tables, each under its own name, and captured changes,
 * those of the table {@code trips} as {@code deltas_trips}.
 */
public final class Query {
  private final QuerySettings settings;
  private final Console console;

  private Query(QuerySettings settings, Console console) {
    this.settings = settings;
    this.console = console;
  }

  /** Runs the query and prints its result; returns the exit code. */
  public static int run(QueryOptions options, Console console) {
    QuerySettings settings = QuerySettings.of(options);
    if (settings.output().startsWith("s3://")) {
      Aws.configure(options);
    }
    FileSystems.setDefaultPipelineOptions(options);
    return new Query(settings, console).run();
  }

  private int run() {
    try (DuckDb db = DuckDb.open();
        Scratch scratch = Scratch.open(console)) {
      List<QueryTable> tables = tables();
      if (tables.isEmpty()) {
        throw new JobException(
            "no snapshot is published under --output="
                + settings.output()
                + ", and no changes were captured to it");
      }
      Set<String> named =
          NamedTables.in(settings.sql(), tables.stream().map(QueryTable::name).toList());
      Set<String> names = new HashSet<>();
      for (QueryTable table : tables) {
        // Others need not be downloaded.
        if (named.contains(table.name())) {
          if (!names.add(table.name().toLowerCase(Locale.ROOT))) {
            throw new JobException(
                "there are tables whose names differ from "
                    + table.name()
                    + " only in upper and lower case, if at all, which SQL does not tell apart");
          }
          table.addTo(db, new Copies(scratch));
        }
      }
      console.out().print(ask(db, tables));
      return ExitCode.OK;
    } catch (JobException e) {
      throw e;
    } catch (IOException | SQLException | RuntimeException e) {
      throw new JobException(
          "the tables under "
              + settings.output()
              + " cannot be queried: "
              + UserMessages.oneLine(e),
          e);
    }
  }

  /** Whether the query may name captured changes. To find those, all of their files are listed. */
  private boolean mayNameDeltas() {
    return settings.sql().toLowerCase(Locale.ROOT).contains(CatalogFiles.DELTAS);
  }

  private List<QueryTable> tables() throws IOException {
    List<QueryTable> tables = new ArrayList<>();
    for (Snapshots.Snapshot snapshot : Snapshots.under(settings.output()).latest()) {
      tables.add(new SnapshotTable(snapshot, console));
    }
    if (tables.isEmpty() || mayNameDeltas()) {
      tables.addAll(deltas());
    }
    return tables;
  }

  private List<DeltaTable> deltas() throws IOException {
    return FeedFolder.under(settings.output()).stream().map(DeltaTable::new).toList();
  }

  private String ask(DuckDb db, List<QueryTable> tables) {
    try {
      return db.query(settings.sql(), settings.maxRows());
    } catch (SQLException e) {
      throw new JobException(
          "DuckDB does not take the query: "
              + UserMessages.oneLine(e)
              + "; the tables are "
              + names(tables),
          e);
    }
  }

  /** Names the tables, those of captured changes too, which may not be listed yet. */
  private String names(List<QueryTable> tables) {
    Set<String> names = new LinkedHashSet<>();
    tables.forEach(table -> names.add(table.name()));
    String unlisted = "";
    if (!mayNameDeltas()) {
      try {
        deltas().forEach(table -> names.add(table.name()));
      } catch (IOException | RuntimeException e) {
        // The query is the mistake, and its message the one that helps.
        unlisted = "; captured changes cannot be listed: " + UserMessages.oneLine(e);
      }
    }
    return String.join(", ", names) + unlisted;
  }
}

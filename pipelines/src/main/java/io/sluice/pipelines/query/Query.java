/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.query;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.Scratch;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.catalog.DuckDbSql;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;

/** Queries the latest snapshots of exported tables, each under its own name. */
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
      List<Snapshots.Snapshot> tables = Snapshots.under(settings.output()).latest();
      if (tables.isEmpty()) {
        throw new JobException("no snapshot is published under --output=" + settings.output());
      }
      Set<String> named =
          NamedTables.in(
              settings.sql(), tables.stream().map(table -> table.folder().table()).toList());
      Set<String> names = new HashSet<>();
      for (Snapshots.Snapshot table : tables) {
        // Others need not be downloaded.
        if (named.contains(table.folder().table())) {
          if (!names.add(table.folder().table().toLowerCase(Locale.ROOT))) {
            throw new JobException(
                "there are tables whose names differ from "
                    + table.folder().table()
                    + " only in upper and lower case, which SQL does not tell apart");
          }
          add(table, db, scratch);
        }
      }
      console.out().print(ask(db, tables));
      return ExitCode.OK;
    } catch (JobException e) {
      throw e;
    } catch (IOException | SQLException | RuntimeException e) {
      throw new JobException(
          "the snapshots under "
              + settings.output()
              + " cannot be read: "
              + UserMessages.oneLine(e),
          e);
    }
  }

  private String ask(DuckDb db, List<Snapshots.Snapshot> tables) {
    try {
      return db.query(settings.sql(), settings.maxRows());
    } catch (SQLException e) {
      String names = tables.stream().map(t -> t.folder().table()).collect(Collectors.joining(", "));
      throw new JobException(
          "DuckDB does not take the query: "
              + UserMessages.oneLine(e)
              + "; the tables are "
              + names,
          e);
    }
  }

  private void add(Snapshots.Snapshot table, DuckDb db, Scratch scratch)
      throws IOException, SQLException {
    Manifest manifest = table.manifest();
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
    long bytes = manifest.files().stream().mapToLong(Manifest.File::bytes).sum();
    Optional<String> problem = scratch.problem(bytes);
    if (problem.isPresent()) {
      throw new JobException("the snapshot of " + name + " cannot be queried: " + problem.get());
    }
    Path folder = inside(scratch.folder(), name);
    for (Manifest.File file : manifest.files()) {
      Path local = inside(folder, file.name());
      Files.createDirectories(local.getParent());
      try (InputStream in =
          Channels.newInputStream(
              FileSystems.open(FileSystems.matchNewResource(table.place() + file.name(), false)))) {
        Files.copy(in, local);
      }
    }
    db.execute(DuckDbSql.view(manifest, name, folder + "/"));
  }

  /** Keeps the file inside the folder: a name is data, and must not lead elsewhere. */
  private static Path inside(Path folder, String name) throws IOException {
    Path place = folder.resolve(name).normalize();
    if (!place.startsWith(folder) || place.equals(folder)) {
      throw new IOException("a manifest has the name " + name + ", which is not below its folder");
    }
    return place;
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.query;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.Scratch;
import io.sluice.sink.OutputFormat;
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

/** A query over the latest snapshots of exported tables, each under its own name. */
public final class Query {
  private final QueryOptions options;
  private final Console console;

  private Query(QueryOptions options, Console console) {
    this.options = options;
    this.console = console;
  }

  /** Runs the query and prints its result; the exit code. */
  public static int run(QueryOptions options, Console console) {
    OptionErrors problems = new OptionErrors();
    if (options.getOutput() == null) {
      problems.add("--output is missing: give the folder of the exports");
    }
    if (options.getSql() == null) {
      problems.add("the query is missing: give it in quotes, such as \"select * from trips\"");
    }
    problems.atLeast("maxRows", options.getMaxRows(), 1);
    problems.throwIfAny();
    if (options.getOutput().startsWith("s3://")) {
      Aws.configure(options);
    }
    FileSystems.setDefaultPipelineOptions(options);
    return new Query(options, console).run();
  }

  private int run() {
    try (DuckDb db = DuckDb.open();
        Scratch scratch = Scratch.open(console)) {
      List<Snapshots.Snapshot> tables = Snapshots.under(options.getOutput()).latest();
      if (tables.isEmpty()) {
        throw new JobException("no snapshot is published under --output=" + options.getOutput());
      }
      Set<String> named =
          NamedTables.in(
              options.getSql(), tables.stream().map(table -> table.folder().table()).toList());
      Set<String> names = new HashSet<>();
      for (Snapshots.Snapshot table : tables) {
        // Others need not be fetched.
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
              + options.getOutput()
              + " cannot be read: "
              + UserMessages.oneLine(e),
          e);
    }
  }

  private String ask(DuckDb db, List<Snapshots.Snapshot> tables) {
    try {
      return db.query(options.getSql(), options.getMaxRows());
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
    if (manifest.format() == OutputFormat.AVRO) {
      console.tell(
          "the latest snapshot of "
              + name
              + " is AVRO, which DuckDB cannot read by itself: it is left out");
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

  /** A name is data, and leads nowhere else. */
  private static Path inside(Path folder, String name) throws IOException {
    Path place = folder.resolve(name).normalize();
    if (!place.startsWith(folder) || place.equals(folder)) {
      throw new IOException("a manifest has the name " + name + ", which is not below its folder");
    }
    return place;
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.sink.OutputFormat;
import io.sluice.snapshot.DuckDbSql;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshots;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;

/** A query over the latest snapshots of exported tables, each under its own name. */
final class Query {
  private final QueryOptions options;

  private Query(QueryOptions options) {
    this.options = options;
  }

  /** Runs the query and prints its result; the exit code. */
  static int run(QueryOptions options) {
    Problems problems = new Problems();
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
    return new Query(options).run();
  }

  private int run() {
    Path scratch = null;
    try (DuckDb db = DuckDb.open()) {
      scratch = Files.createTempDirectory("sluice-query");
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
      System.out.print(ask(db, tables));
      return ExitCode.OK;
    } catch (JobException e) {
      throw e;
    } catch (IOException | SQLException | RuntimeException e) {
      throw new JobException(
          "the snapshots under " + options.getOutput() + " cannot be read: " + Causes.oneLine(e),
          e);
    } finally {
      delete(scratch);
    }
  }

  private String ask(DuckDb db, List<Snapshots.Snapshot> tables) {
    try {
      return db.query(options.getSql(), options.getMaxRows()).text();
    } catch (SQLException e) {
      String names = tables.stream().map(t -> t.folder().table()).collect(Collectors.joining(", "));
      throw new JobException(
          "DuckDB does not take the query: " + Causes.oneLine(e) + "; the tables are " + names, e);
    }
  }

  private static void add(Snapshots.Snapshot table, DuckDb db, Path scratch)
      throws IOException, SQLException {
    Manifest manifest = table.manifest();
    String name = manifest.table();
    if (manifest.format() == OutputFormat.AVRO) {
      System.err.println(
          "sluice: the latest snapshot of "
              + name
              + " is AVRO, which DuckDB cannot read by itself: it is left out");
      return;
    }
    Path folder = scratch.resolve(name);
    for (Manifest.File file : manifest.files()) {
      Path local = folder.resolve(file.name());
      Files.createDirectories(local.getParent());
      try (InputStream in =
          Channels.newInputStream(
              FileSystems.open(FileSystems.matchNewResource(table.place() + file.name(), false)))) {
        Files.copy(in, local);
      }
    }
    db.execute(DuckDbSql.view(manifest, name, folder + "/"));
  }

  private static void delete(Path folder) {
    if (folder == null) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
              Files.delete(dir);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      System.err.println("sluice: " + folder + " could not be deleted");
    }
  }
}

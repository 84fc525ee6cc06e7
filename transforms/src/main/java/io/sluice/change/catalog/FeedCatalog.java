/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.catalog;

import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.TableFolder;
import io.sluice.snapshot.catalog.CatalogFiles;
import io.sluice.snapshot.catalog.GlueCatalog;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Brings the catalogs of a feed up to date with its commits: the lists of committed files, the
 * statements for Athena and DuckDB, and Glue. What another run has left undone is done too.
 */
final class FeedCatalog {
  private static final String LISTS = "lists";
  private static final String GLUE = "glue/";

  private final FeedFolder feed;
  private final @Nullable GlueCatalog glue;
  private final PipelineOptions options;
  private final CommittedFiles lists;
  private final TableFolder folder;

  FeedCatalog(FeedFolder feed, @Nullable GlueCatalog glue, PipelineOptions options) {
    this.feed = feed;
    this.glue = glue;
    this.options = options;
    this.lists = new CommittedFiles(feed);
    this.folder = new TableFolder(feed.output(), feed.table());
  }

  /**
   * Brings them up to date. May be repeated, also by several at the same time.
   *
   * @throws PublishException when Glue refuses, or a name is taken by something else
   * @throws IOException when a file cannot be read or written
   */
  void update() throws IOException {
    FeedCommits commits = FeedCommits.of(feed);
    Optional<FeedCommit> latest = commits.latest();
    if (latest.isPresent()) {
      update(commits, latest.get());
    }
  }

  /**
   * @param known the latest commit; another run may have made one since, and brought the catalogs
   *     up to date with it
   */
  void update(FeedCommits commits, FeedCommit known) throws IOException {
    CatalogPositions positions = CatalogPositions.in(Folder.of(folder.catalog()), feed.table());
    long nextOfLists = positions.next(LISTS, commits, known);
    FeedCommit latest = known;
    Set<String> found = Set.of();
    if (nextOfLists == 1) {
      // In this order: what another run has listed by now is of a commit that is read.
      found = lists.found();
      latest = commits.latest().orElse(known);
    }
    String database = glue == null ? "" : GLUE + glue.database();
    long nextOfGlue =
        glue == null ? latest.number() + 1 : positions.next(database, commits, latest);
    List<FeedCommit> fresh = commits.from(Math.min(nextOfLists, nextOfGlue), latest);
    if (nextOfLists == 1) {
      lists.clear(found, fresh);
    }
    boolean hasNewFiles = false;
    TreeSet<String> hours = new TreeSet<>();
    for (FeedCommit commit : fresh) {
      if (commit.number() >= nextOfLists) {
        lists.write(commit);
        hasNewFiles |= !commit.files().isEmpty();
      }
      if (commit.number() >= nextOfGlue) {
        hours.addAll(CommittedFiles.hours(commit));
      }
    }
    if (hasNewFiles || !hours.isEmpty()) {
      tell(hours);
    }
    positions.set(LISTS, latest);
    if (glue != null) {
      positions.set(database, latest);
    }
    positions.write();
  }

  private void tell(TreeSet<String> hours) throws IOException {
    CatalogFiles files = new CatalogFiles(folder);
    FeedTable table = new FeedTable(feed, files.takeName(), lists.path());
    if (table.isInS3()) {
      files.write("athena", table.deltas(), FeedSql.athena(table));
    }
    files.write("duckdb", table.deltas(), FeedSql.duckDb(table));
    if (glue != null && !hours.isEmpty()) {
      FeedGlue tables = new FeedGlue(table);
      glue.register(
          "A commit of changes of " + feed.table() + " is made",
          tables.committed(),
          tables.partitions(hours),
          tables.deltas(glue.database()),
          options);
    }
  }
}

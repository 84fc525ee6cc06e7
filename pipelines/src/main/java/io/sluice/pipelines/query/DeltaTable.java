/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.query;

import io.sluice.change.catalog.FeedSql;
import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.snapshot.catalog.CatalogFiles;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** The captured changes of a DynamoDB table: exactly those of the files that commits list. */
record DeltaTable(FeedFolder feed) implements QueryTable {

  @Override
  public String name() {
    return CatalogFiles.DELTAS + feed.table();
  }

  @Override
  public void addTo(DuckDb db, Copies copies) throws IOException, SQLException {
    List<FeedCommit> commits = FeedCommits.of(feed).all();
    List<String> names =
        commits.stream().flatMap(c -> c.files().stream()).map(DeltaFile::name).toList();
    long bytes = commits.stream().mapToLong(FeedCommit::bytes).sum();
    String folder = copies.of(name(), feed.path(), names, bytes);
    db.execute(FeedSql.duckDbView(name(), names.stream().map(n -> folder + n).toList()));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.catalog;

import io.sluice.change.feed.FeedFolder;
import io.sluice.snapshot.catalog.CatalogFiles;

/**
 * A feed as catalogs have it: a table with a line of JSON for each change in the files that commits
 * list, by hour, and a view of these with columns.
 *
 * @param feed the folder of the feed
 * @param name the DynamoDB table's name in catalogs, of {@code [a-z0-9_]}
 * @param folder of the lists of files, as the file system names it, ending in a slash
 */
record FeedTable(FeedFolder feed, String name, String folder) {

  /** Returns the name of the table. */
  String committed() {
    return CatalogFiles.COMMITTED + name;
  }

  /** Returns the name of the view. */
  String deltas() {
    return CatalogFiles.DELTAS + name;
  }

  /** Whether Athena can read the table: it reads only S3. */
  boolean isInS3() {
    return folder.startsWith("s3://");
  }
}

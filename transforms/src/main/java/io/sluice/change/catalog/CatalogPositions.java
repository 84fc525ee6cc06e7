/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.PublishException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;

/**
 * Up to which commit of a feed each catalog has been brought, in the file {@code
 * _catalog/feeds/TABLE.json}. To bring one up to date again does no harm, so a position that is too
 * low is as good.
 */
final class CatalogPositions {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COMMIT = "commit";
  private static final String RUN = "run";

  private final Folder folder;
  private final String file;
  private final ObjectNode positions;

  private CatalogPositions(Folder folder, String file, ObjectNode positions) {
    this.folder = folder;
    this.file = file;
    this.positions = positions;
  }

  /**
   * Reads the positions.
   *
   * @param folder of the catalogs
   * @throws PublishException when the file is damaged
   */
  static CatalogPositions in(Folder folder, String table) throws IOException {
    String file = "feeds/" + table + ".json";
    Optional<byte[]> json = folder.read(file);
    if (json.isEmpty()) {
      return new CatalogPositions(folder, file, JSON.createObjectNode());
    }
    try {
      if (JSON.readTree(json.get()) instanceof ObjectNode positions) {
        return new CatalogPositions(folder, file, positions);
      }
    } catch (JsonProcessingException e) {
      // Reported below.
    }
    throw new PublishException(folder + file + " is damaged: delete it, and it is made anew");
  }

  /**
   * Returns the number of the first commit that a catalog lacks: 1 if it has none, or those of
   * another feed that was in this place.
   */
  long next(String catalog, FeedCommits commits, FeedCommit latest) throws IOException {
    JsonNode position = positions.path(catalog);
    long last = position.path(COMMIT).asLong();
    if (last < 1 || last > latest.number()) {
      return 1;
    }
    String run;
    try {
      run = last == latest.number() ? latest.run() : commits.read(last).run();
    } catch (FileNotFoundException e) {
      return 1;
    }
    return run.equals(position.path(RUN).asText()) ? last + 1 : 1;
  }

  /** Notes that a catalog has all commits up to this. */
  void set(String catalog, FeedCommit latest) {
    positions.putObject(catalog).put(COMMIT, latest.number()).put(RUN, latest.run());
  }

  void write() throws IOException {
    folder.write(
        file,
        JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(positions),
        "application/json");
  }
}

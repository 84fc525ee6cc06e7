/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import io.sluice.storage.Glob;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * A board whose names are those of small objects in a folder of S3 or of a disk that all JVMs have.
 * A put is one request to S3, so is a listing of up to 1,000 names, and a deletion.
 */
final class FolderBoard implements Board {
  private final String folder;

  /**
   * @param folder in any file system of Beam that lists what was just written
   */
  FolderBoard(String folder) {
    this.folder = folder.endsWith("/") ? folder : folder + "/";
  }

  private ResourceId resource(String name) {
    return FileSystems.matchNewResource(folder + name, false);
  }

  @Override
  public void put(String name) throws IOException {
    try (WritableByteChannel out = FileSystems.create(resource(name), "text/plain")) {
      // Some tools and stores make exceptions for what is empty.
      out.write(ByteBuffer.wrap(new byte[] {'\n'}));
    }
  }

  @Override
  public List<Posting> list() throws IOException {
    List<Posting> found = new ArrayList<>();
    for (MatchResult.Metadata file : Storage.match(Glob.escape(folder) + "*")) {
      String name = file.resourceId().getFilename();
      if (name != null) {
        found.add(new Posting(name, file.lastModifiedMillis()));
      }
    }
    return found;
  }

  @Override
  public void delete(Collection<String> names) throws IOException {
    FileSystems.delete(names.stream().map(this::resource).toList());
  }
}

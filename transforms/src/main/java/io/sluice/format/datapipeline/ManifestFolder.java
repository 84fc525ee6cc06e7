/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.datapipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;

/**
 * The folder of a manifest, which bounds the files that the manifest may name.
 *
 * @param path as the file system names it, ending in a slash
 * @param onDisk whether symbolic links must be considered
 */
public record ManifestFolder(String path, boolean onDisk) {
  private static final Set<String> NO_NAMES = Set.of("", ".", "..");

  static ManifestFolder of(String manifest) {
    String whole = FileSystems.matchNewResource(manifest, false).toString();
    boolean onDisk = FileSystems.matchNewResource(manifest, false).getScheme().equals("file");
    return new ManifestFolder(whole.substring(0, whole.lastIndexOf('/') + 1), onDisk);
  }

  /**
   * Whether a URL is below the folder by its text and, on a disk, after resolving links.
   *
   * @throws IOException when the disk cannot be read
   */
  public boolean contains(String url) throws IOException {
    String place = onDisk ? url.replaceFirst("^file:(//)?(?=/)", "") : url;
    if (!place.startsWith(path)
        || Arrays.stream(place.substring(path.length()).split("/", -1))
            .anyMatch(NO_NAMES::contains)) {
      return false;
    }
    return !onDisk || isReallyBelow(Path.of(place));
  }

  /** Whether no link leads out of the folder, as far as the path to the file exists. */
  private boolean isReallyBelow(Path file) throws IOException {
    Path there = file;
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    return there.toRealPath().startsWith(Path.of(path).toRealPath());
  }

  /**
   * Returns the file in the folder that has the name at the end of a URL.
   *
   * @throws IOException when the URL does not end with a name, or the file is a link out of the
   *     folder
   */
  String beside(String url) throws IOException {
    String name = url.substring(url.lastIndexOf('/') + 1);
    if (NO_NAMES.contains(name) || !contains(path + name)) {
      throw new IOException(
          path + DataPipelineManifest.FILENAME + " lists " + url + ", which is no file beside it");
    }
    return path + name;
  }
}

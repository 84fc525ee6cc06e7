/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.FileCompression;
import io.sluice.format.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;

/** Estimates the decompressed size of files: five bytes for each compressed byte. */
public final class DecompressedSize {
  private static final long FACTOR = 5;

  private DecompressedSize() {}

  /**
   * Sums the sizes. For files whose names do not show whether they are compressed, the first file
   * of each extension decides.
   *
   * @throws UnreadableFileException when such a file cannot be read
   */
  public static long of(List<MatchResult.Metadata> files, FileCompression compression)
      throws IOException {
    Map<String, Boolean> compressed = new HashMap<>();
    long bytes = 0;
    for (MatchResult.Metadata file : files) {
      bytes += file.sizeBytes() * (isCompressed(file, compression, compressed) ? FACTOR : 1);
    }
    return bytes;
  }

  private static boolean isCompressed(
      MatchResult.Metadata file, FileCompression compression, Map<String, Boolean> byExtension)
      throws IOException {
    if (compression != FileCompression.AUTO) {
      return compression != FileCompression.NONE;
    }
    String name = String.valueOf(file.resourceId().getFilename());
    if (FileCompression.byName(name) != Compression.UNCOMPRESSED) {
      return true;
    }
    String extension = name.substring(name.lastIndexOf('.') + 1);
    extension = extension.length() == name.length() ? "" : extension;
    Boolean known = byExtension.get(extension);
    if (known == null && file.sizeBytes() > 0) {
      known = beginsCompressed(file, name);
      byExtension.put(extension, known);
    }
    return known != null && known;
  }

  private static boolean beginsCompressed(MatchResult.Metadata file, String name)
      throws IOException {
    try (InputStream in = Channels.newInputStream(FileSystems.open(file.resourceId()))) {
      byte[] first = in.readNBytes(FileCompression.FIRST_BYTES);
      return FileCompression.AUTO.of(name, first) != Compression.UNCOMPRESSED;
    } catch (IOException e) {
      throw new UnreadableFileException(file.resourceId(), e);
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.nativeexport;

import io.sluice.format.UnreadableFileException;
import io.sluice.storage.Storage;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * A manifest of an export, and the files beside it with its checksum: {@code manifest-files.md5} or
 * {@code manifest-files.checksum} for {@code manifest-files.json}.
 *
 * @param name the name of the manifest with its folder
 * @param file the manifest
 * @param checksums its checksums, none or more
 */
record ManifestFile(String name, MatchResult.Metadata file, List<MatchResult.Metadata> checksums) {
  private static final String SUFFIX = ".json";
  private static final List<String> CHECKSUM_SUFFIXES = List.of(".md5", ".checksum");

  /** An MD5 has 24 characters in Base64 and 32 in hexadecimal. */
  private static final int MAX_CHECKSUM_BYTES = 64;

  /** Reads a manifest from its first byte. */
  interface Reading<T> {
    T from(InputStream text) throws IOException;
  }

  /**
   * Finds a manifest.
   *
   * @param name its name with its folder
   * @param why follows "is missing: " in the message if it is not there
   */
  static ManifestFile find(String name, String why) throws IOException {
    List<String> names = new ArrayList<>(List.of(name));
    String stem = name.substring(0, name.length() - SUFFIX.length());
    CHECKSUM_SUFFIXES.forEach(suffix -> names.add(stem + suffix));
    List<List<MatchResult.Metadata>> found = Storage.find(names);
    if (found.get(0).isEmpty()) {
      throw new UnreadableFileException(name, "is missing: " + why);
    }
    return new ManifestFile(
        name,
        found.get(0).get(0),
        found.subList(1, found.size()).stream().flatMap(List::stream).toList());
  }

  /**
   * Reads the manifest, and compares it with its checksums unless these are skipped.
   *
   * @throws UnreadableFileException when a checksum is another
   */
  <T> T read(ManifestChecks checks, Reading<T> reading) throws IOException {
    try (DigestInputStream in = new DigestInputStream(open(file), md5())) {
      // The checksum is of the whole file, whatever of it was parsed.
      T value = reading.from(new Unclosed(in));
      in.transferTo(OutputStream.nullOutputStream());
      if (checks == ManifestChecks.COMPARED) {
        compare(in.getMessageDigest().digest());
      }
      return value;
    }
  }

  private void compare(byte[] md5) throws IOException {
    String base64 = Base64.getEncoder().encodeToString(md5);
    for (MatchResult.Metadata checksum : checksums) {
      String listed;
      try (InputStream in = open(checksum)) {
        listed = new String(in.readNBytes(MAX_CHECKSUM_BYTES), StandardCharsets.UTF_8).strip();
      }
      if (!listed.equals(base64) && !listed.equalsIgnoreCase(HexFormat.of().formatHex(md5))) {
        throw new UnreadableFileException(
            name,
            "is not the manifest of the export: its MD5 is %s, which is not the one in %s"
                .formatted(base64, checksum.resourceId().getFilename()));
      }
    }
  }

  private static InputStream open(MatchResult.Metadata file) throws IOException {
    return Channels.newInputStream(FileSystems.open(file.resourceId()));
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }

  /** Stays open when a parser closes it. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // Whoever opened the file closes it.
    }
  }
}

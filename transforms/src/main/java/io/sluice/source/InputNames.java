/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;

/** Reads a list of file names, one per line, in which no character has a special meaning. */
public final class InputNames {
  private InputNames() {}

  /**
   * Reads the names in a UTF-8 file; empty lines are skipped.
   *
   * @throws FileNotFoundException when the file does not exist
   * @throws IOException when it cannot be read, is not text, or contains no name
   */
  public static List<String> read(String file) throws IOException {
    MatchResult.Metadata found =
        Storage.find(file).orElseThrow(() -> new FileNotFoundException(file + " is not there"));
    byte[] bytes;
    try (InputStream in = Channels.newInputStream(FileSystems.open(found.resourceId()))) {
      bytes = in.readAllBytes();
    }
    List<String> names = parse(bytes, file);
    if (names.isEmpty()) {
      throw new IOException(file + " has no name in it");
    }
    return names;
  }

  static List<String> parse(byte[] bytes, String file) throws IOException {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
      String names = text.startsWith("\uFEFF") ? text.substring(1) : text;
      return names.lines().filter(name -> !name.isBlank()).toList();
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not UTF-8", e);
    }
  }
}

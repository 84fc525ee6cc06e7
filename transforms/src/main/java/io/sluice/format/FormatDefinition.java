/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Defines a file format: how its files are recognised, listed, read and written. Each format's
 * folder has one definition, and {@code io.sluice.format.registry.FileFormat} a line for each.
 */
public interface FormatDefinition {

  /**
   * Returns the purpose of the format, as it follows the name in a sentence; empty if the name says
   * it.
   */
  default String purpose() {
    return "";
  }

  /** Returns the file extensions of this format, without the dot and in lower case. */
  default Set<String> extensions() {
    return Set.of();
  }

  /**
   * Whether a file begins as only files of this format do.
   *
   * @param head its first {@link Format#HEAD_BYTES} bytes, or all of a shorter file
   * @param isNamed whether its extension is that of another format
   */
  default boolean hasMagic(byte[] head, boolean isNamed) {
    return false;
  }

  /** Whether a line that is not JSON is a record. */
  default boolean isRecord(byte[] line) {
    return false;
  }

  /**
   * Whether a JSON object is a record, or a part of one.
   *
   * @param outline its members, one or more, as {@code JsonOutline} returns them
   */
  default boolean isRecord(Map<?, ?> outline) {
    return false;
  }

  /**
   * Whether this format accepts the options of other formats, because its records may be of any
   * format.
   */
  default boolean takesAllOptions() {
    return false;
  }

  /** Whether records have typed values, so that they can be compared. */
  default boolean hasTypes() {
    return true;
  }

  /** Whether columns may be taken from the folders of files. */
  default boolean hasPathColumns() {
    return true;
  }

  /**
   * Reads and replaces the manifests that an input names.
   *
   * @param patterns the input
   * @throws IOException when a manifest cannot be read or used; the message names it
   */
  default ManifestedInput manifested(List<String> patterns, ReaderSettings settings)
      throws IOException {
    return ManifestedInput.ofPatterns(patterns, List.of());
  }

  /**
   * Creates the reader of its files.
   *
   * @param others all formats by name, for a format whose files contain records of others
   */
  Format reader(ReaderSettings settings, Map<String, FormatDefinition> others);

  /**
   * Returns the reader for files with these names, if names determine how they are read.
   *
   * @throws IllegalArgumentException when one reader cannot read all of them; the message is a
   *     sentence for the user
   */
  default Format readerFor(List<String> filenames, Format reader, ReaderSettings settings) {
    return reader;
  }

  /** Returns how an export writes files of this format; empty when none does. */
  default Optional<OutputDefinition> output() {
    return Optional.empty();
  }
}

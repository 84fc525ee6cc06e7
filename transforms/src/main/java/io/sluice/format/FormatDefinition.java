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
 * A format of files, whole: how its files are recognised, listed, read and written. Each format's
 * folder has one, and {@code io.sluice.format.registry.FileFormat} has a line for each.
 */
public interface FormatDefinition {

  /**
   * The kind of files it is for, to stand after its name in a sentence; empty where that says it.
   */
  default String purpose() {
    return "";
  }

  /** Extensions, without the dot and in lower case, that say that a file is of this format. */
  default Set<String> extensions() {
    return Set.of();
  }

  /**
   * Whether a file begins as only files of this format do.
   *
   * @param head its first {@link Format#HEAD_BYTES} bytes, or the whole of a shorter file
   * @param isNamed whether its extension says that it is of another format
   */
  default boolean hasMagic(byte[] head, boolean isNamed) {
    return false;
  }

  /** Whether a line that is no JSON is a record. */
  default boolean isRecord(byte[] line) {
    return false;
  }

  /**
   * Whether an object of JSON is a record, or a part of one.
   *
   * @param outline its members, one or more, as {@code JsonOutline} gives them
   */
  default boolean isRecord(Map<?, ?> outline) {
    return false;
  }

  /** Whether options for other formats go with this one too, whose records may be of any. */
  default boolean takesAllOptions() {
    return false;
  }

  /** Whether the values of records say their types, so that they can be compared. */
  default boolean hasTypes() {
    return true;
  }

  /** Whether the folders that files are in may say what is in the files. */
  default boolean hasPathColumns() {
    return true;
  }

  /**
   * Replaces the manifests that an input names.
   *
   * @param patterns what is to be read
   * @throws IOException when a manifest cannot be read or used; the message names it
   */
  default ManifestedInput manifested(List<String> patterns, ReaderSettings settings)
      throws IOException {
    return ManifestedInput.ofPatterns(patterns, List.of());
  }

  /**
   * Makes the reader of its files.
   *
   * @param others all formats by their names, for one whose files hold records of others
   */
  Format reader(ReaderSettings settings, Map<String, FormatDefinition> others);

  /**
   * The reader for files of these names, where they say how they are to be read.
   *
   * @throws IllegalArgumentException when they cannot be read by one reader; the message is a
   *     sentence for the user
   */
  default Format readerFor(List<String> filenames, Format reader, ReaderSettings settings) {
    return reader;
  }

  /** How an export writes its files; empty when none does. */
  default Optional<OutputDefinition> output() {
    return Optional.empty();
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.rejects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.format.FileSlice;
import io.sluice.format.RecordReader;
import io.sluice.format.text.TextFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Finds the columns to which the lines of a file of rejections refer. They are in a line of their
 * own somewhere before; a reader of the middle searches for it from the beginning of the file. An
 * earlier version had the columns in every line.
 */
final class RejectsColumns implements Closeable {
  static final TextFormat LINES = new TextFormat("line", 0);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] BEGINNING = "{\"columnsId\":".getBytes(StandardCharsets.UTF_8);

  private final FileSlice slice;
  private final Map<String, List<String>> known = new HashMap<>();

  /** The lines before the slice, read as far as needed. */
  private @Nullable RecordReader before;

  RejectsColumns(FileSlice slice) {
    this.slice = slice;
  }

  /**
   * Keeps the columns of a line that has columns rather than a rejection; false for other lines.
   */
  boolean take(JsonNode line) {
    if (!line.has("columnsId") || line.has("stage") || !line.path("columns").isArray()) {
      return false;
    }
    known.put(line.get("columnsId").asText(), names(line));
    return true;
  }

  private static List<String> names(JsonNode line) {
    List<String> names = new ArrayList<>();
    line.path("columns").forEach(column -> names.add(column.asText()));
    return names;
  }

  /**
   * Returns the columns of a rejection; empty when its format has none, null when it refers to some
   * that do not occur before it.
   */
  @Nullable List<String> of(JsonNode rejection) throws IOException {
    if (!rejection.has("columnsId")) {
      return names(rejection);
    }
    String id = rejection.get("columnsId").asText();
    while (!known.containsKey(id) && takeNextBefore()) {}
    return known.get(id);
  }

  /** Reads the lines before the slice up to the next line of columns; false when there is none. */
  private boolean takeNextBefore() throws IOException {
    if (slice.start() == 0) {
      return false;
    }
    if (before == null) {
      before = LINES.open(new FileSlice(slice.file(), 0, slice.start(), slice.start()));
    }
    while (before.next()) {
      byte[] line = before.record();
      if (beginsLikeColumns(line) && takeLine(line)) {
        return true;
      }
    }
    return false;
  }

  private boolean takeLine(byte[] line) {
    try {
      return take(JSON.readTree(line));
    } catch (IOException e) {
      // The reader of that slice rejects the line.
      return false;
    }
  }

  private static boolean beginsLikeColumns(byte[] line) {
    return line.length > BEGINNING.length
        && Arrays.equals(line, 0, BEGINNING.length, BEGINNING, 0, BEGINNING.length);
  }

  @Override
  public void close() throws IOException {
    if (before != null) {
      before.close();
    }
  }
}

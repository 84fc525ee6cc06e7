/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.diff;

import io.sluice.item.codec.ByteWriter;
import io.sluice.item.page.PageBytes;
import java.util.Arrays;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Some records of a delta, as lines of JSON, compressed on their way to a file. */
@DefaultCoder(DeltaPageCoder.class)
final class DeltaPage {
  private final int records;
  private final int bytes;
  private final byte[] compressed;

  DeltaPage(int records, int bytes, byte[] compressed) {
    this.records = records;
    this.bytes = bytes;
    this.compressed = compressed;
  }

  static DeltaPage of(int records, byte[] lines) {
    ByteWriter block = new ByteWriter(lines.length);
    block.writeRaw(lines, 0, lines.length);
    return new DeltaPage(records, lines.length, PageBytes.compress(block));
  }

  int records() {
    return records;
  }

  int bytes() {
    return bytes;
  }

  byte[] compressed() {
    return compressed;
  }

  /** Returns the lines, each ending in a line feed. */
  byte[] lines() {
    return PageBytes.decompress(compressed, bytes);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof DeltaPage other
        && records == other.records
        && bytes == other.bytes
        && Arrays.equals(compressed, other.compressed);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(compressed);
  }

  /** Prints nothing of the contents: this may end up in a log. */
  @Override
  public String toString() {
    return "page of " + records + " differences";
  }
}

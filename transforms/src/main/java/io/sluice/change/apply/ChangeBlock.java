/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.apply;

import io.sluice.change.record.ChangeCoder;
import io.sluice.item.page.PageBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.util.VarInt;

/**
 * The last changes of some keys, compressed: what travels through the shuffle, for a runner's
 * bookkeeping is per element.
 */
@DefaultCoder(ChangeBlockCoder.class)
final class ChangeBlock {
  /**
   * The bytes, before compression, at which a block is full; it is longer by one change at most.
   */
  static final int FULL_BYTES = 256 << 10;

  private final int bytes;
  private final byte[] compressed;

  /**
   * @param bytes how many, decompressed
   */
  ChangeBlock(int bytes, byte[] compressed) {
    this.bytes = bytes;
    this.compressed = compressed;
  }

  int bytes() {
    return bytes;
  }

  byte[] compressed() {
    return compressed;
  }

  /** Decompresses the block and passes its changes on. */
  void forEach(Consumer<LatestChange> consumer) {
    ByteArrayInputStream in = new ByteArrayInputStream(PageBytes.decompress(compressed, bytes));
    try {
      while (in.available() > 0) {
        boolean tied = in.read() > 0;
        long count = VarInt.decodeLong(in);
        consumer.accept(new LatestChange(ChangeCoder.of().decode(in), count, tied));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a block of changes is damaged", e);
    }
  }

  /** A block to which changes are being added. Not thread-safe. */
  static final class Draft {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 10);

    void add(LatestChange last) {
      try {
        out.write(last.isTied() ? 1 : 0);
        VarInt.encode(last.count(), out);
        ChangeCoder.of().encode(last.change(), out);
      } catch (IOException e) {
        throw new UncheckedIOException("memory takes all bytes", e);
      }
    }

    boolean isFull() {
      return out.size() >= FULL_BYTES;
    }

    ChangeBlock compress() {
      byte[] block = out.toByteArray();
      return new ChangeBlock(block.length, PageBytes.compress(block, block.length));
    }
  }
}

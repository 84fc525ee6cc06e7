/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.checkpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ItemPageCoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The bytes of a checkpoint: a line with the version of the format, which chain it is of and its
 * number in that, who wrote it, the pages, and a checksum of all that.
 */
final class CheckpointBytes {
  private static final byte[] FORMAT = "sluice pages 1\n".getBytes(US_ASCII);
  private static final ItemPageCoder PAGES = ItemPageCoder.of();
  private static final int NO_KEY = -1;

  private CheckpointBytes() {}

  static byte[] write(String chain, long number, long writer, List<KeptPage> pages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(FORMAT);
      out.writeUTF(chain);
      out.writeLong(number);
      out.writeLong(writer);
      out.writeInt(pages.size());
      for (KeptPage kept : pages) {
        byte[] key = kept.lastKey().orElse(null);
        out.writeInt(key == null ? NO_KEY : key.length);
        if (key != null) {
          out.write(key);
        }
        PAGES.encodeBare(kept.page(), out);
      }
      out.flush();
      out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return sum.getValue();
  }

  /**
   * Reads the pages of a checkpoint.
   *
   * @throws IOException when the bytes are damaged, of another version, or of another place in a
   *     chain; the message says which, without any contents
   */
  static List<KeptPage> read(byte[] bytes, String chain, long number) throws IOException {
    if (!Arrays.equals(bytes, 0, Math.min(bytes.length, FORMAT.length), FORMAT, 0, FORMAT.length)) {
      throw new IOException("it is not a file of pages, or of another version of Sluice");
    }
    int length = bytes.length - Long.BYTES;
    if (length < FORMAT.length
        || ByteBuffer.wrap(bytes).getLong(length) != checksum(bytes, length)) {
      throw new IOException("it is damaged");
    }
    ByteArrayInputStream in = new ByteArrayInputStream(bytes, 0, length);
    DataInputStream data = new DataInputStream(in);
    data.skipBytes(FORMAT.length);
    if (!data.readUTF().equals(chain) || data.readLong() != number) {
      throw new IOException("it belongs to another place");
    }
    data.readLong();
    List<KeptPage> pages = new ArrayList<>();
    for (int left = data.readInt(); left > 0; left--) {
      int keyLength = data.readInt();
      if (keyLength > in.available()) {
        throw new IOException("it is damaged");
      }
      Optional<byte[]> key =
          keyLength == NO_KEY ? Optional.empty() : Optional.of(data.readNBytes(keyLength));
      ItemPage page = PAGES.decode(in);
      pages.add(new KeptPage(page, key));
    }
    if (in.available() > 0) {
      throw new IOException("it is damaged");
    }
    return pages;
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.Locale;
import org.apache.beam.sdk.io.Compression;

/** The compression of the input: recognised for each file, or the same for all files. */
public enum FileCompression {
  /**
   * Recognised by the first bytes of each file, whatever its name; by its name if it is too short.
   * Compressions that are not supported are recognised only by name.
   */
  AUTO,
  GZIP,
  BZIP2,
  ZSTD,
  /** None: bytes are read as they are. */
  NONE;

  private static final byte[] GZIP_MAGIC = {0x1F, (byte) 0x8B, 8};
  private static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

  /** Followed by the level from 1 to 9, and then by the first block or the end of an empty file. */
  private static final byte[] BZIP2_MAGIC = {'B', 'Z', 'h'};

  private static final byte[] BZIP2_BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};
  private static final byte[] BZIP2_END = {0x17, 0x72, 0x45, 0x38, 0x50, (byte) 0x90};
  public static final int FIRST_BYTES = BZIP2_MAGIC.length + 1 + BZIP2_BLOCK.length;

  /** Returns a file's name in lower case, without the extension of a supported compression. */
  public static String withoutExtension(String filename) {
    return filename.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2|zst)$", "");
  }

  /** Returns the compression that a file's extension names. */
  public static Compression byName(String filename) {
    return Compression.detect(filename);
  }

  /**
   * Determines the compression of a file.
   *
   * @param filename its name without folders
   * @param first its first {@link #FIRST_BYTES} bytes, or all of a shorter file
   * @throws IOException when the file is compressed in another way, or in one that is not supported
   */
  public Compression of(String filename, byte[] first) throws IOException {
    if (this == NONE) {
      return Compression.UNCOMPRESSED;
    }
    Compression byBytes = byBytes(first);
    if (this == AUTO) {
      return byBytes == Compression.UNCOMPRESSED ? readable(byName(filename), first) : byBytes;
    }
    Compression wanted = Compression.valueOf(name());
    if (byBytes != wanted && first.length > 0) {
      throw new IOException("it does not begin like a file compressed by " + this);
    }
    return wanted;
  }

  private static Compression byBytes(byte[] first) {
    if (beginsWith(first, GZIP_MAGIC)) {
      return Compression.GZIP;
    }
    if (beginsWith(first, ZSTD_MAGIC)) {
      return Compression.ZSTD;
    }
    boolean bzip2 =
        beginsWith(first, BZIP2_MAGIC)
            && first.length == FIRST_BYTES
            && (holds(first, BZIP2_BLOCK) || holds(first, BZIP2_END));
    return bzip2 ? Compression.BZIP2 : Compression.UNCOMPRESSED;
  }

  /** Handles a file that does not begin like a compressed one, though its name may suggest it. */
  private static Compression readable(Compression byName, byte[] first) throws IOException {
    if (!isReadable(byName)) {
      throw new IOException(
          "the compression " + byName + " is not read, only gzip, bzip2 and zstd are");
    }
    byte[] magic =
        switch (byName) {
          case GZIP -> GZIP_MAGIC;
          case ZSTD -> ZSTD_MAGIC;
          case BZIP2 -> BZIP2_MAGIC;
          default -> new byte[0];
        };
    int length = Math.min(magic.length, first.length);
    boolean cut =
        first.length > 0
            && first.length < FIRST_BYTES
            && Arrays.equals(first, 0, length, magic, 0, length);
    return cut ? byName : Compression.UNCOMPRESSED;
  }

  /** Whether files with this compression can be read: none, gzip, bzip2 or zstd. */
  public static boolean isReadable(Compression compression) {
    return switch (compression) {
      case UNCOMPRESSED, GZIP, BZIP2, ZSTD -> true;
      default -> false;
    };
  }

  private static boolean beginsWith(byte[] bytes, byte[] magic) {
    return bytes.length >= magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }

  private static boolean holds(byte[] first, byte[] block) {
    return Arrays.equals(first, FIRST_BYTES - block.length, FIRST_BYTES, block, 0, block.length);
  }

  /** Wraps a file so that {@link #of(String, PushbackInputStream)} can look at its beginning. */
  public static PushbackInputStream raw(InputStream file) {
    return new PushbackInputStream(file, FIRST_BYTES);
  }

  /** Determines the compression of a file that {@link #raw} wrapped and that is still unread. */
  public Compression of(String filename, PushbackInputStream file) throws IOException {
    byte[] first = file.readNBytes(FIRST_BYTES);
    file.unread(first);
    return of(filename, first);
  }

  /** Decompresses a file. */
  public InputStream decompress(String filename, InputStream file) throws IOException {
    PushbackInputStream raw = raw(file);
    Compression compression = of(filename, raw);
    return compression == Compression.UNCOMPRESSED
        ? raw
        : Channels.newInputStream(compression.readDecompressed(Channels.newChannel(raw)));
  }
}

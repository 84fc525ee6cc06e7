/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.format.columnar.BlockCodec;
import java.io.IOException;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Type;

/**
 * Lists the Parquet codecs, encodings and types that are supported, and names the others in
 * messages.
 */
final class ParquetSupport {
  /** Paths of numbers in a footer, as {@link CompactThrift} reports them. */
  private static final long TYPE = 0x02_01;

  private static final long ENCODING = 0x04_01_03_02;
  private static final long CODEC = 0x04_01_03_04;
  private static final long ENCODING_OF_PAGES = 0x04_01_03_0D_02L;

  private static final Map<CompressionCodec, BlockCodec> CODECS =
      Map.of(
          CompressionCodec.UNCOMPRESSED, BlockCodec.NONE,
          CompressionCodec.SNAPPY, BlockCodec.SNAPPY,
          CompressionCodec.GZIP, BlockCodec.GZIP,
          CompressionCodec.ZSTD, BlockCodec.ZSTD,
          CompressionCodec.LZ4_RAW, BlockCodec.LZ4);

  /** A larger number is damage rather than a future version. */
  private static final long MAX_NUMBER = 99;

  private ParquetSupport() {}

  /**
   * The exception for an intact file with something that is not supported; says how to rewrite the
   * file.
   */
  static final class NotSupportedException extends IOException {
    private static final long serialVersionUID = 1L;

    NotSupportedException(String what, String remedy) {
      super(what + "; " + remedy);
    }

    private static NotSupportedException unknown(String what, long number, String remedy) {
      return new NotSupportedException(
          what + " number " + number + " is not known to this version of Sluice", remedy);
    }
  }

  /**
   * Checks a number of a footer.
   *
   * @throws NotSupportedException when it stands for a codec, an encoding or a type that is not
   *     supported
   * @throws IOException when it stands for nothing
   */
  static void check(long path, long number) throws IOException {
    if (path == CODEC) {
      checkCodec(number);
    } else if (path == ENCODING || path == ENCODING_OF_PAGES) {
      encoding(number, "its");
    } else if (path == TYPE && Type.findByValue(kind(number)) == null) {
      String remedy = "have the program that wrote the file leave out the columns of that type";
      throw NotSupportedException.unknown("its type", number, remedy);
    }
  }

  private static void checkCodec(long number) throws IOException {
    CompressionCodec codec = CompressionCodec.findByValue(kind(number));
    if (codec == null) {
      throw NotSupportedException.unknown("its codec", number, rewrite("ZSTD"));
    }
    if (!CODECS.containsKey(codec)) {
      String which = codec == CompressionCodec.LZ4 ? "LZ4, which LZ4_RAW replaced," : codec.name();
      throw new NotSupportedException(
          "its codec " + which + " is not supported",
          codec == CompressionCodec.LZO
              ? rewrite("ZSTD")
              : "DuckDB can rewrite the file:"
                  + " copy (from 'old.parquet') to 'new.parquet' (compression zstd)");
    }
  }

  /**
   * Returns the codec that decompresses pages.
   *
   * @param codec one that has passed {@link #check}
   */
  static BlockCodec codec(CompressionCodec codec) {
    BlockCodec known = CODECS.get(codec);
    if (known == null) {
      throw new IllegalArgumentException("codec " + codec);
    }
    return known;
  }

  /**
   * Returns the encoding of a column's values.
   *
   * @throws NotSupportedException when it is not known
   * @throws IOException when there is none
   */
  static Encoding encoding(ColumnDescriptor column, int number) throws IOException {
    return encoding(number, "in its column " + name(column) + " the");
  }

  private static Encoding encoding(long number, String whose) throws IOException {
    var encoding = org.apache.parquet.format.Encoding.findByValue(kind(number));
    if (encoding == null) {
      throw NotSupportedException.unknown(
          whose + " encoding", number, rewrite("the encoding PLAIN"));
    }
    return Encoding.valueOf(encoding.name());
  }

  /** Returns the exception for a column that uses an encoding in a way that is not supported. */
  static NotSupportedException notSupported(
      ColumnDescriptor column, Encoding encoding, String what) {
    return new NotSupportedException(
        "in its column %s the encoding %s of %s is not supported"
            .formatted(name(column), encoding, what),
        rewrite("the encoding PLAIN"));
  }

  private static String name(ColumnDescriptor column) {
    return String.join(".", column.getPath());
  }

  private static int kind(long number) throws IOException {
    if (number < 0 || number > MAX_NUMBER) {
      throw new IOException("a number that stands for nothing");
    }
    return (int) number;
  }

  private static String rewrite(String with) {
    return "have the program that wrote the file rewrite it with " + with;
  }
}

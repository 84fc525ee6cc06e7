/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;

/** The files that patterns match, each once. */
public final class InputFiles {
  private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

  private InputFiles() {}

  /**
   * Lists the files that match any of the patterns, sorted by name, each once. A folder stands for
   * the files in it, not for those in folders in it. Hidden files, whose name begins with {@code _}
   * or {@code .} such as {@code _SUCCESS}, are left out as everywhere in a data lake, unless a
   * pattern is just the name of one.
   *
   * @throws IOException when a file system cannot list, or a pattern matches no file
   */
  public static List<MatchResult.Metadata> match(List<String> patterns) throws IOException {
    return match(patterns, name -> true);
  }

  /**
   * The same without the files that hold no records of a format, see {@link Format#isData}, unless
   * a pattern is just the name of one.
   *
   * @throws IOException when a file system cannot list, or a pattern matches no file
   */
  public static List<MatchResult.Metadata> match(List<String> patterns, Format format)
      throws IOException {
    return match(patterns, format::isData);
  }

  private static List<MatchResult.Metadata> match(List<String> patterns, Predicate<String> isData)
      throws IOException {
    TreeMap<String, MatchResult.Metadata> files = new TreeMap<>();
    for (String pattern : patterns) {
      List<MatchResult.Metadata> matches = matches(pattern, isData);
      if (matches.isEmpty()) {
        throw new FileNotFoundException("no file matches " + pattern);
      }
      matches.forEach(file -> files.put(file.resourceId().toString(), file));
    }
    return new ArrayList<>(files.values());
  }

  private static List<MatchResult.Metadata> matches(String pattern, Predicate<String> isData)
      throws IOException {
    if (pattern.endsWith("/")) {
      return matches(pattern + "*", isData);
    }
    boolean glob = hasWildcard(pattern);
    List<MatchResult.Metadata> matches = new ArrayList<>();
    for (MatchResult.Metadata match :
        FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata()) {
      String name = match.resourceId().getFilename();
      if (match.resourceId().isDirectory()) {
        if (!glob) {
          return matches(pattern + "/*", isData);
        }
      } else if (!glob || (!isHidden(match, pattern) && isData.test(name))) {
        matches.add(match);
      }
    }
    return matches;
  }

  /** Whether a file system takes the text for more than one name. */
  static boolean hasWildcard(String name) {
    return GLOB.matcher(name).find();
  }

  /** About how many bytes the file has once it is decompressed: five for one that is stored. */
  public static long decompressedBytes(MatchResult.Metadata file) {
    boolean plain = FileSlice.compressionOf(file.resourceId()) == Compression.UNCOMPRESSED;
    return plain ? file.sizeBytes() : 5 * file.sizeBytes();
  }

  /** By its own name, or that of a folder which the pattern does not name but match. */
  private static boolean isHidden(MatchResult.Metadata file, String pattern) {
    Matcher glob = GLOB.matcher(pattern);
    int firstGlob = glob.find() ? glob.start() : pattern.length();
    String named = pattern.substring(0, pattern.lastIndexOf('/', firstGlob) + 1);
    String path = file.resourceId().toString();
    int matched =
        named.isEmpty() || !path.contains(named)
            ? path.lastIndexOf('/') + 1
            : path.startsWith(named) ? named.length() : path.lastIndexOf(named) + named.length();
    return Arrays.stream(path.substring(matched).split("/", -1))
        .anyMatch(part -> part.startsWith("_") || part.startsWith("."));
  }

  /** The first {@link Format#HEAD_BYTES} bytes of a file, decompressed; fewer of a shorter one. */
  public static byte[] head(MatchResult.Metadata file) throws IOException {
    try (InputStream in = open(FileSlice.whole(file.resourceId(), file.sizeBytes()))) {
      return in.readNBytes(Format.HEAD_BYTES);
    } catch (IOException e) {
      throw new UnreadableFileException(file.resourceId(), e);
    }
  }

  /** Whether files of this compression are read: none, gzip, bzip2 or zstd. */
  public static boolean isReadable(Compression compression) {
    return switch (compression) {
      case UNCOMPRESSED, GZIP, BZIP2, ZSTD -> true;
      default -> false;
    };
  }

  /**
   * Opens a file from its first byte, decompressed by its extension.
   *
   * @throws IOException also when the compression is not one that is read
   */
  static InputStream open(FileSlice slice) throws IOException {
    return open(slice, channel -> channel);
  }

  /** The same by way of another channel, which sees the bytes as they are stored. */
  static InputStream open(FileSlice slice, UnaryOperator<ReadableByteChannel> by)
      throws IOException {
    Compression compression = FileSlice.compressionOf(slice.file());
    if (!isReadable(compression)) {
      throw new IOException(
          "the compression " + compression + " is not read, only gzip, bzip2 and zstd are");
    }
    ReadableByteChannel file = by.apply(FileSystems.open(slice.file()));
    try {
      return Channels.newInputStream(compression.readDecompressed(file));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }
}

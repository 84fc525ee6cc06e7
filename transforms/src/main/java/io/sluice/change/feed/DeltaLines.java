/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads a file of changes line by line, and holds it against its commit. */
public final class DeltaLines {

  /** Who has deleted an item, in the user identity of the record, if its time to live was over. */
  public static final String TTL = "dynamodb.amazonaws.com";

  private static final int LONGEST_RECORD = 4 << 20;
  private static final int BUFFER_BYTES = 1 << 16;

  private DeltaLines() {}

  /** Receives the lines of a file. */
  public interface Receiver<E extends Exception> {
    /**
     * Receives one.
     *
     * @param line without its end
     */
    void line(byte[] line) throws E;
  }

  /**
   * Reads a file whole.
   *
   * @throws IOException when it cannot be read, or is not as its commit says
   */
  public static <E extends Exception> void read(
      FeedFolder feed, DeltaFile file, Receiver<E> receiver) throws IOException, E {
    String name = feed.path() + file.name();
    long records = 0;
    MessageDigest md5 = md5();
    try (InputStream bytes =
            new DigestInputStream(
                Channels.newInputStream(
                    FileSystems.open(FileSystems.matchNewResource(name, false))),
                md5);
        InputStream in = new GZIPInputStream(bytes, BUFFER_BYTES)) {
      Lines lines = new Lines(in, name);
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        records++;
        receiver.line(line);
      }
      bytes.readAllBytes();
    }
    if (records != file.records()
        || !Base64.getEncoder().encodeToString(md5.digest()).equals(file.md5())) {
      throw new IOException(
          "%s is not as its commit says: it has %d records, and should have %d with the MD5 %s"
              .formatted(name, records, file.records(), file.md5()));
    }
  }

  /** Splits bytes into lines. */
  private static final class Lines {
    private final InputStream in;
    private final String name;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;

    Lines(InputStream in, String name) {
      this.in = in;
      this.name = name;
    }

    /** Returns the next line without its end; null at the end of the file. */
    byte @Nullable [] next() throws IOException {
      int at = from;
      while (true) {
        while (at < to && buffer[at] != '\n') {
          at++;
        }
        if (at - from > LONGEST_RECORD) {
          throw new IOException(name + " has a record of over " + LONGEST_RECORD + " bytes");
        }
        if (at < to) {
          return line(at, at + 1);
        }
        at -= from;
        if (!fill()) {
          return from == to ? null : line(to, to);
        }
        at += from;
      }
    }

    private byte[] line(int end, int next) {
      byte[] line = Arrays.copyOfRange(buffer, from, end);
      from = next;
      return line;
    }

    /** Reads on; false at the end. */
    private boolean fill() throws IOException {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
      if (to == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * to);
      }
      int count = in.read(buffer, to, buffer.length - to);
      to += Math.max(0, count);
      return count >= 0;
    }
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }
}

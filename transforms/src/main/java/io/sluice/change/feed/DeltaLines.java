/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.feed;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads a file of changes line by line, and holds it against its commit. */
public final class DeltaLines {

  /** Who has deleted an item, in the user identity of the record, if its time to live was over. */
  public static final String TTL = "dynamodb.amazonaws.com";

  private static final int LONGEST_RECORD = 4 << 20;

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
                new BufferedInputStream(
                    Channels.newInputStream(
                        FileSystems.open(FileSystems.matchNewResource(name, false)))),
                md5);
        InputStream in = new BufferedInputStream(new GZIPInputStream(bytes))) {
      for (byte[] line = readLine(in, name); line != null; line = readLine(in, name)) {
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

  /** Returns the next line without its end; null at the end of the file. */
  private static byte @Nullable [] readLine(InputStream in, String name) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toByteArray();
      }
      line.write(b);
      if (line.size() > LONGEST_RECORD) {
        throw new IOException(name + " has a record of over " + LONGEST_RECORD + " bytes");
      }
    }
    return line.size() == 0 ? null : line.toByteArray();
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.checkpoint;

import io.sluice.format.UnreadableFileException;
import io.sluice.storage.Glob;
import io.sluice.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The pages of a group of segments, in files that are numbered from 1, each created once and never
 * replaced. So of two JVMs that add to one chain, one fails: pages of two readings of a segment are
 * never mixed. Not for use by several threads at once.
 */
public final class CheckpointChain {
  private static final String ENDING = ".pages";
  private static final String TYPE = "application/octet-stream";

  private final String folder;
  private final String name;
  private final long writer = ThreadLocalRandom.current().nextLong();
  private long last;

  /** Receives the pages of a chain. */
  public interface Receiver {
    /** Receives the next page. */
    void page(KeptPage page) throws IOException, InterruptedException;
  }

  CheckpointChain(String folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /** Returns its folder, ending in a slash. */
  public String folder() {
    return folder;
  }

  private String file(long number) {
    return folder + String.format(Locale.ROOT, "%012d", number) + ENDING;
  }

  /**
   * Reads all pages, in the order in which they were added; those of one segment are in the order
   * of the scan. None of a new chain.
   *
   * @throws IOException when a file is missing before the last, or damaged, or cannot be read; its
   *     message has the name of the file
   */
  public void read(Receiver receiver) throws IOException, InterruptedException {
    List<String> files =
        Storage.match(Glob.escape(folder) + "*" + ENDING).stream()
            .map(MatchResult.Metadata::resourceId)
            .map(Object::toString)
            .sorted()
            .toList();
    for (int i = 0; i < files.size(); i++) {
      if (!files.get(i).endsWith(file(i + 1).substring(folder.length() - 1))) {
        throw unusable(file(i + 1), "it is missing");
      }
      for (KeptPage page : pages(i + 1)) {
        receiver.page(page);
      }
    }
    last = files.size();
  }

  private List<KeptPage> pages(long number) throws IOException {
    byte[] bytes;
    try {
      bytes = contents(number);
    } catch (FileNotFoundException e) {
      throw unusable(file(number), "it is missing");
    }
    try {
      return CheckpointBytes.read(bytes, name, number);
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(
          file(number),
          e instanceof IOException && e.getMessage() != null ? e.getMessage() : "it is damaged");
    }
  }

  private byte[] contents(long number) throws IOException {
    try (InputStream in =
        Channels.newInputStream(
            FileSystems.open(FileSystems.matchNewResource(file(number), false)))) {
      return in.readAllBytes();
    }
  }

  private UnreadableFileException unusable(String file, String why) {
    return new UnreadableFileException(
        file,
        "has pages that were scanned before, and cannot be used: %s; without the folder %s these segments are scanned again"
            .formatted(why, folder));
  }

  /**
   * Adds pages, behind those that were read and added so far. When this returns they are durable.
   *
   * @param pages those of one segment in the order of the scan
   * @throws IOException when they cannot be written, or another JVM has added to the chain
   */
  public void add(List<KeptPage> pages) throws IOException {
    long number = last + 1;
    byte[] bytes = CheckpointBytes.write(name, number, writer, pages);
    // The answer to an attempt may be lost, and the next is told that the file is there already.
    if (!Storage.createNew(file(number), bytes, TYPE) && !Arrays.equals(bytes, contents(number))) {
      throw new IOException(
          "another start of this job scans too, and has written "
              + file(number)
              + ": of two at once one must end");
    }
    last = number;
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.bucket;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps what an object will have in a temporary file, because it may not fit into memory. */
public final class Draft implements Closeable {

  private final Path file = Files.createTempFile("sluice-", ".tmp");

  /** Makes an empty file. */
  public Draft() throws IOException {}

  /** Opens the file to be written from its beginning; the caller closes it. */
  public OutputStream out() throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file));
  }

  /** Gives the file. */
  public Path file() {
    return file;
  }

  /** Deletes the file. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}

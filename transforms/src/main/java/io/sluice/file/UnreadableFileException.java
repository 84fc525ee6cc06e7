/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import io.sluice.failure.Errors;
import java.io.EOFException;
import java.io.IOException;
import org.apache.beam.sdk.io.fs.ResourceId;

/** A file that cannot be read, or is none of its format. The message names it and says why. */
public final class UnreadableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableFileException(ResourceId file, IOException why) {
    super(file + " " + reason(why), why);
  }

  /** Keeps an Error, which a runner may drop, and says in which file it happened. */
  UnreadableFileException(ResourceId file, Error why) {
    super(file + " cannot be read: " + Errors.oneLine(why), why);
  }

  /**
   * @param message names the file and says why
   */
  UnreadableFileException(String message) {
    super(message);
  }

  private static String reason(IOException why) {
    return why instanceof EOFException ? "is cut short" : "cannot be read: " + why.getMessage();
  }
}

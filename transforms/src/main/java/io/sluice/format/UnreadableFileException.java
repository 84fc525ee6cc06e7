/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import io.sluice.failure.Errors;
import io.sluice.failure.Lasting;
import io.sluice.storage.S3Failure;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * The exception for a file that cannot be read, or is not of its format. The message names the file
 * and the reason. Unless S3 was away, it {@linkplain Lasting lasts}.
 */
public final class UnreadableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String file;

  public UnreadableFileException(ResourceId file, IOException why) {
    super(file + " " + reason(why), maySucceedLater(why) ? why : Lasting.because(why));
    this.file = file.toString();
  }

  /** Wraps an Error, which a runner might drop, and names the file in which it happened. */
  public UnreadableFileException(ResourceId file, Error why) {
    super(file + " cannot be read: " + Errors.oneLine(why), why);
    this.file = file.toString();
  }

  /**
   * Names a file and its problem.
   *
   * @param file the file's name
   * @param problem follows the name in a sentence
   */
  public UnreadableFileException(String file, String problem) {
    super(file + " " + problem, Lasting.because(null));
    this.file = file;
  }

  /** Returns the file's name. */
  public String file() {
    return file;
  }

  /** Whether it is S3 that was away; the bytes of a file stay as they are. */
  private static boolean maySucceedLater(IOException why) {
    return why instanceof S3Failure failure && failure.seconds() > 0;
  }

  private static String reason(IOException why) {
    if (why instanceof FileNotFoundException || why instanceof NoSuchFileException) {
      return "is not there any more: it was when the input was listed";
    }
    return why instanceof EOFException ? "is cut short" : "cannot be read: " + why.getMessage();
  }
}

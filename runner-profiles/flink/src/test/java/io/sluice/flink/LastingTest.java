/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;

import io.sluice.failure.Lasting;
import io.sluice.format.UnreadableFileException;
import io.sluice.storage.S3Failure;
import java.io.EOFException;
import java.io.IOException;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.junit.jupiter.api.Test;

/** Asks Flink whether it would restart a job after a failure. */
class LastingTest {
  private static final ResourceId FILE = FileSystems.matchNewResource("/in/a.csv.gz", false);

  private static boolean lasts(Throwable failure) {
    Throwable told = UserCodeException.wrap(failure);
    return ThrowableClassifier.findThrowableOfThrowableType(told, ThrowableType.NonRecoverableError)
        .isPresent();
  }

  private static IOException away(long seconds) {
    return new S3Failure("bucket", seconds, new IllegalStateException("no answer"));
  }

  @Test
  void whatIsMeantToLastDoes() {
    Exception cause = new IllegalArgumentException("no such table");
    IOException failure = new IOException("it cannot be scanned", Lasting.because(cause));
    assertThat(lasts(failure), is(true));
    assertThat(failure.getCause().getCause(), is(sameInstance(cause)));
    assertThat(lasts(new IOException("reset", cause)), is(false));
  }

  @Test
  void aDamagedFileStaysDamaged() {
    assertThat(lasts(new UnreadableFileException("a.csv.gz", "is not GZIP")), is(true));
    assertThat(lasts(new UnreadableFileException(FILE, new EOFException())), is(true));
    assertThat(lasts(new UnreadableFileException(FILE, away(0))), is(true));
    assertThat("S3 may be back", lasts(new UnreadableFileException(FILE, away(60))), is(false));
    assertThat(
        "of this worker", lasts(new UnreadableFileException(FILE, new Error("mem"))), is(false));
  }
}

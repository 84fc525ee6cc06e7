/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.beam.sdk.io.aws2.s3.S3FileSystemConfiguration;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.s3.S3Client;

/** Sends requests to S3, and retries them while they fail in a way that may pass. */
final class S3Calls {
  private static final long IDLE_MILLIS = 10_000;
  private static final int NOT_FOUND = 404;
  static final int PRECONDITION_FAILED = 412;

  /**
   * Whether any server has answered this JVM: then its address is right, and it is worth waiting
   * for.
   */
  private static volatile boolean answered;

  private final S3FileSystemConfiguration config;
  private final SharedClient<S3Client> clients;
  private final @Nullable Duration patience;

  S3Calls(S3FileSystemConfiguration config) {
    this(config, null);
  }

  /**
   * @param patience how long a request is retried; null for the default
   */
  S3Calls(S3FileSystemConfiguration config, @Nullable Duration patience) {
    this.config = config;
    this.clients =
        new SharedClient<>(() -> S3Requests.counted(config.getS3ClientBuilder()), IDLE_MILLIS);
    this.patience = patience;
  }

  S3FileSystemConfiguration config() {
    return config;
  }

  /** Returns the clients to lease, for answers that are read piece by piece. */
  SharedClient<S3Client> clients() {
    return clients;
  }

  S3Patience patience() {
    return new S3Patience(
        patience != null
            ? patience
            : answered ? S3Patience.FOR_AN_ACQUAINTANCE : S3Patience.FOR_A_STRANGER);
  }

  /**
   * Sends a request until it succeeds.
   *
   * @throws FileNotFoundException when there is no such object
   * @throws S3Failure when it fails for good, or for too long
   */
  <T> T call(S3Place place, Function<S3Client, T> request) throws IOException {
    S3Patience patience = patience();
    while (true) {
      S3Client client = clients.lease();
      try {
        T answer = request.apply(client);
        answered = true;
        return answer;
      } catch (SdkException e) {
        waitOrFail(place, patience, e);
      } finally {
        clients.release();
      }
    }
  }

  /**
   * Waits before another attempt, if one makes sense.
   *
   * @throws IOException when it does not
   */
  void waitOrFail(S3Place place, S3Patience patience, Exception failure) throws IOException {
    if (failure instanceof SdkServiceException) {
      answered = true;
    }
    if (!S3Patience.mayPass(failure)) {
      throw permanent(place, failure);
    }
    long pause = patience.failed(System.nanoTime());
    if (pause < 0) {
      throw new S3Failure(
          place.bucket(), Math.max(1, patience.seconds(System.nanoTime())), failure);
    }
    try {
      TimeUnit.NANOSECONDS.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while S3 did not answer");
      interrupted.initCause(failure);
      throw interrupted;
    }
  }

  private static IOException permanent(S3Place place, Exception failure) {
    if (isStatus(failure, NOT_FOUND) && !"NoSuchBucket".equals(code(failure))) {
      FileNotFoundException gone = new FileNotFoundException(place + " is not there");
      gone.initCause(failure);
      return gone;
    }
    return new S3Failure(place.bucket(), 0, failure);
  }

  /** Whether S3 answered with this status. */
  static boolean isStatus(@Nullable Throwable failure, int status) {
    return failure instanceof SdkServiceException service && service.statusCode() == status;
  }

  /** Returns S3's code of the error; null when there is none, as for HEAD requests. */
  static @Nullable String code(Exception failure) {
    return failure instanceof AwsServiceException aws && aws.awsErrorDetails() != null
        ? aws.awsErrorDetails().errorCode()
        : null;
  }
}

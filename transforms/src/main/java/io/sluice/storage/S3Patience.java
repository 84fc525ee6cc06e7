/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Decides for how long, and after what pauses, a request to S3 is retried that failed in a way that
 * may pass: no connection, no answer, HTTP 5xx, throttling, expired credentials.
 */
final class S3Patience {

  /** For a server that has answered this JVM before; as long as a request to DynamoDB may fail. */
  static final Duration FOR_AN_ACQUAINTANCE = Duration.ofMinutes(10);

  /** For a server that has never answered: a person is waiting, and the address may be wrong. */
  static final Duration FOR_A_STRANGER = Duration.ofSeconds(10);

  private static final long FIRST_PAUSE = Duration.ofMillis(50).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(10).toNanos();
  private static final int MOST_DOUBLINGS = 20;

  private static final Set<String> PASSING =
      Set.of(
          // Another request with a condition is at work on the same object.
          "ConditionalRequestConflict",
          "ExpiredToken",
          "InternalError",
          "OperationAborted",
          "RequestExpired",
          "RequestTimeout",
          "ServiceUnavailable",
          "SlowDown",
          "TokenRefreshRequired");
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;
  private static final int NOT_IMPLEMENTED = 501;

  private final Duration most;
  private long firstFailure;
  private int failures;

  /**
   * @param most how long the request may keep failing
   */
  S3Patience(Duration most) {
    this.most = most;
  }

  /**
   * Counts a failure that may pass.
   *
   * @param now a moment in nanoseconds
   * @return nanoseconds to wait before the next attempt; -1 when the time is up
   */
  long failed(long now) {
    firstFailure = failures == 0 ? now : firstFailure;
    failures++;
    if (now - firstFailure > most.toNanos()) {
      return -1;
    }
    long longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failures - 1, MOST_DOUBLINGS));
    return longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2);
  }

  /** Returns for how many seconds the request has been failing. */
  long seconds(long now) {
    return failures == 0 ? 0 : Duration.ofNanos(now - firstFailure).toSeconds();
  }

  /** Resets the failures after a success. */
  void succeeded() {
    failures = 0;
  }

  /** Whether a request that failed like this may succeed when it is retried. */
  static boolean mayPass(Throwable failure) {
    if (failure instanceof AbortedException) {
      return false;
    }
    if (failure instanceof SdkServiceException service) {
      String code =
          failure instanceof AwsServiceException aws && aws.awsErrorDetails() != null
              ? aws.awsErrorDetails().errorCode()
              : null;
      int status = service.statusCode();
      return (status >= SERVER_ERROR && status != NOT_IMPLEMENTED)
          || status == TOO_MANY_REQUESTS
          || service.isThrottlingException()
          || (code != null && PASSING.contains(code));
    }
    if (failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException) {
      return true;
    }
    return failure instanceof SdkClientException
        ? hasIoCause(failure.getCause())
        : failure instanceof IOException io && isOfTheNetwork(io);
  }

  private static boolean hasIoCause(@Nullable Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof IOException io) {
        return isOfTheNetwork(io);
      }
    }
    return false;
  }

  /** Whether the network failed; an interrupted thread has to end, not to retry. */
  private static boolean isOfTheNetwork(IOException failure) {
    return failure instanceof SocketTimeoutException
        || !(failure instanceof java.io.InterruptedIOException
            || failure instanceof java.nio.channels.ClosedByInterruptException);
  }
}

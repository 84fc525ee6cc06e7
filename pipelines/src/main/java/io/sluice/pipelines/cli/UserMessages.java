/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import io.sluice.bulk.LoadException;
import io.sluice.dynamodb.table.TableLookupException;
import io.sluice.failure.Errors;
import io.sluice.format.UnreadableFileException;
import io.sluice.snapshot.PublishException;
import io.sluice.source.jdbc.DatabaseException;
import io.sluice.storage.S3Failure;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Explains in one line why something failed, and what a person may do about it. */
public final class UserMessages {
  private static final Set<String> UNKNOWN_CREDENTIALS =
      Set.of(
          "AuthFailure",
          "IncompleteSignature",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");
  private static final Set<String> EXPIRED_CREDENTIALS =
      Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired");
  private static final Set<String> DENIED =
      Set.of("AccessDenied", "AccessDeniedException", "AllAccessDisabled", "UnauthorizedAccess");
  private static final Set<String> OTHER_REGION =
      Set.of(
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "PermanentRedirect");

  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile("java\\.lang\\.OutOfMemoryError: *([^\\n]*)");

  private UserMessages() {}

  /**
   * Returns our own message if it is sufficient; else what AWS or the network reports, in plain
   * words; else the innermost message of the chain.
   */
  public static String oneLine(Throwable failure) {
    return find(UnreadableFileException.class, failure)
        .map(UserMessages::file)
        .or(() -> find(PublishException.class, failure).map(UserMessages::publication))
        .or(() -> find(LoadException.class, failure).map(e -> firstLine(e.getMessage())))
        .or(() -> find(DatabaseException.class, failure).map(Throwable::getMessage))
        .or(() -> find(Error.class, failure).map(Errors::oneLine))
        .or(() -> outOfMemoryElsewhere(failure))
        .or(() -> ClusterMessages.of(failure))
        .or(() -> find(S3Failure.class, failure).map(UserMessages::storage))
        .or(() -> find(TableLookupException.class, failure).map(UserMessages::lookup))
        .or(() -> find(AwsServiceException.class, failure).map(UserMessages::service))
        .or(() -> network(failure))
        .or(() -> find(SdkClientException.class, failure).flatMap(UserMessages::client))
        .orElseGet(() -> innermost(failure));
  }

  /**
   * Returns the state of the snapshot, which says more than the service's answer that caused the
   * failure.
   */
  private static @Nullable String publication(PublishException e) {
    return firstLine(e.getMessage());
  }

  /** A worker in another JVM sends the text of an Error, not the Error. */
  private static Optional<String> outOfMemoryElsewhere(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      Matcher text = OUT_OF_MEMORY.matcher(String.valueOf(t.getMessage()));
      if (text.find()) {
        return Optional.of(Errors.outOfMemory(text.group(1)));
      }
    }
    return Optional.empty();
  }

  /** Describes the problem with the file, or with S3 if that is the cause. */
  private static String file(UnreadableFileException e) {
    return find(S3Failure.class, e)
        .map(failure -> e.file() + " cannot be read: " + storage(failure))
        .orElse(e.getMessage());
  }

  private static String storage(S3Failure e) {
    String why = oneLine(e.getCause());
    return "S3, bucket "
        + e.bucket()
        + ": "
        + why
        + (e.seconds() == 0 ? "" : " (tried again for " + e.seconds() + " s)");
  }

  private static String lookup(TableLookupException e) {
    return "the table " + e.table() + " cannot be described: " + oneLine(e.getCause());
  }

  private static String service(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    if (code == null) {
      return e.statusCode() == 403
          ? "access denied (HTTP 403): check the credentials and what they may do"
          : "AWS answered HTTP " + e.statusCode();
    }
    if (UNKNOWN_CREDENTIALS.contains(code)) {
      return "AWS does not accept the credentials (" + code + "): check access key and secret";
    }
    if (EXPIRED_CREDENTIALS.contains(code)) {
      return "the credentials have expired (" + code + "): log in again";
    }
    if (OTHER_REGION.contains(code)) {
      return "it is in another region (" + code + "): check --awsRegion";
    }
    String message = firstLine(details.errorMessage());
    if (DENIED.contains(code)) {
      return "access denied: " + (message == null ? code : message);
    }
    if (code.equals("NoSuchBucket")) {
      return "the bucket does not exist";
    }
    if (message == null) {
      return code;
    }
    // This message is sufficient; for others, the code is what people look up.
    return code.equals("ValidationException") ? message : message + " (" + code + ")";
  }

  private static Optional<String> network(Throwable failure) {
    Optional<String> unknownHost =
        find(UnknownHostException.class, failure).map(e -> "no such host: " + e.getMessage());
    if (unknownHost.isPresent()) {
      return unknownHost;
    }
    if (find(ConnectException.class, failure).isPresent()) {
      return Optional.of("nobody answers there (connection refused)");
    }
    boolean timeout =
        find(SocketTimeoutException.class, failure).isPresent()
            || find(ApiCallTimeoutException.class, failure).isPresent()
            || find(ApiCallAttemptTimeoutException.class, failure).isPresent();
    return timeout ? Optional.of("no answer in time") : Optional.empty();
  }

  private static Optional<String> client(SdkClientException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("credentials")
        ? Optional.of(
            "no AWS credentials found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, choose an"
                + " AWS_PROFILE, or give --local for the embedded AWS")
        : Optional.empty();
  }

  private static String innermost(Throwable failure) {
    String message = null;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t.getMessage() != null) {
        message = t.getMessage();
      }
    }
    String line = firstLine(message);
    return line == null ? failure.getClass().getSimpleName() : line;
  }

  private static @Nullable String firstLine(@Nullable String message) {
    return message == null ? null : message.lines().findFirst().orElse(null);
  }

  /**
   * Finds the first exception of a class in the chain of causes, since Beam and its runners wrap
   * exceptions.
   */
  private static <T extends Throwable> Optional<T> find(Class<T> type, Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return Optional.of(type.cast(t));
      }
    }
    return Optional.empty();
  }
}

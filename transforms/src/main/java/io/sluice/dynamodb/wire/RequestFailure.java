/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Classifies failed requests by how they are handled. */
public enum RequestFailure {
  /** DynamoDB did nothing, because the request came too fast. */
  THROTTLED,
  /** The outcome is unknown: a server error, a timeout, a broken connection. */
  TRANSIENT,
  /** The answer is not DynamoDB's, or was damaged on its way; the request may have been done. */
  UNREADABLE,
  /** The credentials had expired; new ones are fetched for the next attempt. */
  EXPIRED,
  /** DynamoDB did nothing, and never will, because of an item. */
  INVALID,
  /** Trying again would not help: no permission, no such table. */
  FATAL;

  private static final Set<String> EXPIRED_CODES =
      Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired");

  private static final Set<String> THROTTLING_CODES =
      Set.of(
          "ProvisionedThroughputExceededException",
          "ThrottlingException",
          "ThrottledException",
          "Throttling",
          "RequestLimitExceeded",
          "LimitExceededException",
          "TransactionInProgressException",
          "SlowDown");

  /** For a global table: another region is writing the item. */
  private static final String REPLICATION_CONFLICT = "ReplicatedWriteConflictException";

  private static final Set<String> INVALID_CODES =
      Set.of("ValidationException", "ItemCollectionSizeLimitExceededException");

  /**
   * Beginnings of DynamoDB's messages that say what is wrong and repeat no value. Others may repeat
   * one ("The parameter cannot be converted to a numeric value: …") and are left out.
   */
  private static final List<String> HARMLESS =
      List.of(
          "Item size has exceeded",
          "Item size to update has exceeded",
          "Nesting Levels have exceeded",
          "Number overflow",
          "Number underflow",
          "Attempting to store more than 38 significant digits",
          "One or more parameter values were invalid: Type mismatch for",
          "One or more parameter values were invalid: Missing the key",
          "One or more parameter values were invalid: Size of hashkey has exceeded",
          "One or more parameter values were invalid: Aggregated size of all range keys",
          "One or more parameter values are not valid. The AttributeValue for a key attribute",
          "Collection size limit exceeded",
          "The provided key element does not match the schema");

  /** Likewise for a scan: these messages repeat expressions and names that a person gave. */
  private static final List<String> HARMLESS_OF_SCAN =
      List.of(
          "Invalid FilterExpression",
          "Invalid ProjectionExpression",
          "ExpressionAttributeNames",
          "ExpressionAttributeValues can only be specified",
          "ExpressionAttributeValues must not be empty",
          "ExpressionAttributeValues contains invalid key",
          "Value provided in ExpressionAttributeNames unused",
          "Value provided in ExpressionAttributeValues unused",
          "The table does not have the specified index",
          "Consistent reads are not supported on global secondary indexes");

  /** Codes whose messages are about the table and the caller. */
  private static final Set<String> HARMLESS_CODES =
      Set.of(
          "AccessDeniedException",
          "ResourceNotFoundException",
          "ProvisionedThroughputExceededException",
          "ThrottlingException",
          "RequestLimitExceeded");

  /** Whether the same request may succeed later. */
  public boolean isPassing() {
    return this == THROTTLED || this == TRANSIENT || this == UNREADABLE || this == EXPIRED;
  }

  public static RequestFailure of(RuntimeException e) {
    if (e instanceof AwsServiceException service) {
      String code = service.awsErrorDetails() == null ? "" : service.awsErrorDetails().errorCode();
      code = code == null ? "" : code;
      if (EXPIRED_CODES.contains(code)) {
        return EXPIRED;
      }
      if (THROTTLING_CODES.contains(code) || RetryUtils.isThrottlingException(service)) {
        return THROTTLED;
      }
      if (INVALID_CODES.contains(code)) {
        return INVALID;
      }
      boolean transientError =
          service.statusCode() >= 500
              || code.equals(REPLICATION_CONFLICT)
              || RetryUtils.isClockSkewException(service);
      return transientError ? TRANSIENT : FATAL;
    }
    if (e instanceof SdkClientException client && findUnreadable(client).isPresent()) {
      return UNREADABLE;
    }
    if (e instanceof RetryableException) {
      return TRANSIENT;
    }
    if (e instanceof SdkClientException client) {
      return isOfTheNetwork(client) ? TRANSIENT : FATAL;
    }
    return FATAL;
  }

  private static Optional<UnreadableAnswerException> findUnreadable(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnreadableAnswerException unreadable) {
        return Optional.of(unreadable);
      }
    }
    return Optional.empty();
  }

  /** Says what is wrong with an answer that is {@link #UNREADABLE}. */
  public static String unreadableMessageOf(RuntimeException e) {
    return findUnreadable(e).map(UnreadableAnswerException::reason).orElseGet(() -> nameOf(e));
  }

  /**
   * Says why a job gives up after answers that are {@link #UNREADABLE}.
   *
   * @param reason what is wrong with the last of them
   */
  public static String againAndAgain(String reason) {
    return "the answers are repeatedly not DynamoDB's ("
        + reason
        + "); a proxy or gateway may be changing them";
  }

  /**
   * Whether it is a timeout of the SDK or a failure of the connection, and not missing credentials
   * or a defect.
   */
  private static boolean isOfTheNetwork(SdkClientException e) {
    if (e.retryable()) {
      return true;
    }
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof java.io.IOException) {
        return true;
      }
    }
    return e instanceof software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException
        || e instanceof software.amazon.awssdk.core.exception.ApiCallTimeoutException;
  }

  /** Says what is wrong with an item, without its contents. */
  public static String messageOf(SdkException e) {
    String code = "";
    String text = "";
    if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      code = String.valueOf(service.awsErrorDetails().errorCode());
      text = String.valueOf(service.awsErrorDetails().errorMessage());
    }
    return refusal(text).orElse("DynamoDB refused the item (" + code + ")");
  }

  /** Says what is wrong with an item, without its contents, by DynamoDB's own words about it. */
  public static String messageOf(String text) {
    return refusal(text).orElse("DynamoDB refused the item");
  }

  private static Optional<String> refusal(String text) {
    return HARMLESS.stream().anyMatch(text::startsWith)
        ? Optional.of("DynamoDB refused the item: " + text.lines().findFirst().orElse(""))
        : Optional.empty();
  }

  /** Says why a scan is refused, without contents of items. */
  public static String scanMessageOf(RuntimeException e) {
    if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      String text = String.valueOf(service.awsErrorDetails().errorMessage());
      if (HARMLESS_OF_SCAN.stream().anyMatch(text::startsWith)) {
        return text.lines().findFirst().orElse("");
      }
    }
    return nameOf(e);
  }

  /**
   * Returns the failure as a cause that may be logged with its stack trace: DynamoDB's message is
   * left out if it may repeat contents of items or values of an expression.
   */
  public static RuntimeException withoutContents(RuntimeException e) {
    if (!(e instanceof AwsServiceException service)) {
      // Messages of the SDK are about the network and credentials, and ours have no contents.
      return e;
    }
    AwsErrorDetails details = service.awsErrorDetails();
    AwsErrorDetails.Builder harmless = AwsErrorDetails.builder();
    if (details != null) {
      String message = details.errorMessage();
      harmless
          .errorCode(details.errorCode())
          .serviceName(details.serviceName())
          .errorMessage(isHarmless(details) ? message.lines().findFirst().orElse("") : null);
    }
    RuntimeException told =
        DynamoDbException.builder()
            .statusCode(service.statusCode())
            .requestId(service.requestId())
            .awsErrorDetails(harmless.build())
            .build();
    told.setStackTrace(e.getStackTrace());
    return told;
  }

  private static boolean isHarmless(AwsErrorDetails details) {
    String message = details.errorMessage();
    return message != null
        && (HARMLESS_CODES.contains(String.valueOf(details.errorCode()))
            || HARMLESS_OF_SCAN.stream().anyMatch(message::startsWith));
  }

  /** Names the failure in a few words, for the message of a job that gives up. */
  public static String nameOf(RuntimeException e) {
    if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      return service.awsErrorDetails().errorCode() + " (HTTP " + service.statusCode() + ")";
    }
    Optional<UnreadableAnswerException> unreadable = findUnreadable(e);
    if (unreadable.isPresent()) {
      return againAndAgain(unreadable.get().reason());
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName();
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class RequestFailureTest {
  private static final String CONTENTS = "4111-1111";

  private static DynamoDbException failure(int status, String code, String message) {
    return (DynamoDbException)
        DynamoDbException.builder()
            .statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .message(message)
            .build();
  }

  @ParameterizedTest
  @CsvSource({
    "400, ProvisionedThroughputExceededException, THROTTLED",
    "400, ThrottlingException, THROTTLED",
    "400, RequestLimitExceeded, THROTTLED",
    "400, LimitExceededException, THROTTLED",
    "429, SomethingNew, THROTTLED",
    "503, SlowDown, THROTTLED",
    "500, InternalServerError, TRANSIENT",
    "503, ServiceUnavailable, TRANSIENT",
    "502, '', TRANSIENT",
    "400, RequestTimeTooSkewed, TRANSIENT",
    "400, ExpiredTokenException, EXPIRED",
    "400, ExpiredToken, EXPIRED",
    "400, RequestExpired, EXPIRED",
    "400, ValidationException, INVALID",
    "400, ItemCollectionSizeLimitExceededException, INVALID",
    "400, AccessDeniedException, FATAL",
    "400, ResourceNotFoundException, FATAL",
    "400, UnrecognizedClientException, FATAL",
    "400, SerializationException, FATAL",
    "413, '', FATAL",
  })
  void whatAnErrorOfTheServiceMeans(int status, String code, RequestFailure kind) {
    assertThat(RequestFailure.of(failure(status, code, "")), is(kind));
  }

  @Test
  void anErrorWithoutDetailsGoesByItsStatus() {
    assertThat(
        RequestFailure.of((DynamoDbException) DynamoDbException.builder().statusCode(503).build()),
        is(RequestFailure.TRANSIENT));
    assertThat(
        RequestFailure.of((DynamoDbException) DynamoDbException.builder().statusCode(400).build()),
        is(RequestFailure.FATAL));
  }

  @Test
  void timeoutsAndBrokenConnectionsPass() {
    assertThat(
        RequestFailure.of(ApiCallAttemptTimeoutException.create(10_000)),
        is(RequestFailure.TRANSIENT));
    assertThat(
        RequestFailure.of(ApiCallTimeoutException.create(10_000)), is(RequestFailure.TRANSIENT));
    assertThat(
        RequestFailure.of(
            SdkClientException.create(
                "Unable to execute", new RuntimeException(new SocketTimeoutException()))),
        is(RequestFailure.TRANSIENT));
    assertThat(
        RequestFailure.of(RetryableException.create("try again")), is(RequestFailure.TRANSIENT));
  }

  @Test
  void anAnswerThatIsNotUnderstoodIsNoBrokenConnection() {
    SdkClientException failure =
        SdkClientException.create(
            "Unable to execute",
            UnreadableAnswerException.noAnswer(new UnreadableAnswerException("it ends early")));
    assertThat(RequestFailure.of(failure), is(RequestFailure.UNREADABLE));
    assertThat(RequestFailure.unreadableMessageOf(failure), is("it ends early"));
  }

  @Test
  void whatIsWrongOnThisSideDoesNotPass() {
    assertThat(
        RequestFailure.of(SdkClientException.create("Unable to load credentials")),
        is(RequestFailure.FATAL));
    assertThat(RequestFailure.of(AbortedException.create("interrupted")), is(RequestFailure.FATAL));
    assertThat(RequestFailure.of(new IllegalStateException("closed")), is(RequestFailure.FATAL));
  }

  @ParameterizedTest
  @CsvSource({
    "THROTTLED, true",
    "TRANSIENT, true",
    "UNREADABLE, true",
    "EXPIRED, true",
    "INVALID, false",
    "FATAL, false"
  })
  void whatIsTriedAgain(RequestFailure kind, boolean again) {
    assertThat(kind.isPassing(), is(again));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Item size has exceeded the maximum allowed size",
        "Nesting Levels have exceeded supported limits",
        "One or more parameter values were invalid: Missing the key id in the item",
        "One or more parameter values were invalid: Type mismatch for Index Key zone Expected: S"
            + " Actual: N IndexName: by-zone",
      })
  void theMessageSaysWhatDynamoDbSaysWhenThatHasNoContents(String text) {
    assertThat(
        RequestFailure.messageOf(failure(400, "ValidationException", text)),
        is("DynamoDB refused the item: " + text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The parameter cannot be converted to a numeric value: " + CONTENTS,
        "One or more parameter values were invalid: Invalid UUID: " + CONTENTS,
        CONTENTS,
        "Item size has exceeded the maximum allowed size\n" + CONTENTS,
      })
  void theMessageHasNoContents(String text) {
    String message = RequestFailure.messageOf(failure(400, "ValidationException", text));
    assertThat(message, containsString("DynamoDB refused the item"));
    assertThat(message, not(containsString(CONTENTS)));
  }

  @Test
  void aMessageWithContentsIsReplacedByItsCode() {
    assertThat(
        RequestFailure.messageOf(failure(400, "ValidationException", CONTENTS)),
        is("DynamoDB refused the item (ValidationException)"));
  }

  @Test
  void theNameOfAFailureIsItsCodeOrWhatIsAtItsRoot() {
    assertThat(
        RequestFailure.nameOf(failure(400, "AccessDeniedException", CONTENTS)),
        is("AccessDeniedException (HTTP 400)"));
    assertThat(
        RequestFailure.nameOf(SdkClientException.create(CONTENTS, new IOException(CONTENTS))),
        is("IOException"));
  }

  @ParameterizedTest
  @CsvSource({
    "ValidationException, One of 4111-1111, ",
    "SerializationException, 4111-1111 is no number, ",
    "AccessDeniedException, User is not authorized, User is not authorized",
    "ValidationException, Invalid FilterExpression: at #, Invalid FilterExpression: at #",
    "InternalServerError, , ",
  })
  void aCauseSaysWhatHasNoContents(String code, String message, String told) {
    DynamoDbException failure = failure(400, code, message);
    DynamoDbException cause = (DynamoDbException) RequestFailure.withoutContents(failure);
    assertThat(cause.awsErrorDetails().errorMessage(), is(told));
    assertThat(cause.awsErrorDetails().errorCode(), is(code));
    assertThat(cause.statusCode(), is(400));
    assertThat(cause.getStackTrace(), is(failure.getStackTrace()));
    assertThat(cause.toString(), not(containsString(CONTENTS)));
  }

  @Test
  void aCauseThatIsNotDynamoDbsStaysAsItIs() {
    SdkClientException failure = SdkClientException.create("Unable to load credentials");
    assertThat(RequestFailure.withoutContents(failure), is(failure));
  }
}

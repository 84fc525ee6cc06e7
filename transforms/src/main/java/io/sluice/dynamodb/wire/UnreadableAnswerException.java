/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Thrown when a complete answer is not DynamoDB's. Its message has no contents. */
public final class UnreadableAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason what is wrong with the answer, such as "it has no body"
   */
  public UnreadableAnswerException(String reason) {
    super("the answer is not DynamoDB's (" + reason + ")");
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  /**
   * Wraps a missing or unintelligible answer as a failure that may pass when the request is sent
   * again.
   */
  public static SdkClientException noAnswer(IOException e) {
    return SdkClientException.create("no answer from DynamoDB", e);
  }
}

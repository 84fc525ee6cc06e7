/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** An answer came as a whole, and is not what DynamoDB says. Its message has no contents. */
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

  /** What it is when no answer comes, or one that is not understood: sent again, it may. */
  public static SdkClientException noAnswer(IOException e) {
    return SdkClientException.create("no answer from DynamoDB", e);
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.failure.Lasting;
import java.io.IOException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The exception for items that DynamoDB does not load by itself; its message is for people. */
public final class LoadException extends IOException {
  private static final long serialVersionUID = 1L;

  private LoadException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Says what would be so again if the step were repeated. */
  LoadException(String message) {
    super(message, Lasting.because(null));
  }

  /** Says what a request about no single item has failed with. */
  static LoadException of(SdkException e, String place) {
    String why = RequestFailure.nameOf(e);
    if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      String message = service.awsErrorDetails().errorMessage();
      if (message != null && !message.isEmpty()) {
        why =
            "%s (%s)"
                .formatted(
                    message.lines().findFirst().orElse(""), service.awsErrorDetails().errorCode());
      }
    }
    return new LoadException(
        "DynamoDB does not load what is staged in %s, which stays there: %s".formatted(place, why),
        RequestFailure.of(e).isPassing() ? e : Lasting.because(e));
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.job;

import java.time.Instant;
import java.util.Optional;

/** Runs, or ran, in the background. */
public interface Job {

  /** Gives the ARN. */
  String arn();

  /** Says when it was started. */
  Instant started();

  /** Gives the token of the request that started it. */
  String token();

  /** Says when its token begins to age, if it does already. */
  Optional<Instant> tokenSince();
}

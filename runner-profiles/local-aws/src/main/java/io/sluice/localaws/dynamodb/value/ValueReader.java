/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Reads values of one request's JSON in one pass, and keeps the first that is invalid.
 *
 * <p>The service reads a whole request before it validates any of it: wrong JSON types at its end
 * come before an invalid number at its begin. So a SerializationException is thrown at once, and a
 * ValidationException is kept for whoever has read the rest of the request.
 */
public final class ValueReader {

  private final JsonParser json;

  /** Reads from {@code json}. */
  public ValueReader(JsonParser json) {
    this.json = json;
  }

  /** Reads one value from the current token on, and leaves the parser at its last token. */
  public Value value() throws IOException {
    throw new UnsupportedOperationException(String.valueOf(json));
  }

  /** Reads a map of values from the current token on, and leaves the parser at its last token. */
  public Map<String, Value> item() throws IOException {
    throw new UnsupportedOperationException(String.valueOf(json));
  }

  /** Gives the first ValidationException of what was read up to now, if there is one. */
  public Optional<DynamoDbException> problem() {
    return Optional.empty();
  }

  /** Throws the {@link #problem}, if there is one. */
  public void check() {
    problem()
        .ifPresent(
            problem -> {
              throw problem;
            });
  }
}

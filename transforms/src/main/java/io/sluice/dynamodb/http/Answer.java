/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.http;

import java.util.List;
import java.util.Optional;

/**
 * A complete answer.
 *
 * @param status the status code, 200 to 599
 * @param headers in the order in which they came
 * @param body as it came, without the frames of chunks; empty when there is none
 */
public record Answer(int status, List<Header> headers, byte[] body) {

  /** A line of an answer's head; a name is in the letters in which it came. */
  public record Header(String name, String value) {}

  /** Finds the first header of this name, whatever its case. */
  public Optional<String> first(String name) {
    return first(headers, name);
  }

  static Optional<String> first(List<Header> headers, String name) {
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return Optional.of(header.value());
      }
    }
    return Optional.empty();
  }
}

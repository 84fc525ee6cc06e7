/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import java.util.Optional;

/** Answers requests that are none of the service's, by their path. */
public interface Pages {

  /** Answers none. */
  Pages NONE = (method, path, type, body) -> Optional.empty();

  /**
   * Answers a request.
   *
   * @param method of HTTP, {@code GET} for example
   * @param path with the slash at its start, without a query
   * @param type the Content-Type without parameters, empty if there is none
   * @return empty if there is nothing at this path
   */
  Optional<Reply> answer(String method, String path, String type, byte[] body);
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Does what requests of one name say. */
@FunctionalInterface
public interface Operation {

  /**
   * Reads a request, and does what it says.
   *
   * @param json stands at the start of the request's object
   * @param region the one that the request was signed for
   */
  Answer run(JsonParser json, String region) throws IOException;
}

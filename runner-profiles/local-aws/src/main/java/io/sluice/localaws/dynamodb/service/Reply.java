/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Holds the answer to a request.
 *
 * @param status of HTTP: 200, 400 or 500
 * @param body JSON; not to be changed
 */
public record Reply(int status, byte[] body) {

  private static final JsonFactory JSON = new JsonFactory();

  /** Writes the body of an answer. */
  @FunctionalInterface
  public interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  /** Makes an answer whose body is written as one piece of JSON. */
  public static Reply json(int status, Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Reply(status, bytes.toByteArray());
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Writes and reads records as JSON; components that are null are left out. */
public final class LedgerJson {
  static final String TYPE = "application/json";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setSerializationInclusion(JsonInclude.Include.NON_NULL)
          .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private LedgerJson() {}

  /** Writes a record in one line. */
  public static byte[] write(Record value) {
    try {
      return JSON.writeValueAsString(value).getBytes(UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not to be written as JSON", e);
    }
  }

  /** Reads a record. */
  static <T extends Record> T read(byte[] json, Class<T> type, String name) throws IOException {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IOException(name + " is damaged: " + e.getOriginalMessage(), e);
    }
  }
}

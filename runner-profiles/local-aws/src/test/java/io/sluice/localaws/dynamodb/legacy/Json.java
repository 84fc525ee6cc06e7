/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.legacy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.request.MapOf;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.ValueReader;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Reads JSON in which apostrophes stand for quotes. */
final class Json {

  private Json() {}

  static LegacyMap map(MapOf shape, String json) {
    try (JsonParser parser = parser(json)) {
      return LegacyMap.read(parser, shape, Wording.CURRENT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Value> item(String json) {
    try (JsonParser parser = parser(json)) {
      return new ValueReader(parser, Wording.CURRENT).item();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonParser parser(String json) throws IOException {
    JsonParser parser = new JsonFactory().createParser(json.replace('\'', '"'));
    parser.nextToken();
    return parser;
  }
}

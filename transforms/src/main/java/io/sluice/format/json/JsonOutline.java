/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The visible outline of a JSON value that may be cut off or damaged: a {@code Map}, a {@code
 * List}, a {@code String} (empty when it is cut off), or the {@link JsonToken} of another scalar;
 * {@link #DEEP} for anything nested deeper than any envelope.
 */
public final class JsonOutline {
  /** Stands for a list or map whose content was not read. */
  public static final Object DEEP = new Object();

  private static final int MAX_LEVELS = 12;
  private static final JsonFactory JSON = new JsonFactory();

  private @Nullable Object value;
  private boolean whole;

  private JsonOutline() {}

  public static JsonOutline of(byte[] record) {
    JsonOutline outline = new JsonOutline();
    try (JsonParser in = JSON.createParser(record)) {
      JsonToken first = in.nextToken();
      if (first != null) {
        outline.read(in, first, 0, v -> outline.value = v);
        outline.whole = in.nextToken() == null;
      }
    } catch (IOException e) {
      // Cut off or damaged: what was read so far is kept.
      return outline;
    }
    return outline;
  }

  /** Returns the value as far as it could be read; null when nothing could. */
  public @Nullable Object value() {
    return value;
  }

  /** Whether the record was exactly one valid value. */
  public boolean isWhole() {
    return whole;
  }

  private interface Place {
    void put(Object value);
  }

  /** Passes the value on even if reading it ends in an exception, unless it is still empty. */
  private void read(JsonParser in, JsonToken token, int level, Place place) throws IOException {
    if (token.isStructStart() && level == MAX_LEVELS) {
      place.put(DEEP);
      in.skipChildren();
    } else if (token == JsonToken.START_OBJECT) {
      readObject(in, level, place);
    } else if (token == JsonToken.START_ARRAY) {
      readArray(in, level, place);
    } else if (token == JsonToken.VALUE_STRING) {
      place.put("");
      place.put(in.getText());
    } else {
      place.put(token);
    }
  }

  private void readObject(JsonParser in, int level, Place place) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      String member = name;
      read(
          in,
          in.nextToken(),
          level + 1,
          v -> {
            members.put(member, v);
            place.put(members);
          });
    }
    place.put(members);
  }

  private void readArray(JsonParser in, int level, Place place) throws IOException {
    List<Object> elements = new ArrayList<>();
    for (JsonToken t = in.nextToken(); t != JsonToken.END_ARRAY; t = in.nextToken()) {
      int index = elements.size();
      read(
          in,
          t,
          level + 1,
          v -> {
            if (index == elements.size()) {
              elements.add(v);
            } else {
              elements.set(index, v);
            }
            place.put(elements);
          });
    }
    place.put(elements);
  }
}

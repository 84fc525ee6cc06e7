/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.item.InvalidItemException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Finds the values at some paths in records of plain JSON, which need not be items: only their JSON
 * has to be valid.
 */
public final class JsonPaths {
  private static final AttributeValue OBJECT = AttributeValue.fromM(Map.of());
  private static final AttributeValue ARRAY = AttributeValue.fromL(List.of());
  private static final AttributeValue NULL = AttributeValue.fromNul(true);

  private final List<List<String>> paths;
  private final Set<String> names;

  /**
   * What a record has.
   *
   * @param values for each path the value there: a string, a number with its digits, a BOOL, a
   *     NULL, or an M or L without its contents; null where there is nothing
   * @param name the first of the names that a member of the record has; null for none
   */
  public record Found(List<@Nullable AttributeValue> values, @Nullable String name) {}

  private JsonPaths(List<List<String>> paths, Set<String> names) {
    this.paths = paths;
    this.names = names;
  }

  /**
   * Creates a search.
   *
   * @param paths each the names of members, and indexes of arrays from 0, that lead to a value
   * @param names of members of the record itself that are to be noticed
   */
  public static JsonPaths of(List<List<String>> paths, Set<String> names) {
    return new JsonPaths(List.copyOf(paths), Set.copyOf(names));
  }

  /**
   * Searches a record.
   *
   * @throws InvalidItemException MALFORMED (not JSON, a name twice, text after the value),
   *     NOT_UTF8, NOT_AN_ITEM (no JSON object) or NESTING
   */
  public Found find(byte[] record) throws InvalidItemException {
    JsonBytes json = JsonBytes.ofRecord(record, 0, record.length);
    return json.read(
        in -> {
          Search search = new Search(in);
          JsonBytes.startObject(in);
          search.object(allPaths(), 0);
          List<@Nullable AttributeValue> values =
              Collections.unmodifiableList(Arrays.asList(search.values));
          return json.ended(in, new Found(values, search.name));
        });
  }

  private boolean[] allPaths() {
    boolean[] all = new boolean[paths.size()];
    Arrays.fill(all, true);
    return all;
  }

  private final class Search {
    private final JsonParser in;
    private final @Nullable AttributeValue[] values = new @Nullable AttributeValue[paths.size()];
    private @Nullable String name;

    Search(JsonParser in) {
      this.in = in;
    }

    /**
     * Searches the object that has just begun.
     *
     * @param at which paths lead here
     * @param depth how many steps of a path do
     */
    void object(boolean[] at, int depth) throws IOException {
      for (String member = in.nextFieldName(); member != null; member = in.nextFieldName()) {
        if (depth == 0 && name == null && names.contains(member)) {
          name = member;
        }
        in.nextToken();
        value(member, at, depth);
      }
    }

    private void array(boolean[] at, int depth) throws IOException {
      for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
        value(Integer.toString(i), at, depth);
      }
    }

    /** Takes the value whose first token is the current one. */
    private void value(String step, boolean[] at, int depth) throws IOException {
      boolean[] further = new boolean[at.length];
      boolean any = false;
      for (int i = 0; i < at.length; i++) {
        if (at[i] && paths.get(i).get(depth).equals(step)) {
          boolean isEnd = paths.get(i).size() == depth + 1;
          if (isEnd) {
            values[i] = current();
          }
          further[i] = !isEnd;
          any |= !isEnd;
        }
      }
      if (any && in.currentToken() == JsonToken.START_OBJECT) {
        object(further, depth + 1);
      } else if (any && in.currentToken() == JsonToken.START_ARRAY) {
        array(further, depth + 1);
      } else {
        in.skipChildren();
      }
    }

    private AttributeValue current() throws IOException {
      return switch (in.currentToken()) {
        case VALUE_STRING -> AttributeValue.fromS(in.getText());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> AttributeValue.fromN(in.getText());
        case VALUE_TRUE, VALUE_FALSE -> AttributeValue.fromBool(in.getBooleanValue());
        case START_OBJECT -> OBJECT;
        case START_ARRAY -> ARRAY;
        default -> NULL;
      };
    }
  }
}

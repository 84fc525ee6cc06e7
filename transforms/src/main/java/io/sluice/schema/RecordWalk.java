/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.AttributePath;
import io.sluice.item.ItemCursor;
import io.sluice.item.json.ItemJsonBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.util.Utf8;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/**
 * The state of converting an item to a record: the current path, and what is collected on the way.
 */
final class RecordWalk {
  /** Returned by a cell for a NULL. */
  static final Object NULL = new Object();

  private static final byte[] NULL_JSON = {
    '{', '"', 'N', 'U', 'L', 'L', '"', ':', 't', 'r', 'u', 'e', '}'
  };

  private final ItemJsonBuffer json = new ItemJsonBuffer();
  private final ItemJsonBuffer more = new ItemJsonBuffer();
  // A null name is a step into a list, at the index of the same position.
  private @Nullable String[] names = new String[8];
  private int[] indexes = new int[8];
  private int depth;
  private @Nullable List<Object> nulls;

  /** Starts with another item. */
  void start() {
    depth = 0;
    nulls = null;
    more.truncate(0);
  }

  void push(String name) {
    grow();
    names[depth++] = name;
  }

  void push(int index) {
    grow();
    names[depth] = null;
    indexes[depth++] = index;
  }

  void pop() {
    depth--;
  }

  private void grow() {
    if (depth == names.length) {
      names = Arrays.copyOf(names, depth * 2);
      indexes = Arrays.copyOf(indexes, depth * 2);
    }
  }

  /** Returns the next value, with its type, as JSON; {@link #NULL} for a NULL. */
  Object json(ItemCursor in) {
    json.truncate(0);
    json.value(in);
    return Arrays.equals(json.array(), 0, json.size(), NULL_JSON, 0, NULL_JSON.length)
        ? NULL
        : text(json);
  }

  /** Returns a NULL as JSON. */
  static Utf8 nullJson() {
    return new Utf8(NULL_JSON);
  }

  /** Keeps the next attribute for {@link #more()}. */
  void keepMore(String name, ItemCursor in) {
    more.raw(more.size() == 0 ? "{\"" : ",\"").raw(escaped(name)).raw("\":").value(in);
  }

  /** Returns all kept attributes as one JSON object; null when there are none. */
  @Nullable Utf8 more() {
    return more.size() == 0 ? null : text(more.raw("}"));
  }

  private static Utf8 text(ItemJsonBuffer buffer) {
    return new Utf8(Arrays.copyOf(buffer.array(), buffer.size()));
  }

  /** Escapes a name for a JSON string in ASCII. */
  private static String escaped(String name) {
    StringBuilder out = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < 0x20 || c >= 0x7F) {
        out.append("\\u").append("%04x".formatted((int) c));
      } else if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Adds the current path to the list of NULLs. */
  void listNull() {
    if (nulls == null) {
      nulls = new ArrayList<>();
    }
    StringBuilder pointer = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      String name = names[i];
      pointer.append('/');
      if (name == null) {
        pointer.append(indexes[i]);
      } else {
        pointer.append(name.replace("~", "~0").replace("/", "~1"));
      }
    }
    nulls.add(new Utf8(pointer.toString()));
  }

  /** Returns the listed paths as JSON pointers; null when there are none. */
  @Nullable List<Object> nulls() {
    return nulls;
  }

  /** Creates the exception for a value of a type that its column does not take. */
  UnfitItemException otherType(Type type, String taken) {
    return unfit("is of type " + type + ", but its column takes " + taken);
  }

  /** Creates the exception that says what is wrong with the current value. */
  UnfitItemException unfit(String what) {
    AttributePath path = new AttributePath();
    for (int i = 0; i < depth; i++) {
      String name = names[i];
      if (name == null) {
        path.push(indexes[i]);
      } else {
        path.push(name);
      }
    }
    return new UnfitItemException(depth == 0 ? "the item " + what : path + " " + what);
  }

  /**
   * Handles a value of another type than its column takes: about a NULL, its place decides.
   *
   * @throws UnfitItemException when it is not a NULL
   */
  Object otherThan(String taken, Type type) {
    if (type == Type.NUL) {
      return NULL;
    }
    throw otherType(type, taken);
  }
}

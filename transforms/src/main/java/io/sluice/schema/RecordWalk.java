/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.AttributePath;
import io.sluice.item.ItemCursor;
import io.sluice.item.json.ItemJsonBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/**
 * The state of converting an item for its columns: the current path, and what is collected on the
 * way.
 */
final class RecordWalk {
  private static final byte[] NULL_JSON = {
    '{', '"', 'N', 'U', 'L', 'L', '"', ':', 't', 'r', 'u', 'e', '}'
  };

  private final ItemJsonBuffer json = new ItemJsonBuffer();
  private final ItemJsonBuffer more = new ItemJsonBuffer();
  // A null name is a step into a list, at the index of the same position.
  private @Nullable String[] names = new String[8];
  private int[] indexes = new int[8];
  private int depth;
  private @Nullable List<byte[]> nulls;

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

  /** Hands over the next value, with its type, as JSON; returns false for a NULL. */
  boolean json(ItemCursor in, Slot to) {
    json.truncate(0);
    json.value(in);
    if (Arrays.equals(json.array(), 0, json.size(), NULL_JSON, 0, NULL_JSON.length)) {
      return false;
    }
    to.bytes(json.array(), 0, json.size());
    return true;
  }

  /** Hands over a NULL as JSON. */
  static void nullJson(Slot to) {
    to.bytes(NULL_JSON, 0, NULL_JSON.length);
  }

  /** Keeps the next attribute for {@link #more}. */
  void keepMore(String name, ItemCursor in) {
    more.raw(more.size() == 0 ? "{\"" : ",\"").raw(escaped(name)).raw("\":").value(in);
  }

  /** Hands over all kept attributes as one JSON object; null when there are none. */
  void more(Slot to) {
    if (more.size() == 0) {
      to.none();
    } else {
      more.raw("}");
      to.bytes(more.array(), 0, more.size());
    }
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
    nulls.add(pointer.toString().getBytes(UTF_8));
  }

  /** Hands over the listed paths as JSON pointers; null when there are none. */
  void nulls(Slot to) {
    if (nulls == null) {
      to.none();
      return;
    }
    Slot pointer = to.part(Slot.ELEMENT);
    to.begin();
    for (byte[] utf8 : nulls) {
      to.next();
      pointer.bytes(utf8, 0, utf8.length);
    }
    to.end();
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
   * @return false
   * @throws UnfitItemException when it is not a NULL
   */
  boolean otherThan(String taken, Type type) {
    if (type == Type.NUL) {
      return false;
    }
    throw otherType(type, taken);
  }
}

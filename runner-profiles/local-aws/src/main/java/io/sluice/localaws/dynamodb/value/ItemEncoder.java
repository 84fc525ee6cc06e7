/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads an item for {@link ValueReader}, and encodes strings and numbers as they come.
 *
 * <p>An item that has a name twice ends up as a map: the last value takes the place of the first.
 */
final class ItemEncoder {

  private static final int FEW = 16;

  private final JsonParser json;
  private final ValueReader values;
  private final ItemWriter writer = new ItemWriter(ItemCodec.HEADER + 1);
  private final String[] few = new String[FEW];
  private Set<String> many;
  private int count;
  private long size;

  ItemEncoder(JsonParser json, ValueReader values) {
    this.json = json;
    this.values = values;
  }

  /** Reads from the start of the item's object to its end. */
  Map<String, Value> read() throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = ItemCodec.name(json.currentName());
      if (!isNew(name)) {
        return readOn(new LinkedHashMap<>(encoded()));
      }
      count++;
      size += writer.text(name);
      values.startAttribute(name);
      json.nextToken();
      value();
    }
    return encoded();
  }

  /** Reads from a name on, behind attributes that have been read. */
  private Map<String, Value> readOn(LinkedHashMap<String, Value> item) throws IOException {
    for (; json.currentToken() != JsonToken.END_OBJECT; json.nextToken()) {
      String name = ItemCodec.name(json.currentName());
      values.startAttribute(name);
      json.nextToken();
      item.put(name, values.value());
    }
    return Frozen.owned(item);
  }

  private boolean isNew(String name) {
    if (count < FEW) {
      for (int i = 0; i < count; i++) {
        if (few[i].equals(name)) {
          return false;
        }
      }
      few[count] = name;
      return true;
    }
    if (many == null) {
      many = new HashSet<>(Set.of(few));
    }
    return many.add(name);
  }

  private Map<String, Value> encoded() {
    return new EncodedItem(writer.toItem(count), count, size);
  }

  private void value() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      write(values.value());
      return;
    }
    if (json.nextToken() == JsonToken.FIELD_NAME) {
      String type = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_STRING) {
        if (type.equals("S")) {
          string();
          return;
        }
        if (type.equals("N")) {
          number();
          return;
        }
      }
    }
    write(values.members(1, null, null));
  }

  private void string() throws IOException {
    int begin = writer.position();
    int bytes = writer.string(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
    end(begin, bytes, "S");
  }

  private void number() throws IOException {
    int begin = writer.position();
    NumberScanner number = values.scanNumber();
    if (number == null) {
      writer.value(Value.Null.NULL);
    } else {
      number.writeTo(writer);
    }
    end(begin, number == null ? 0 : number.bytes(), "N");
  }

  /** Ends a value that has been written, unless it has another member, which is rare. */
  private void end(int begin, int bytes, String type) throws IOException {
    if (json.nextToken() == JsonToken.END_OBJECT) {
      size += bytes;
      return;
    }
    Value first = writer.cutValue(begin);
    write(values.members(1, first, type));
  }

  private void write(Value value) {
    writer.value(value);
    size += Sizes.of(value);
  }
}

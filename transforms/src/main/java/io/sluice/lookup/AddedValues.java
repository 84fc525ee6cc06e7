/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.format.stream.PlainValues;
import io.sluice.item.ItemCursor;
import io.sluice.item.SourcedItem;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes the texts of the attributes that are added to events. */
enum AddedValues {
  /** Plain JSON, as an export to JSON has it. */
  JSON {
    @Override
    @Nullable String text(ItemCursor in, AttributeValue.Type type) throws IOException {
      return json(in, type);
    }
  },
  /** The text of a string, Base64 of a binary value, nothing for NULL, else plain JSON. */
  TEXT {
    @Override
    @Nullable String text(ItemCursor in, AttributeValue.Type type) throws IOException {
      return switch (type) {
        case S -> in.string();
        case NUL -> null;
        case B -> {
          String quoted = json(in, type);
          yield quoted.substring(1, quoted.length() - 1);
        }
        default -> json(in, type);
      };
    }
  };

  private static final JsonFactory FACTORY = new JsonFactory();

  /** Takes a value; null when there is nothing to write. */
  abstract @Nullable String text(ItemCursor in, AttributeValue.Type type) throws IOException;

  /** Returns the texts of these attributes of an item, null for those that it lacks. */
  List<@Nullable String> of(Map<String, AttributeValue> item, List<String> attributes) {
    @Nullable String[] texts = new @Nullable String[attributes.size()];
    ItemCursor in = ItemCursor.of(SourcedItem.withoutOrigin(item));
    for (int left = in.count(); left > 0; left--) {
      String name = in.name();
      AttributeValue.Type type = in.type();
      if (!attributes.contains(name)) {
        in.skip();
        continue;
      }
      String text;
      try {
        text = text(in, type);
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory does not fail", e);
      }
      for (int i = 0; i < texts.length; i++) {
        texts[i] = attributes.get(i).equals(name) ? text : texts[i];
      }
    }
    return Collections.unmodifiableList(Arrays.asList(texts));
  }

  private static String json(ItemCursor in, AttributeValue.Type type) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      PlainValues.value(in, type, out);
    }
    return text.toString();
  }
}

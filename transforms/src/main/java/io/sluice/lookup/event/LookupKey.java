/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup.event;

import static java.util.stream.Collectors.joining;

import io.sluice.format.stream.ColumnText;
import io.sluice.item.AttributePath;
import io.sluice.item.InvalidItemException;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where events have the primary key of the table.
 *
 * @param parts one for each attribute of the key
 */
public record LookupKey(List<Part> parts) implements Serializable {

  /**
   * Where events have an attribute of the key.
   *
   * @param path a path into JSON, of names and list indexes from 0 with dots between them, or the
   *     name of a column
   */
  public record Part(KeyAttribute attribute, String path) implements Serializable {

    /** Returns the steps of the path. */
    List<String> steps() {
      return List.of(path.split("\\.", -1));
    }

    /**
     * Converts a value of an event to the type of the key, as an import converts keys: a number may
     * be the text of one, and the other way round; a binary value is Base64.
     *
     * @param value null for none
     * @param what "column" or "member", for messages
     * @throws InvalidItemException KEY_MISSING, KEY_TYPE, NOT_OF_TYPE or NUMBER_RANGE
     */
    AttributeValue convert(@Nullable AttributeValue value, String what)
        throws InvalidItemException {
      if (value == null || value.type() == AttributeValue.Type.NUL) {
        throw invalid(Reason.KEY_MISSING, what, "has no value");
      }
      boolean isBinary = attribute.type() == KeyAttribute.Type.B;
      String text = value.type() == AttributeValue.Type.S ? value.s() : isBinary ? null : value.n();
      if (text == null) {
        throw invalid(
            Reason.KEY_TYPE,
            what,
            "is of type %s, but the table's key is of type %s"
                .formatted(value.type(), attribute.type()));
      }
      if (attribute.type() == KeyAttribute.Type.S) {
        return AttributeValue.fromS(text);
      }
      return ColumnText.toValue(
          what,
          AttributePath.printable(path),
          ColumnText.Type.valueOf(attribute.type().name()),
          text);
    }

    private InvalidItemException invalid(Reason reason, String what, String problem) {
      return new InvalidItemException(
          reason, "%s '%s' %s".formatted(what, AttributePath.printable(path), problem));
    }
  }

  public LookupKey {
    parts = List.copyOf(parts);
  }

  /**
   * Parses the places of a key: one path, for a table without a sort key, or {@code name=path} for
   * each attribute of the key.
   *
   * @throws IllegalArgumentException when that is not what the key needs; a sentence for the user
   */
  public static LookupKey parse(List<String> texts, KeySchema schema) {
    Map<String, String> paths = new LinkedHashMap<>();
    List<KeyAttribute> attributes = schema.attributes();
    for (String text : texts) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? attributes.get(0).name() : text.substring(0, equals).strip();
      String path = text.substring(equals + 1).strip();
      if (path.isEmpty() || paths.put(name, path) != null) {
        throw wrong(attributes);
      }
    }
    List<Part> parts = new ArrayList<>();
    for (KeyAttribute attribute : attributes) {
      String path = paths.remove(attribute.name());
      if (path == null) {
        throw wrong(attributes);
      }
      parts.add(new Part(attribute, path));
    }
    if (!paths.isEmpty()) {
      throw wrong(attributes);
    }
    return new LookupKey(parts);
  }

  private static IllegalArgumentException wrong(List<KeyAttribute> attributes) {
    return new IllegalArgumentException(
        attributes.size() == 1
            ? "must be the path of '%s', the table's key, in an event"
                .formatted(attributes.get(0).name())
            : "must have a path for each attribute of the table's key: "
                + attributes.stream().map(key -> key.name() + "=path").collect(joining(",")));
  }
}

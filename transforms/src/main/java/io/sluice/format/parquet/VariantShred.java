/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.format.parquet.VariantBytes.VariantNames;
import io.sluice.item.InvalidItemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A stored value of a variant, or of a value within one, which may be split between its binary
 * encoding and columns of its own.
 *
 * @param rest the part that is not shredded; null for none
 * @param typed the shredded part: {@link Elements}, {@link Members} or a value; null for none
 */
record VariantShred(byte @Nullable [] rest, @Nullable Object typed) {
  /** Stands for the value of a field that an object does not have. */
  private static final Object MISSING = new Object();

  /** A list, with a shred for each element. */
  record Elements(List<VariantShred> places) {}

  /** An object, with a shred for each field that has columns. */
  record Members(Map<String, VariantShred> places) {}

  /**
   * Assembles the parts. A shred without parts is null, unless it is a field of an object, which is
   * then missing.
   *
   * @throws InvalidItemException when the parts are damaged, or two of them have the same field
   */
  @Nullable Object value(VariantNames names) throws InvalidItemException {
    Object value = valueOrMissing(names);
    return value == MISSING ? null : value;
  }

  private @Nullable Object valueOrMissing(VariantNames names) throws InvalidItemException {
    if (typed instanceof Members members) {
      return object(members, names);
    }
    if (typed == null) {
      return rest == null ? MISSING : VariantBytes.read(rest, names);
    }
    if (rest != null) {
      throw VariantBytes.malformed("two values at one place");
    }
    if (!(typed instanceof Elements elements)) {
      return typed;
    }
    List<@Nullable Object> list = new ArrayList<>();
    for (VariantShred place : elements.places) {
      list.add(place.value(names));
    }
    return list;
  }

  private Map<String, Object> object(Members members, VariantNames names)
      throws InvalidItemException {
    Map<String, Object> object = new LinkedHashMap<>();
    for (Map.Entry<String, VariantShred> member : members.places.entrySet()) {
      Object value = member.getValue().valueOrMissing(names);
      if (value != MISSING) {
        object.put(member.getKey(), value);
      }
    }
    if (rest != null) {
      if (!(VariantBytes.read(rest, names) instanceof Map<?, ?> more)) {
        throw VariantBytes.malformed("two values at one place");
      }
      for (Map.Entry<?, ?> member : more.entrySet()) {
        String name = (String) member.getKey();
        if (members.places.containsKey(name)) {
          throw VariantBytes.malformed("a name that occurs twice");
        }
        object.put(name, member.getValue());
      }
    }
    return object;
  }
}

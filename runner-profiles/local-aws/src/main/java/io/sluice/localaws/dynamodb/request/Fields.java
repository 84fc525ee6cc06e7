/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.request;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Holds the members of a structure in a request that has the form of its {@link Shape}.
 *
 * @param shape the name of the structure
 * @param members those that are present, in the order of the shape
 */
public record Fields(String shape, Map<String, Object> members) {

  public Fields {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** Reports whether a member is present. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** Gives a string, if it is present. */
  public Optional<String> text(String name) {
    return Optional.ofNullable((String) members.get(name));
  }

  /** Gives a number, if it is present. */
  public OptionalLong whole(String name) {
    Object value = members.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
  }

  /** Gives a time, if it is present. */
  public Optional<Instant> time(String name) {
    return Optional.ofNullable((Instant) members.get(name));
  }

  /** Gives a boolean, if it is present. */
  public Optional<Boolean> flag(String name) {
    return Optional.ofNullable((Boolean) members.get(name));
  }

  /** Gives a structure, if it is present. */
  public Optional<Fields> fields(String name) {
    return Optional.ofNullable((Fields) members.get(name));
  }

  /** Gives a list of structures, which is empty if it is missing. */
  @SuppressWarnings("unchecked")
  public List<Fields> list(String name) {
    return (List<Fields>) members.getOrDefault(name, List.of());
  }

  /** Gives a list of strings, which is empty if it is missing. */
  @SuppressWarnings("unchecked")
  public List<String> texts(String name) {
    return (List<String>) members.getOrDefault(name, List.of());
  }

  /** Spells a member's name as the service's messages do. */
  public static String lowerFirst(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}

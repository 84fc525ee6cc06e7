/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import java.util.HashMap;
import java.util.Map;

/**
 * Settings of readers as a user gave them, at most one of each type. A format asks for the types
 * that it knows.
 */
public final class ReaderSettings {
  /** Nothing is set: every format reads as it does by itself. */
  public static final ReaderSettings NONE = new ReaderSettings(Map.of());

  private final Map<Class<?>, Object> byType;

  private ReaderSettings(Map<Class<?>, Object> byType) {
    this.byType = Map.copyOf(byType);
  }

  /** These settings and one more, which replaces that of its type. */
  public ReaderSettings with(Object setting) {
    Map<Class<?>, Object> all = new HashMap<>(byType);
    all.put(setting instanceof Enum<?> e ? e.getDeclaringClass() : setting.getClass(), setting);
    return new ReaderSettings(all);
  }

  /** These settings without that of a type. */
  public ReaderSettings without(Class<?> type) {
    Map<Class<?>, Object> others = new HashMap<>(byType);
    others.remove(type);
    return new ReaderSettings(others);
  }

  /** The setting of a type, or the one given where there is none. */
  public <T> T get(Class<T> type, T unset) {
    Object setting = byType.get(type);
    return setting == null ? unset : type.cast(setting);
  }
}

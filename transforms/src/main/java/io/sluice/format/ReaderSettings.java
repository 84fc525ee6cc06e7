/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import java.util.HashMap;
import java.util.Map;

/**
 * Settings of readers as a user gave them, at most one of each type. A format looks up the types
 * that it knows.
 */
public final class ReaderSettings {
  /** No settings: every format uses its defaults. */
  public static final ReaderSettings NONE = new ReaderSettings(Map.of());

  private final Map<Class<?>, Object> byType;

  private ReaderSettings(Map<Class<?>, Object> byType) {
    this.byType = Map.copyOf(byType);
  }

  /** Returns these settings with one more, which replaces the one of its type. */
  public ReaderSettings with(Object setting) {
    Map<Class<?>, Object> all = new HashMap<>(byType);
    all.put(setting instanceof Enum<?> e ? e.getDeclaringClass() : setting.getClass(), setting);
    return new ReaderSettings(all);
  }

  /** Returns these settings without the one of this type. */
  public ReaderSettings without(Class<?> type) {
    Map<Class<?>, Object> others = new HashMap<>(byType);
    others.remove(type);
    return new ReaderSettings(others);
  }

  /** Returns the setting of a type, or {@code unset} if there is none. */
  public <T> T get(Class<T> type, T unset) {
    Object setting = byType.get(type);
    return setting == null ? unset : type.cast(setting);
  }
}

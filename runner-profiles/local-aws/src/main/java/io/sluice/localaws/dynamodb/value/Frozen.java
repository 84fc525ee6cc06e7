/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Makes collections that never change, in the order of insertion.
 *
 * <p>A collection that was frozen once is not copied again, so that what this package has built
 * itself goes into a {@link Value} without a copy.
 */
final class Frozen {

  private Frozen() {}

  /** Copies {@code map}, unless it is frozen already. */
  static <V> Map<String, V> map(Map<String, V> map) {
    if (map instanceof OfMap<V>) {
      return map;
    }
    LinkedHashMap<String, V> copy = new LinkedHashMap<>(map);
    copy.forEach(
        (name, value) -> {
          Objects.requireNonNull(name, "name");
          Objects.requireNonNull(value, name);
        });
    return owned(copy);
  }

  /** Copies {@code set}, unless it is frozen already. */
  static <E> Set<E> set(Set<E> set) {
    if (isFrozen(set)) {
      return set;
    }
    LinkedHashSet<E> copy = new LinkedHashSet<>(set);
    if (copy.contains(null)) {
      throw new NullPointerException("element");
    }
    return owned(copy);
  }

  /** Makes a set of elements, of which none is null, each once. */
  static <E> Set<E> setOf(Collection<E> elements) {
    return owned(new LinkedHashSet<>(elements));
  }

  static boolean isFrozen(Set<?> set) {
    return set instanceof OfSet<?>;
  }

  /** Takes over {@code map}, which has no nulls and nobody else may change from now on. */
  static <V> Map<String, V> owned(LinkedHashMap<String, V> map) {
    return new OfMap<>(map);
  }

  /** Takes over {@code set}, which has no nulls and nobody else may change from now on. */
  static <E> Set<E> owned(LinkedHashSet<E> set) {
    return new OfSet<>(set);
  }

  private static final class OfMap<V> extends AbstractMap<String, V> {

    private final LinkedHashMap<String, V> map;
    private final Set<Entry<String, V>> entries;

    OfMap(LinkedHashMap<String, V> map) {
      this.map = map;
      this.entries = Collections.unmodifiableMap(map).entrySet();
    }

    @Override
    public Set<Entry<String, V>> entrySet() {
      return entries;
    }

    @Override
    public int size() {
      return map.size();
    }

    @Override
    public V get(Object name) {
      return map.get(name);
    }

    @Override
    public boolean containsKey(Object name) {
      return map.containsKey(name);
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super V> action) {
      map.forEach(action);
    }
  }

  private static final class OfSet<E> extends AbstractSet<E> {

    private final Collection<E> set;

    OfSet(LinkedHashSet<E> set) {
      this.set = Collections.unmodifiableSet(set);
    }

    @Override
    public Iterator<E> iterator() {
      return set.iterator();
    }

    @Override
    public int size() {
      return set.size();
    }

    @Override
    public boolean contains(Object element) {
      return set.contains(element);
    }
  }
}

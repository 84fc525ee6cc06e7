/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps maps in the heap, until the process ends or it is closed. */
public final class MemoryStorage extends Storage {

  private final ConcurrentHashMap<String, MemoryMap> maps = new ConcurrentHashMap<>();

  @Override
  public ByteMap map(String name) {
    return maps.computeIfAbsent(name, MemoryMap::new);
  }

  @Override
  public Set<String> names() {
    return new TreeSet<>(maps.keySet());
  }

  @Override
  public void drop(String name) {
    MemoryMap map = maps.remove(name);
    if (map != null) {
      map.drop();
    }
  }

  @Override
  public boolean isDurable() {
    return false;
  }

  @Override
  public void close() {
    maps.clear();
  }

  @Override
  void apply(Batch batch) {
    for (Batch.Change change : batch.changes()) {
      ((MemoryMap) change.map()).apply(change);
    }
  }
}

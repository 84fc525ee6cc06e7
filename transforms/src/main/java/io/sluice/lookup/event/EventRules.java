/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup.event;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of events.
 *
 * @param key where they have the key of an item
 * @param wanted which of them are kept
 * @param added attributes of the item that are added to an event, each by the name that it has
 *     there; empty to leave events as they are
 */
public record EventRules(LookupKey key, Wanted wanted, Map<String, String> added)
    implements Serializable {

  public EventRules {
    added = Collections.unmodifiableMap(new LinkedHashMap<>(added));
    if (wanted == Wanted.ANY && added.isEmpty()) {
      throw new IllegalArgumentException("all events would be kept as they are");
    }
    if (wanted == Wanted.ABSENT && !added.isEmpty()) {
      throw new IllegalArgumentException("the table has nothing to add to events that it lacks");
    }
  }

  /** Returns the names that are added, in their order. */
  public List<String> names() {
    return List.copyOf(added.keySet());
  }

  /** Returns the attributes of items that are read, in the order of {@link #names}. */
  public List<String> attributes() {
    return List.copyOf(added.values());
  }
}

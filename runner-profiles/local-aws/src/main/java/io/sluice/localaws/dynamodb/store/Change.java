/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.Map;
import java.util.Optional;

/**
 * Gives an item before and after a write; each is decoded only if it is asked for.
 *
 * @param storedBefore the item that was there, if there was one
 * @param storedAfter the item that is there now, if there is one
 * @param cause who wanted the write
 */
public record Change(
    Optional<StoredItem> storedBefore, Optional<StoredItem> storedAfter, Cause cause) {

  /** Lists who can want a write. */
  public enum Cause {
    /** A client asked for it. */
    REQUEST,
    /** The item has expired. */
    EXPIRY
  }

  /** Gives an item before and after a write that a client asked for. */
  public Change(Optional<StoredItem> storedBefore, Optional<StoredItem> storedAfter) {
    this(storedBefore, storedAfter, Cause.REQUEST);
  }

  /** Gives the item that was there, if there was one. */
  public Optional<Map<String, Value>> before() {
    return storedBefore.map(StoredItem::item);
  }

  /** Gives the item that is there now, if there is one. */
  public Optional<Map<String, Value>> after() {
    return storedAfter.map(StoredItem::item);
  }

  /** Gives the size of the item that was there, or 0. */
  public int sizeBefore() {
    return storedBefore.map(StoredItem::size).orElse(0);
  }

  /** Gives the size of the item that is there now, or 0. */
  public int sizeAfter() {
    return storedAfter.map(StoredItem::size).orElse(0);
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects changes of maps of one storage, which are written together or not at all.
 *
 * <p>It belongs to one thread. A later change of a key takes the place of an earlier one.
 */
public final class Batch {

  private final List<Change> changes = new ArrayList<>(1);
  // Nearly all batches have none.
  private List<Runnable> actions = List.of();

  /**
   * Changes one key.
   *
   * @param value null to remove the key
   * @param entries added to {@link ByteMap#entries}
   * @param weight added to {@link ByteMap#weight}
   */
  record Change(ByteMap map, byte[] key, byte[] value, int entries, long weight) {}

  /** Puts a value in the place of the one that is there, if there is one. */
  public Batch put(ByteMap map, byte[] key, byte[] value) {
    return put(map, key, value, 0, 0);
  }

  /**
   * Puts a value in the place of the one that is there, if there is one.
   *
   * @param entries how many entries the map has more, in the books of its user
   * @param weight by how much all entries weigh more, in the books of its user
   */
  public Batch put(ByteMap map, byte[] key, byte[] value, int entries, long weight) {
    changes.add(new Change(map, key, value, entries, weight));
    return this;
  }

  /** Removes a key, if it is there. */
  public Batch remove(ByteMap map, byte[] key) {
    return remove(map, key, 0, 0);
  }

  /**
   * Removes a key, if it is there.
   *
   * @param entries as {@link #put(ByteMap, byte[], byte[], int, long)} takes it, so not above zero
   * @param weight as {@link #put(ByteMap, byte[], byte[], int, long)} takes it
   */
  public Batch remove(ByteMap map, byte[] key, int entries, long weight) {
    changes.add(new Change(map, key, null, entries, weight));
    return this;
  }

  /** Has an action run when the batch is written, by the thread that writes it. */
  public Batch then(Runnable action) {
    reserveActions();
    actions.add(action);
    return this;
  }

  /** Adds what another batch has. */
  void add(Batch other) {
    changes.addAll(other.changes);
    if (!other.actions.isEmpty()) {
      reserveActions();
      actions.addAll(other.actions);
    }
  }

  private void reserveActions() {
    if (actions.isEmpty()) {
      actions = new ArrayList<>();
    }
  }

  List<Change> changes() {
    return changes;
  }

  /** Does what waits for the batch to be written. */
  void done() {
    actions.forEach(Runnable::run);
  }
}

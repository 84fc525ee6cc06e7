/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import java.util.Set;
import java.util.function.Supplier;

/** Keeps maps by their names. */
public abstract class Storage implements AutoCloseable {

  private final ThreadLocal<Batch> collected = new ThreadLocal<>();

  /** Opens the map with a name, which is made if it is missing. */
  public abstract ByteMap map(String name);

  /** Names all maps. */
  public abstract Set<String> names();

  /**
   * Removes a map and all that it has, if there is one of that name. Nobody may write to it since,
   * and whoever reads it has a {@link DroppedMapException}. If this throws, the map is as it was,
   * or is gone.
   */
  public abstract void drop(String name);

  /** Reports whether what is written outlives this process. */
  public abstract boolean isDurable();

  /**
   * Ends the use of the storage. One on disk refuses what is called later, one in memory only
   * forgets its maps.
   */
  @Override
  public abstract void close();

  /**
   * Writes a batch. Once this returns, a storage that is durable has it whatever happens to this
   * process, or has nothing of it if it throws; only a crash of the machine may undo the latest
   * batches. A reader in this process may meet a part of a batch while it is written.
   */
  public final void write(Batch batch) {
    Batch outer = collected.get();
    if (outer == null) {
      apply(batch);
      batch.done();
    } else {
      outer.add(batch);
    }
  }

  /**
   * Makes one batch of all that {@code action} writes in this thread. Nothing of it can be read
   * until this returns, also not by the action, and nothing is written if that throws.
   */
  public final <T> T atomically(Supplier<T> action) {
    if (collected.get() != null) {
      return action.get();
    }
    Batch batch = new Batch();
    collected.set(batch);
    T result;
    try {
      result = action.get();
    } finally {
      collected.remove();
    }
    write(batch);
    return result;
  }

  /** Writes a batch now. */
  abstract void apply(Batch batch);
}

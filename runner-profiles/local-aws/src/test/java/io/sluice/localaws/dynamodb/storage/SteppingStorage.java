/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import java.util.Set;

/** Keeps maps in memory, and has a test look at them after each change of a batch. */
public final class SteppingStorage extends Storage {

  private final MemoryStorage memory = new MemoryStorage();
  private Runnable step = () -> {};

  /** Has {@code newStep} run after each change from now on. */
  public void onStep(Runnable newStep) {
    step = newStep;
  }

  @Override
  public ByteMap map(String name) {
    return memory.map(name);
  }

  @Override
  public Set<String> names() {
    return memory.names();
  }

  @Override
  public void drop(String name) {
    memory.drop(name);
  }

  @Override
  public boolean isDurable() {
    return false;
  }

  @Override
  public void close() {
    memory.close();
  }

  @Override
  void apply(Batch batch) {
    for (Batch.Change change : batch.changes()) {
      ((MemoryMap) change.map()).apply(change);
      step.run();
    }
  }
}

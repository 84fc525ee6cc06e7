/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.record.Change;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Finds the last state of a key in some windows of time. */
final class LastState implements KeyChanges {
  private final WindowOrder windows;
  private @Nullable Change last;
  private boolean isTied;

  LastState(WindowOrder windows) {
    this.windows = windows;
  }

  @Override
  public void add(Change change) {
    if (last == null) {
      last = change;
      return;
    }
    boolean isLater = ORDER.compare(change, last) > 0;
    boolean hasSamePlace = change.sequence().equals(last.sequence());
    isTied = hasSamePlace ? isTied || Change.isTie(change, last) : isTied && !isLater;
    last = isLater ? change : last;
  }

  @Override
  public Optional<Change> last() {
    return last == null || !windows.isRepeatedLater(last)
        ? Optional.ofNullable(last)
        : Optional.of(Change.of(last.key(), last.sequence(), last.millis(), null));
  }

  @Override
  public boolean isTied() {
    return isTied;
  }
}

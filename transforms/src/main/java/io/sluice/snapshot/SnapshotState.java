/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import java.util.Collection;

/** What the folder of a snapshot holds, as the names of its files tell. */
public enum SnapshotState {
  /** Nothing. */
  FREE,
  /** A snapshot for readers. */
  PUBLISHED,
  /** What a run left that was killed while it published, or while it removed a snapshot. */
  LEFTOVER,
  /** Files that no run of ours wrote. */
  FOREIGN;

  /** Written before any other file, so that what a killed run leaves is known for ours. */
  public static final String STARTED = "_started";

  public static final String MANIFEST = "_manifest.json";

  /** Written last. */
  public static final String SUCCESS = "_SUCCESS";

  public static SnapshotState of(Collection<String> names) {
    if (names.contains(SUCCESS) && names.contains(MANIFEST)) {
      return PUBLISHED;
    }
    if (names.contains(STARTED)) {
      return LEFTOVER;
    }
    return names.isEmpty() ? FREE : FOREIGN;
  }
}

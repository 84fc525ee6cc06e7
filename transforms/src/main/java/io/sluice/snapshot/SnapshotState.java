/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import java.util.Collection;

/** The state of a snapshot's folder, judged by the names of its files. */
public enum SnapshotState {
  /** Nothing. */
  FREE,
  /** A snapshot that readers can use. */
  PUBLISHED,
  /** A snapshot with all of its files, that is to be published by a later run. */
  HELD,
  /** The remains of a run that was killed while it published, or while it removed a snapshot. */
  LEFTOVER,
  /** Files that no run of Sluice wrote. */
  FOREIGN;

  /** Written before any other file, so that the remains of a killed run are recognised as ours. */
  public static final String STARTED = "_started";

  public static final String MANIFEST = "_manifest.json";

  /** Written last. */
  public static final String SUCCESS = "_SUCCESS";

  /** Written last in place of {@link #SUCCESS}, and deleted after that has been written. */
  public static final String HELD_MARK = "_held";

  public static SnapshotState of(Collection<String> names) {
    if (names.contains(SUCCESS) && names.contains(MANIFEST)) {
      return PUBLISHED;
    }
    if (names.contains(HELD_MARK) && names.contains(MANIFEST)) {
      return HELD;
    }
    if (names.contains(STARTED)) {
      return LEFTOVER;
    }
    return names.isEmpty() ? FREE : FOREIGN;
  }
}

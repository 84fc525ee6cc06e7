/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

/** When readers see a snapshot. */
public enum Publishing {
  /** At the end of the job. */
  NOW,
  /** Not yet: all is in place, and a later run publishes it. */
  HOLD,
  /** At once: a run before has put it in place. */
  RELEASE
}

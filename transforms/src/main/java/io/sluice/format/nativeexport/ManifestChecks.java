/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.nativeexport;

/** Whether an export has to be as its manifests say. */
public enum ManifestChecks {
  /** Counts and checksums are compared; a difference fails the job. */
  COMPARED,
  /** The manifests only list the files, as after an edit. */
  SKIPPED
}

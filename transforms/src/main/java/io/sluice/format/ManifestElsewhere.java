/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

/** Where to read files that a manifest lists outside of its own folder. */
public enum ManifestElsewhere {
  /** Files of the same name next to the manifest, as in data that was copied as a whole. */
  BESIDE,
  /** Where the manifest says, so whoever can write a manifest decides what is read. */
  READ
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Where snapshots are, the contents of their manifests, and the layout of native exports. */
package io.sluice.snapshot;

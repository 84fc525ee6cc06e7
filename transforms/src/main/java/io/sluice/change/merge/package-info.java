/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Applies changes, of a feed or of incremental exports, to a snapshot, up to a point in time. */
package io.sluice.change.merge;

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Captures the records of a table's stream in a feed: files of changes, and a commit a run. */
package io.sluice.change.capture;

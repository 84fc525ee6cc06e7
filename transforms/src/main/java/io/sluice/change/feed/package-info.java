/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** The folder of a table's changes: files of changes, and the commits that list them. */
package io.sluice.change.feed;

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Compares two states of a table, and writes their differences as a feed of changes. */
package io.sluice.change.diff;

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Reads the slices of an input, one after the other or several at once, as pages of items. */
package io.sluice.source.slice;

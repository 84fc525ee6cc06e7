/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Finds, slices and reads files as records, and makes their keys. */
package io.sluice.source;

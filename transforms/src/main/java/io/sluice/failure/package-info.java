/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** A rejected record or item, with its reason and its origin. */
package io.sluice.failure;

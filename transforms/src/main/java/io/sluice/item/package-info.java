/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** The item and its arithmetic: coder, canonical key, size, rules, numbers, origin. */
package io.sluice.item;

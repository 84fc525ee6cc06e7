/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** The byte encoding in which items travel. */
package io.sluice.item.codec;

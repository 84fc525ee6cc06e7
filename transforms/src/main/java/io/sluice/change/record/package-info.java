/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** A change of an item, and the forms in which changes are recorded. */
package io.sluice.change.record;

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Infers a schema from the values that occur in items, and makes records of items. */
package io.sluice.schema;

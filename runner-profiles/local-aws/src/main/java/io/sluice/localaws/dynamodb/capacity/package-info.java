/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Computes the capacity units that requests consume. */
package io.sluice.localaws.dynamodb.capacity;

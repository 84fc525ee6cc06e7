/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** The verb {@code lookup}: keeps, drops or enriches events by what a table holds. */
package io.sluice.pipelines.lookup;

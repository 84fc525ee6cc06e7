/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Keeps, drops or enriches events by what a table holds. */
package io.sluice.lookup;

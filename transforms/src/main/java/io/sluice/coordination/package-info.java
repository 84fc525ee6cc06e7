/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Divides a budget among the JVMs of a job by need, through small objects in a folder. */
package io.sluice.coordination;

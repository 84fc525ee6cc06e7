/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** The plan of a job: what it will read, write, take and cost, and what it did cost. */
package io.sluice.plan;

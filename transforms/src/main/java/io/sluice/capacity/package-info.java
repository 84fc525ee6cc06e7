/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * The capacity of a table, the share of it that a job may use, the throttle that enforces the
 * share, and forecasts of time and cost.
 */
package io.sluice.capacity;

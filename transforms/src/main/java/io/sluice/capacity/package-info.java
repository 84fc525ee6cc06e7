/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * What a table can do, the share of it that a job may use, the throttle that keeps to it, and
 * forecasts of time and money.
 */
package io.sluice.capacity;

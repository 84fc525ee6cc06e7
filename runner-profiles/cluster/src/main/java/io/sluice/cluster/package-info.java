/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Flink and Spark clusters on this machine, as separate JVMs, for trials and for tests. */
package io.sluice.cluster;

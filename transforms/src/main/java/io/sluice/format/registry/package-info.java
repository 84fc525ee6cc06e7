/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * The list of formats: {@code FileFormat} has a line for each, by which all other code names,
 * finds, reads and writes files.
 */
package io.sluice.format.registry;

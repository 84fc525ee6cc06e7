/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * Lists the formats: {@code FileFormat} has a line for each, by which all others name, find, read
 * and write files.
 */
package io.sluice.format.registry;

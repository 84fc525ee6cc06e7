/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Reads the YAML file of a night: its tables, their steps, and what the options of a step are. */
package io.sluice.pipelines.night.file;

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** The options of a table and of a budget, and their meaning. */
package io.sluice.pipelines.table;

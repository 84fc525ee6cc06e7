/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Tables and statements of a feed of changes for Athena, Glue and DuckDB. */
package io.sluice.change.catalog;

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Tables and statements of a snapshot for Athena, Glue and DuckDB. */
package io.sluice.snapshot.catalog;

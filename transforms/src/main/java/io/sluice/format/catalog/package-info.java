/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * Describes the columns of files to catalogs and query engines: types in the dialects of Hive,
 * Presto and DuckDB, the classes with which Hive reads a format, and how DuckDB scans it. Each
 * format describes its own files; {@code io.sluice.snapshot.catalog} writes the statements.
 */
package io.sluice.format.catalog;

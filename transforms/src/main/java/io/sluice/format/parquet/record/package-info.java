/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** The current record of a Parquet file, column by column. */
package io.sluice.format.parquet.record;

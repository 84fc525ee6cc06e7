/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Reads what PostgreSQL sends by its COPY in the binary format. */
package io.sluice.source.jdbc.copy;

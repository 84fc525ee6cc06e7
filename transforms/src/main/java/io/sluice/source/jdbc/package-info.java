/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Reads tables and queries of databases as items, slice by slice, of one snapshot if possible. */
package io.sluice.source.jdbc;

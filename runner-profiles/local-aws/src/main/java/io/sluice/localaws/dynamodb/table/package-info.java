/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Defines tables and indexes, and keeps their items in memory. */
package io.sluice.localaws.dynamodb.table;

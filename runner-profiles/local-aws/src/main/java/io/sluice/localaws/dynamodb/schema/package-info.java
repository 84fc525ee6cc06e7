/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Defines tables: their keys, indexes and throughput. */
package io.sluice.localaws.dynamodb.schema;

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Reads the records of a table's DynamoDB Stream, shard by shard. */
package io.sluice.change.stream;

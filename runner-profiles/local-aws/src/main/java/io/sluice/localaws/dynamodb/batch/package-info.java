/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Reads and writes items of several tables: BatchGetItem and BatchWriteItem. */
package io.sluice.localaws.dynamodb.batch;
